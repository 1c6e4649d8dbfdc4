package io.tallystick.valuation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.valuation.Candles.Need;
import io.tallystick.venue.Market;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which markets tell a missing price. */
class CandlesTest {
  private static final Instant AT = Instant.parse("2024-05-06T07:08:09Z");

  private static List<String> wanted(String asset, String currency, String... listed) {
    List<Market> markets =
        Stream.of(listed)
            .map(pair -> pair.split("/"))
            .map(pair -> new Market(pair[0] + pair[1], pair[0], pair[1], "TRADING"))
            .toList();
    return Candles.wanted(markets, currency, List.of(new Need(asset, AT))).keySet().stream()
        .map(Market::symbol)
        .sorted()
        .toList();
  }

  @Test
  void anAssetOfOneStablecoinAloneIsPricedThroughIt() {
    assertEquals(
        List.of("FDUSDUSD", "XYZFDUSD"),
        wanted("XYZ", "USD", "XYZ/FDUSD", "XYZ/TUSD", "FDUSD/USD", "TUSD/USD"));
    assertEquals(
        List.of("EURUSDC", "XYZUSDC"), wanted("XYZ", "USD", "XYZ/USDC", "EUR/USDC", "ABC/USDC"));
  }

  @Test
  void noOtherStablecoinIsAskedForWhereTheUsualMarketsAre() {
    assertEquals(
        List.of("USDTUSD", "XYZUSDT"),
        wanted("XYZ", "USD", "XYZ/USDT", "USDT/USD", "XYZ/USDC", "USDC/USD"));
  }
}
