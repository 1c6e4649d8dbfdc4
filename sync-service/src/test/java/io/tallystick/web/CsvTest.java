package io.tallystick.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvTest {
  record Inner(String by, @Nullable String evidence) {}

  record Row(
      String someText,
      @Nullable BigDecimal amount,
      long count,
      Instant at,
      List<String> names,
      @Nullable Inner given,
      Map<String, String> facts) {}

  private static Row row(String text) {
    return new Row(
        text,
        new BigDecimal("-1.500"),
        -3,
        Instant.parse("2026-01-02T03:04:05.678901Z"),
        List.of("a", "b"),
        new Inner("=cmd()", null),
        new TreeMap<>(Map.of("x", "1", "y", "2")));
  }

  @Test
  void recordsBecomeLinesUnderAHeaderInSnakeCase() {
    assertEquals(
        """
        some_text,amount,count,at,names,given_by,given_evidence,facts\r
        plain,-1.5,-3,2026-01-02T03:04:05.678Z,a b,'=cmd(),,x=1; y=2\r
        """,
        Csv.of(Row.class, List.of(row("plain"))));
  }

  @Test
  void quotesCommasAndLineBreaksAreKeptByQuoting() {
    String line = Csv.of(Row.class, List.of(row("a \"b\", c\r\nd"))).split("facts\r\n", 2)[1];
    assertEquals("\"a \"\"b\"\", c\r\nd\"", line.substring(0, line.indexOf(",-1.5")));
  }

  @Test
  void textThatASpreadsheetWouldExecuteIsNeutralisedAndNumbersAreNot() {
    for (String start : List.of("=", "+", "-", "@", "\t", "\r")) {
      String csv = Csv.of(Row.class, List.of(row(start + "1+1")));
      String line = csv.split("facts\r\n", 2)[1];
      assertEquals("'" + start, line.replace("\"", "").substring(0, 2), "text with " + start);
      assertEquals(true, line.contains(",-1.5,-3,"), "numbers keep their sign");
    }
  }

  @Test
  void anEmptyTableStillHasItsHeaderAndMissingPartsAreEmptyCells() {
    assertEquals(
        "some_text,amount,count,at,names,given_by,given_evidence,facts\r\n",
        Csv.of(Row.class, List.of()));
    Row bare = new Row("x", null, 0, Instant.EPOCH, List.of(), null, Map.of());
    assertEquals(
        "x,,0,1970-01-01T00:00:00.000Z,,,,",
        Csv.of(Row.class, List.of(bare)).split("facts\r\n", 2)[1].strip());
  }

  record Nest(List<Inner> inner) {}

  record Step(String word) implements Csv.Word {}

  record Steps(List<Step> steps) {}

  @Test
  void aListOfRecordsIsNoCellUnlessEachHasAWord() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Csv.of(Nest.class, List.of(new Nest(List.of(new Inner("a", null))))));
    assertEquals(
        "steps\r\na=1 b=2\r\n",
        Csv.of(Steps.class, List.of(new Steps(List.of(new Step("a=1"), new Step("b=2"))))));
  }

  @Test
  void rowsThatAreNoRecordsAreABug() {
    assertThrows(
        IllegalArgumentException.class, () -> Csv.of(String.class, List.of("not a record")));
  }
}
