package io.tallystick.records;

import io.tallystick.venue.Market;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The markets that booked accounts trade on, some with names that want care. */
final class BookedMarkets {
  static final Map<String, Market> ALL =
      List.of(
              "BTCUSDT",
              "ETHUSDT",
              "ETHBTC",
              "1INCHUSDT",
              "1000SATSUSDT",
              "BNBEUR",
              "LTCBNB",
              "=SUM",
              "比特币USDT")
          .stream()
          .collect(
              Collectors.toMap(
                  symbol -> symbol,
                  symbol ->
                      switch (symbol) {
                        case "ETHBTC" -> new Market(symbol, "ETH", "BTC", "TRADING");
                        case "BNBEUR" -> new Market(symbol, "BNB", "EUR", "TRADING");
                        case "LTCBNB" -> new Market(symbol, "LTC", "BNB", "TRADING");
                        case "=SUM" -> new Market(symbol, "=1+1", "USDT", "TRADING");
                        default ->
                            new Market(symbol, symbol.replace("USDT", ""), "USDT", "TRADING");
                      }));

  private BookedMarkets() {}
}
