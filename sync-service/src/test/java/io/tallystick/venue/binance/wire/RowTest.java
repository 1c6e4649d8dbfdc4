package io.tallystick.venue.binance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RowTest {
  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{\"b\":{\"a\":1,\"a\":2}}", "{\"a\":[],\"a\":{}}"})
  void aNameThatComesTwiceIsNoRecord(String json) {
    assertNotNull(Row.of(json.getBytes(UTF_8)).wrong());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"1.50\"', 1.5",
    "'1.50', 1.5",
    "'\"-3\"', -3",
    "'\"1E-8\"', 0.00000001",
    "'1e-7', 0.0000001",
    "'\"2.5e3\"', 2500",
    "'100', 100",
    "'123456789012345678901234.123456789012345678', 123456789012345678901234.123456789012345678"
  })
  void decimalsComeAsTextOrNumber(String json, String expected) {
    assertEquals(expected, Decimals.text(read(json, row -> row.decimal("a"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"-0\"", "-0", "\"-0.00\"", "-0.0", "\"0e5\"", "0"})
  @DisplayName("F33 negative zero is zero")
  void negativeZeroIsZero(String json) {
    BigDecimal read = read(json, row -> row.amount("a"));
    assertEquals("0", Decimals.text(read));
  }

  @ParameterizedTest
  @DisplayName("F33 amounts outside the grammar are refused at once")
  @ValueSource(
      strings = {
        "\"1e99999999\"",
        "1e99999999",
        "1e-99999999",
        "\"1e999\"",
        "\"NaN\"",
        "\"Infinity\"",
        "\"\u0661\u0662\u0663\"",
        "\"1,5\"",
        "\"1 500\"",
        "\"0x10\"",
        "\"\"",
        "\".5\"",
        "\"5.\"",
        "\"+5\"",
        "\"007\"",
        "true",
        "null",
        "{}",
        "[\"1\"]"
      })
  void amountsOutsideTheGrammarAreRefused(String json) {
    assertTimeout(Duration.ofSeconds(1), () -> assertRefused(json, row -> row.decimal("a")));
  }

  @Test
  @DisplayName("F33 two hundred digits are refused, as text and as number")
  void twoHundredDigitsAreRefused() {
    assertRefused("\"" + "9".repeat(200) + "\"", row -> row.decimal("a"));
    assertRefused("9".repeat(200), row -> row.decimal("a"));
    assertRefused("0." + "1".repeat(200), row -> row.decimal("a"));
  }

  @Test
  @DisplayName("F33 an amount that cannot be negative is refused when it is")
  void negativeAmountsAreRefused() {
    assertRefused("\"-0.00000001\"", row -> row.amount("a"));
    assertRefused("-1", row -> row.amountOrZero("a"));
  }

  @Test
  void integersKeepEveryDigitAsTextOrNumber() {
    assertEquals(9007199254740993L, (long) read("9007199254740993", row -> row.integer("a")));
    assertEquals(Long.MAX_VALUE, (long) read("\"9223372036854775807\"", row -> row.integer("a")));
    assertRefused("9223372036854775808", row -> row.integer("a"));
    assertRefused("\"9223372036854775808\"", row -> row.integer("a"));
    assertRefused("1.0", row -> row.integer("a"));
    assertRefused("\"1e3\"", row -> row.integer("a"));
    assertEquals("9007199254740993", read("9007199254740993", row -> row.name("a")));
  }

  @ParameterizedTest
  @DisplayName("F20 an instant is told by its magnitude, whatever the unit")
  @CsvSource({
    "1735689600, 2025-01-01T00:00:00Z",
    "1735689600123, 2025-01-01T00:00:00.123Z",
    "1735689600123456, 2025-01-01T00:00:00.123456Z",
    "1735689600123456789, 2025-01-01T00:00:00.123456789Z",
    "\"1735689600123\", 2025-01-01T00:00:00.123Z",
    "\"2026-03-29 02:30:00\", 2026-03-29T02:30:00Z",
    "\"2024-02-29 23:59:59\", 2024-02-29T23:59:59Z",
    "1483228800000, 2017-01-01T00:00:00Z",
    "4102444799999, 2099-12-31T23:59:59.999Z"
  })
  void instantsAreToldByTheirMagnitude(String json, String expected) {
    assertEquals(Instant.parse(expected), read(json, row -> row.instant("a")));
  }

  @ParameterizedTest
  @DisplayName("F20 an instant that makes no sense is refused, never read as 1970 or 55000")
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1",
        "123456789",
        "253402300799000",
        "1735689600123456789000",
        "\"2016-12-31 23:59:60\"",
        "\"9999-12-31 23:59:59\"",
        "\"1970-01-01 00:00:00\"",
        "\"2025-02-30 00:00:00\"",
        "\"2025-01-01T00:00:00Z\"",
        "\"2025-01-01\"",
        "1735689600.5",
        "true",
        "null"
      })
  void senselessInstantsAreRefused(String json) {
    assertRefused(json, row -> row.instant("a"));
  }

  @ParameterizedTest
  @DisplayName("F32 a code with NUL, lone surrogate, blank or byte order mark is refused")
  @ValueSource(
      strings = {"\"A\\u0000\"", "\"A\\ud800\"", "\"A B\"", "\"\\ufeffBTC\"", "\"\"", "\"A\\n\""})
  void codesHaveVisibleCharactersOnly(String json) {
    assertRefused(json, row -> row.name("a"));
  }

  @Test
  void codesMayBeOfAnyScriptAndLookLikeNumbers() {
    assertEquals("币安人生", read("\"币安人生\"", row -> row.name("a")));
    assertEquals("1INCH", read("\"1INCH\"", row -> row.name("a")));
    assertEquals("42", read("\"42\"", row -> row.name("a")));
  }

  @Test
  @DisplayName("F30 what is missing, null or empty is absent")
  void absenceHasThreeForms() {
    for (String json : new String[] {"null", "\"\""}) {
      Row row = row(json);
      assertNull(row.nameIfThere("a"));
      assertNull(row.textIfThere("a"));
      assertNull(row.instantIfThere("a"));
      assertNull(row.flagIfThere("a"));
      assertEquals(7, row.integerOr("a", 7));
      assertNull(row.wrong());
    }
    assertNull(row("0").instantIfThere("a"));
  }

  @Test
  void theFirstFieldAtFaultIsNamedWithoutItsValue() {
    Row row = row("\"canary\"");
    row.decimal("a");
    row.integer("b");
    assertEquals("a is no decimal", row.wrong());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "null", "17", "\"x\"", "", "{", "{\"a\":1,\"a\":2}", "{\"a\":1} {}"})
  void aRecordThatIsNoObjectIsWrongFromTheStart(String json) {
    assertNotNull(Row.of(json.getBytes(UTF_8)).wrong());
  }

  private static Row row(String json) {
    return Row.of(("{\"a\":" + json + "}").getBytes(UTF_8));
  }

  private static <T> T read(String json, Function<Row, T> reader) {
    Row row = row(json);
    T value = reader.apply(row);
    assertNull(row.wrong(), json);
    return value;
  }

  private static void assertRefused(String json, Function<Row, ?> reader) {
    Row row = row(json);
    reader.apply(row);
    String wrong = row.wrong();
    assertNotNull(wrong, json);
    assertTrue(wrong.startsWith("a ") || wrong.startsWith("the record"), wrong);
  }
}
