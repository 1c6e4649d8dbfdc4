package io.tallystick.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of disposals hold each once and in order, and read no part that they do not need. */
class DisposalPagesTest {
  private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");

  private static Line line(Random random, int n, Instant at) {
    Source source = new Source("ent_" + n, at, "w");
    Amount.Known one = Amount.of(BigDecimal.ONE);
    return random.nextInt(3) == 0
        ? new Line.Opened(source, "BTC", BigDecimal.ONE, AcquisitionKind.PURCHASE, one)
        : new Disposal(
            source,
            DisposalKind.SALE,
            "BTC",
            BigDecimal.ONE,
            one,
            one,
            one,
            true,
            false,
            List.of(),
            List.of());
  }

  // Some 40 parts over five years, some of them empty.
  private static List<List<Line>> parts(Random random) {
    List<List<Line>> parts = new ArrayList<>();
    Instant at = START;
    int n = 0;
    for (int part = 0; part < 40; part++) {
      List<Line> lines = new ArrayList<>();
      for (int size = random.nextInt(9); size > 0; size--) {
        at = at.plus(Duration.ofHours(random.nextInt(480)));
        lines.add(line(random, n++, at));
      }
      parts.add(lines);
    }
    return parts;
  }

  @ParameterizedTest
  @CsvSource({"FIFO,", "FIFO,2022", "FIFO,2023", "FIFO,2024", "UK_SHARES,2023", "FIFO,1999"})
  void everyDisposalOfTheYearIsOnOnePage(String method, Integer year) throws SQLException {
    Settings settings = Settings.of(Map.of("method", method));
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      List<List<Line>> parts = parts(random);
      List<Disposal> wanted =
          parts.stream()
              .flatMap(List::stream)
              .filter(line -> line instanceof Disposal)
              .map(Disposal.class::cast)
              .filter(one -> year == null || settings.calendar().taxYear(one.source().at()) == year)
              .toList();
      DisposalPages pages = new DisposalPages(parts::get, parts.size(), settings, year);
      List<Disposal> found = new ArrayList<>();
      DisposalPages.Position next = null;
      do {
        DisposalPages.Found page =
            pages.page(
                next == null ? null : DisposalPages.Position.of(next.texts()),
                1 + random.nextInt(7));
        found.addAll(page.disposals());
        next = page.next();
      } while (next != null);
      assertEquals(wanted, found, "seed " + seed);
    }
  }

  @Test
  void aPageReadsItsOwnPartsAndFindsItsYearWithoutReadingAllBefore() throws SQLException {
    List<List<Line>> parts = parts(new Random(7));
    Settings settings = Settings.of(Map.of("method", "FIFO"));
    Set<Integer> read = new HashSet<>();
    DisposalPages.Parts counted =
        part -> {
          read.add(part);
          return parts.get(part);
        };
    new DisposalPages(counted, parts.size(), settings, 2024).page(null, 1);
    assertTrue(read.size() <= 9, "read " + read);
    read.clear();
    new DisposalPages(counted, parts.size(), settings, null)
        .page(new DisposalPages.Position(30, 0), 2);
    assertTrue(read.stream().allMatch(part -> part >= 30 && part < 35), "read " + read);
  }
}
