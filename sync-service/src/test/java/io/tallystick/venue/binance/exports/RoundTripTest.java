package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.binance.exports.Question.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random rows of every shape, written in every dialect, come back as they were. */
final class RoundTripTest {
  private static final int ROWS = 30;
  private static final int SEEDS = 3;

  private enum Writing {
    PLAIN,
    QUOTED_WITH_MARK,
    SEMICOLON,
    WHOLE_LINE,
    WIDE
  }

  static List<Shape> shapes() {
    return Kinds.SHAPES;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void whatIsWrittenIsRead(Shape shape) throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      for (Writing writing : Writing.values()) {
        String about = shape.variant() + ", seed " + seed + ", " + writing;
        Random random = new Random(31L * seed + shape.variant().hashCode());
        Rendered rendered = new Rendered(shape, random, ROWS, writing != Writing.SEMICOLON);
        Given given = read(rendered, writing);
        assertEquals(List.of(), given.asked(), about);
        assertEquals(shape.variant(), given.known().variant(), about);
        assertEquals(List.of(), given.bad(), about);
        assertEquals(ROWS, given.good().size(), about);
        for (int i = 0; i < ROWS; i++) {
          List<String> found = Rendered.valuesOf(given.good().get(i).record());
          String row = about + ", row " + rendered.rows.get(i) + " became " + found;
          assertTrue(found.containsAll(rendered.expected.get(i)), row);
          assertEquals(i + 2, given.good().get(i).line(), row);
        }
      }
    }
  }

  private static Given read(Rendered rendered, Writing writing) throws IOException {
    String text =
        switch (writing) {
          case PLAIN, WIDE -> written(rendered, ',', QuoteMode.MINIMAL, "\n");
          case QUOTED_WITH_MARK -> "\ufeff" + written(rendered, ',', QuoteMode.ALL, "\r\n");
          case SEMICOLON -> written(rendered, ';', QuoteMode.MINIMAL, "\r");
          case WHOLE_LINE ->
              written(rendered, ',', QuoteMode.MINIMAL, "\n")
                  .lines()
                  .map(line -> "\"" + line.replace("\"", "\"\"") + "\"\n")
                  .collect(Collectors.joining());
        };
    byte[] bytes =
        writing == Writing.WIDE
            ? ("\ufeff" + text).getBytes(StandardCharsets.UTF_16BE)
            : text.getBytes(StandardCharsets.UTF_8);
    return Given.bytes(rendered.name(), bytes, Map.of(Topic.MARGIN_MODE, "none"));
  }

  private static String written(Rendered rendered, char delimiter, QuoteMode quotes, String lineEnd)
      throws IOException {
    CSVFormat format =
        CSVFormat.Builder.create()
            .setDelimiter(delimiter)
            .setQuote('"')
            .setQuoteMode(quotes)
            .setRecordSeparator(lineEnd)
            .get();
    StringBuilder text = new StringBuilder();
    format.printRecord(text, rendered.header().toArray());
    for (List<String> row : rendered.rows) {
      format.printRecord(text, row.toArray());
    }
    return text.toString();
  }
}
