package io.tallystick.venue.binance.exports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tallystick.kernel.Decimals;
import io.tallystick.venue.binance.exports.Moment.Precision;
import io.tallystick.venue.binance.exports.Pairs.Pair;
import io.tallystick.venue.binance.exports.file.Cells;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single values in all the forms they have been seen in. */
final class ValuesTest {
  private static Settings settings(String zone, DateOrder order, boolean sheet) {
    ZoneOffset offset = Zones.parse(zone);
    assertNotNull(offset);
    return new Settings(offset, NumberStyle.POINT, order, null, MarginMode.NONE, sheet);
  }

  private static Cells cells(String... values) {
    Cells cells = new Cells();
    for (String value : values) {
      cells.add(value);
    }
    return cells;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-0.01500000|-0.015",
        "7.2E-7|0.00000072",
        "-3.1E-05|-0.000031",
        "1.5e3|1500",
        "1,250,000.00000000001|1250000.00000000001",
        "812,500|812500",
        "\u00a30.025|0.025",
        "\u20ac1,250.5|1250.5",
        "-0.00|0",
        "+3|3"
      })
  void numbersInTheVenuesStyle(String text, String value) {
    BigDecimal number = Amounts.parse(text, NumberStyle.POINT);
    assertNotNull(number);
    assertEquals(value, Decimals.text(number));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0,0125|0.0125", "1.250,5|1250.5", "1,250|1.25", "3|3", "8,4E-7|0.00000084"})
  void numbersInASpreadsheetsStyle(String text, String value) {
    BigDecimal number = Amounts.parse(text, NumberStyle.COMMA);
    assertNotNull(number);
    assertEquals(value, Decimals.text(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "--",
        "1e31",
        "1e99999999",
        "1e-99999999",
        "0,0125",
        "1,25",
        "12,34.5",
        "1.2.3",
        "0x10",
        "NaN",
        "Infinity",
        "1_000",
        "\u0661\u0662",
        "1 000",
        ".5",
        "5.",
        "01",
        "e5",
        "1e"
      })
  void whatIsNoNumberInTheVenuesStyle(String text) {
    assertNull(Amounts.parse(text, NumberStyle.POINT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.25", "0.5", "1,2,3", "1.250.5"})
  void aPointIsNoDecimalMarkWhereTheCommaIs(String text) {
    assertNull(Amounts.parse(text, NumberStyle.COMMA));
  }

  @ParameterizedTest
  @CsvSource({
    "1INCHUSDT,5.11INCH,1.8USDT,5.1,1INCH,USDT",
    "1INCHUSDT,150.00000000001INCH,54.18USDT,150,1INCH,USDT",
    "1000SATSUSDT,12500001000SATS,562.5USDT,1250000,1000SATS,USDT",
    "BTCUSDT,0.0125BTC,435.155USDT,0.0125,BTC,USDT",
    "0GUSDT,100GUSDT,1USDT,,,",
    "0GUSDT,100G,1USDT,10,0G,USDT",
    "BUSDT,5B,1USDT,5,B,USDT",
    "BNBBTC,1BNB,0.01BTC,1,BNB,BTC",
    "1MBABYDOGEUSDT,21MBABYDOGE,3USDT,2,1MBABYDOGE,USDT"
  })
  void gluedAmountsAreTakenApartByTheirPair(
      String market, String first, String second, String amount, String base, String quote) {
    Pairs pairs = new Pairs(NumberStyle.POINT);
    Pair pair = pairs.pair(market);
    assertNotNull(pair);
    Cells row = cells(first, second);
    BigDecimal read = pairs.base(row, 0, pair);
    if (amount == null) {
      assertNull(read);
      return;
    }
    assertNotNull(read);
    assertNotNull(pairs.quote(row, 1, pair));
    assertEquals(amount, Decimals.text(read));
    assertEquals(base, pair.base());
    assertEquals(quote, pair.quote());
  }

  @Test
  void aDamagedRowDoesNotMisleadTheRowsAfterIt() {
    Pairs pairs = new Pairs(NumberStyle.POINT);
    Pair pair = pairs.pair("BTCUSDT");
    assertNotNull(pair);
    Cells damaged = cells("0.004B", "139.2USDT");
    assertNotNull(pairs.base(damaged, 0, pair));
    assertNull(pairs.quote(damaged, 1, pair));
    Cells sound = cells("0.004BTC", "139.2USDT");
    assertNotNull(pairs.base(sound, 0, pair));
    assertNotNull(pairs.quote(sound, 1, pair));
    assertEquals("BTC", pair.base());
  }

  @ParameterizedTest
  @CsvSource({
    "0.0003105BNB,0.0003105,BNB",
    "12501000SATS,1250,1000SATS",
    "0.54181INCH,0.5418,1INCH",
    "0.0192040 USDT,0.019204,USDT",
    "7.2E-7BNB,0.00000072,BNB",
    "3EUR,3,EUR",
    "3ETH,3,ETH",
    "0BNB,0,BNB"
  })
  void amountsOfAnyAssetAreTakenApart(String text, String amount, String asset) {
    Pairs pairs = new Pairs(NumberStyle.POINT);
    BigDecimal read = pairs.any(cells(text), 0);
    assertNotNull(read);
    assertEquals(amount, Decimals.text(read));
    assertEquals(asset, pairs.unit());
  }

  @ParameterizedTest
  @CsvSource({
    "2023-11-04 09:15:27,UTC,2023-11-04T09:15:27Z,SECOND",
    "23-11-04 03:15:27,UTC--6,2023-11-04T09:15:27Z,SECOND",
    "2023-11-04 14:45:27,UTC+5:30,2023-11-04T09:15:27Z,SECOND",
    "2023-11-04 05:45:27,UTC--3:30,2023-11-04T09:15:27Z,SECOND",
    "2023-11-04 09:15:27.118,UTC,2023-11-04T09:15:27.118Z,MILLISECOND",
    "04/11/2023 09:15,UTC,2023-11-04T09:15:00Z,MINUTE",
    "4.11.2023 9:15,UTC,2023-11-04T09:15:00Z,MINUTE",
    "04/11/2023 09:15:27,UTC,2023-11-04T09:15:27Z,SECOND",
    "2024-04-01 06:00:00(UTC-6),UTC+9,2024-04-01T12:00:00Z,SECOND",
    "24-02-29 23:59:59,UTCnull,2024-02-29T23:59:59Z,SECOND"
  })
  void timesInAllForms(String text, String zone, Instant at, Precision precision) {
    Times times = new Times(settings(zone, DateOrder.DAY_FIRST, false));
    assertEquals(new Moment(at, precision), times.parse(text.toCharArray(), 0, text.length()));
  }

  @Test
  void theOrderOfDayAndMonthIsASettingAndSheetsHaveSerialDates() {
    Times american = new Times(settings("UTC", DateOrder.MONTH_FIRST, true));
    assertEquals(
        new Moment(Instant.parse("2022-05-01T14:00:00Z"), Precision.MINUTE),
        american.parse("5/1/2022 14:00".toCharArray(), 0, 14));
    assertEquals(
        new Moment(Instant.parse("2023-11-04T09:15:27Z"), Precision.SECOND),
        american.parse("45234.3857291667".toCharArray(), 0, 16));
  }

  @ParameterizedTest
  @CsvSource({
    "2023-02-29 09:15:27,IMPOSSIBLE_TIME",
    "2023-13-01 09:15:27,IMPOSSIBLE_TIME",
    "2023-11-04 24:00:00,IMPOSSIBLE_TIME",
    "2009-01-03 18:15:05,IMPOSSIBLE_TIME",
    "99-01-03 18:15:05,",
    "2023-11-04,NOT_A_TIME",
    "2023-1a-04 09:15:27,NOT_A_TIME",
    "13/13/2022 10:00,IMPOSSIBLE_TIME",
    "yesterday,NOT_A_TIME",
    "45234.38,NOT_A_TIME"
  })
  void whatIsNoTime(String text, Trouble trouble) {
    Times times = new Times(settings("UTC", DateOrder.DAY_FIRST, false));
    Moment moment = times.parse(text.toCharArray(), 0, text.length());
    if (trouble == null) {
      assertNotNull(moment);
      return;
    }
    assertNull(moment);
    assertEquals(trouble, times.trouble());
  }

  @ParameterizedTest
  @CsvSource({
    "UTC,0",
    "UTC+0,0",
    "UTCnull,0",
    "UTC+2,7200",
    "UTC--6,-21600",
    "UTC-6,-21600",
    "UTC+5:30,19800",
    "UTC--3:30,-12600",
    "utc+14,50400",
    "+02:00,7200"
  })
  void zoneMarks(String text, int seconds) {
    assertEquals(ZoneOffset.ofTotalSeconds(seconds), Zones.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UTC+15", "UTC+2:75", "CET", "UTC2", "UTC+++2", "noon"})
  void whatIsNoZone(String text) {
    assertNull(Zones.parse(text));
  }

  @Test
  void transactionIdsHaveOneTextInEverySource() {
    String hash = "b2".repeat(32);
    TxId plain = TxId.of(hash);
    assertEquals(plain, TxId.of("0x" + hash.toUpperCase(java.util.Locale.ROOT)));
    assertEquals(new TxId(TxId.Form.HEX, hash, 1), TxId.of(hash + ":1"));
    assertEquals(new TxId(TxId.Form.INTERNAL, "123", -1), TxId.of("Off-chain transfer 123"));
    assertEquals(TxId.Form.NONE, TxId.of("--").form());
    assertEquals("5VERvGTYf8bQ", TxId.of("5VERvGTYf8bQ").value());
    assertEquals(new TxId(TxId.Form.OTHER, "5VERvGTYf8bQ:1", -1), TxId.of("5VERvGTYf8bQ:1"));
    assertEquals(TxId.Form.OTHER, TxId.of("AB".repeat(20)).form());
  }
}
