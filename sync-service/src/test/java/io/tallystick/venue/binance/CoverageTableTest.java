package io.tallystick.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.sandbox.Shapes;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of coverage in the documents is the one that the code tells, and has no blank cell. */
final class CoverageTableTest {
  static final Path TABLE = Path.of("src/main/java/io/tallystick/venue/binance/COVERAGE.md");
  private static final Pattern DATED = Pattern.compile(".*\\(20[0-9]{2}-[0-9]{2}\\).*");

  /** The table as the code tells it. */
  static String table() throws IOException {
    Shapes shapes = Shapes.load();
    StringBuilder text = new StringBuilder();
    text.append("# What is read of Binance\n\n");
    text.append(
        "Written by the code: `CoverageTableTest` holds this page to it and prints it anew. One"
            + " line a stream, in the order in which a first run reads; then what"
            + " no stream reads. Dates say since when something is known.\n\n");
    text.append(
        "| domain | stream | endpoint, weight, mode | reads | proof that it is whole | reaches back"
            + " | held against | files | sandbox | mapping |\n");
    text.append("|---|---|---|---|---|---|---|---|---|---|\n");
    for (List<String> row : rows(shapes)) {
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
    }
    return text.toString();
  }

  private static List<List<String>> rows(Shapes shapes) {
    List<List<String>> rows = new ArrayList<>();
    BinanceVenue venue = new BinanceVenue();
    for (Stream stream : venue.streams()) {
      Coverage coverage = stream.coverage();
      boolean served =
          stream.endpoints().stream()
              .allMatch(endpoint -> shapes.endpoints().contains(endpoint.toString()));
      rows.add(
          List.of(
              stream.domain().code(),
              stream.name(),
              stream.endpoints().stream().map(CoverageTableTest::cost).collect(joined()),
              coverage.records(),
              coverage.proof(),
              coverage.horizon(),
              coverage.check(),
              coverage.files(),
              served ? "the same endpoint" : "",
              "[version %d](MAPPING.md#%s), from %s"
                  .formatted(stream.mappingVersion(), stream.name(), coverage.sources())));
    }
    venue.unread().forEach(one -> rows.add(absent(one.domain(), one.coverage())));
    for (Domain domain : Domain.values()) {
      if (venue.streams().stream().noneMatch(stream -> stream.domain() == domain)) {
        rows.add(absent(domain, Coverage.NOT_READ));
      }
    }
    return rows;
  }

  private static List<String> absent(Domain domain, Coverage none) {
    return List.of(
        domain.code(),
        "none (2026-11)",
        "none is called (2026-11)",
        none.records(),
        none.proof(),
        none.horizon(),
        none.check(),
        none.files(),
        "none (2026-11)",
        none.sources().equals("None") ? "none (2026-11)" : "none (2026-11), " + none.sources());
  }

  @Test
  void whatIsNotReadIsOfAKindThatIsAndOfAPathThatNothingCalls() {
    BinanceVenue venue = new BinanceVenue();
    Pattern path = Pattern.compile("/s?api/[a-zA-Z0-9/-]+");
    for (Coverage.Unread one : venue.unread()) {
      assertTrue(venue.streams().stream().anyMatch(stream -> stream.domain() == one.domain()));
      for (MatchResult told : path.matcher(one.records()).results().toList()) {
        assertTrue(
            venue.endpoints().stream()
                .noneMatch(endpoint -> endpoint.toString().contains(told.group())),
            told.group());
      }
    }
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }

  private static String cost(Endpoint endpoint) {
    return "`%s`, %s, %s"
        .formatted(
            endpoint, String.format(Locale.ROOT, "%,d", endpoint.weight()), endpoint.pool().name());
  }

  @Test
  void thePageIsWhatTheCodeTells() throws IOException {
    String table = table();
    if (!Files.readString(TABLE).equals(table)) {
      System.out.println(table);
    }
    assertEquals(table, Files.readString(TABLE));
  }

  @Test
  void noCellIsBlank() throws IOException {
    for (List<String> row : rows(Shapes.load())) {
      row.forEach(cell -> assertFalse(cell.isBlank(), row.toString()));
      boolean now = row.get(5).equals("Now");
      assertTrue(
          now || DATED.matcher(row.get(5)).matches() || row.get(5).startsWith("Now;"),
          "when was this known: " + row.get(5));
      String files = row.get(7);
      assertTrue(files.contains("istory export") || files.startsWith("No file tells it"), files);
    }
  }

  @Test
  void everyDomainHasALine() {
    List<String> told = rows(Shapes.load()).stream().map(List::getFirst).distinct().toList();
    assertTrue(told.containsAll(domains()), told.toString());
  }

  private static List<String> domains() {
    return List.of(Domain.values()).stream().map(Domain::code).toList();
  }
}
