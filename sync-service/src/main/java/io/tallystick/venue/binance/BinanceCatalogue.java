package io.tallystick.venue.binance;

import io.tallystick.venue.Call;
import io.tallystick.venue.Market;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.JsonPage;
import io.tallystick.venue.binance.wire.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is listed, and the limits in force (Spot REST docs, Exchange information). Removed symbols
 * are absent, so whoever reads this keeps what was ever seen.
 */
final class BinanceCatalogue {
  /** Without this list the venue tells only symbols open to everybody. */
  private static final String PERMISSIONS =
      Stream.concat(
              Stream.of("SPOT", "MARGIN", "LEVERAGED"),
              IntStream.rangeClosed(2, 25).mapToObj(number -> "TRD_GRP_%03d".formatted(number)))
          .map(name -> '"' + name + '"')
          .collect(Collectors.joining(",", "[", "]"));

  private BinanceCatalogue() {}

  static Call call() {
    // Told who may trade in what, with hundreds of groups a symbol, the answer would be longer than
    // any that is read: nobody here trades.
    return Call.of(
        BinanceEndpoints.EXCHANGE_INFO,
        new TreeMap<>(Map.of("permissions", PERMISSIONS, "showPermissionSets", "false")));
  }

  /** The markets whose symbol and assets can be read; empty when nothing can. */
  static List<Market> markets(byte[] body) {
    return read(
        body,
        "symbols",
        row -> {
          Market market =
              new Market(
                  row.name("symbol"),
                  row.name("baseAsset"),
                  row.name("quoteAsset"),
                  row.has("status") ? row.name("status") : "UNKNOWN");
          return row.wrong() == null ? market : null;
        });
  }

  /**
   * The announced limit of the one pool that is announced: weight a minute on {@code /api}. Raw
   * requests are announced beside it; as each weighs one or more, a weight a minute within their
   * number a minute keeps both limits. Alone they say nothing of the weight, which is less. Rows
   * that cannot be read announce nothing.
   */
  static Map<String, Integer> limits(byte[] body) {
    List<Integer> weights = read(body, "rateLimits", row -> aMinute(row, "REQUEST_WEIGHT"));
    List<Integer> requests = read(body, "rateLimits", row -> aMinute(row, "RAW_REQUESTS"));
    return weights.isEmpty()
        ? Map.of()
        : Map.of(
            BinancePools.API.name(),
            Math.min(
                Collections.min(weights),
                requests.isEmpty() ? Integer.MAX_VALUE : Collections.min(requests)));
  }

  private static @Nullable Integer aMinute(Row row, String type) {
    boolean ours = row.name("rateLimitType").equals(type);
    boolean minutes = row.name("interval").equals("MINUTE");
    long number = row.integer("intervalNum");
    long limit = row.integer("limit");
    boolean known = ours && minutes && number > 0 && number <= 60 && row.wrong() == null;
    long each = known ? limit / number : 0;
    return each > 0 && each <= Integer.MAX_VALUE ? (int) each : null;
  }

  private static <T> List<T> read(byte[] body, String name, Function<Row, @Nullable T> reader) {
    return switch (JsonPage.member(body, name)) {
      case JsonPage.Broken broken -> List.of();
      case JsonPage.Rows(List<byte[]> rows) -> {
        List<T> read = new ArrayList<>(rows.size());
        for (byte[] row : rows) {
          T value = reader.apply(Row.of(row));
          if (value != null) {
            read.add(value);
          }
        }
        yield List.copyOf(read);
      }
    };
  }
}
