package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Trades in columns, so that what is measured is the engine and not a heap full of input. */
final class BenchmarkTrades {
  final List<long[]> numbers = new ArrayList<>();
  final List<String[]> names = new ArrayList<>();
  final Map<String, String> interned = new HashMap<>();

  void add(String line) {
    String[] f = line.split(",", -1);
    numbers.add(
        new long[] {
          Long.parseLong(f[2]),
          e8(f[8]),
          e8(f[9]),
          e8(f[10]),
          e8(f[12]),
          e8(f[13]),
          f[6].equals("BUY") ? 1 : 0
        });
    names.add(new String[] {name(f[4]), name(f[5]), name(f[11])});
  }

  private String name(String text) {
    return Objects.requireNonNull(interned.computeIfAbsent(text, key -> key));
  }

  private static long e8(String text) {
    return new BigDecimal(text).movePointRight(8).longValueExact();
  }

  private static BigDecimal decimal(long e8) {
    return BigDecimal.valueOf(e8, 8);
  }

  Event event(int row) {
    long[] n = numbers.get(row);
    String[] names3 = names.get(row);
    Amount value = Amount.of(decimal(n[4]));
    Leg base = new Leg(names3[0], decimal(n[1]), value);
    Leg quote = new Leg(names3[1], decimal(n[2]), value);
    boolean buy = n[6] == 1;
    Leg fee = new Leg(names3[2], decimal(n[3]), Amount.of(decimal(n[5])));
    String id = Integer.toString(1_000_000_000 + row);
    Source source = new Source(id, Instant.ofEpochMilli(n[0]), "spot");
    return new Event.Traded(
        source, buy ? quote : base, buy ? base : quote, List.of(fee), Selection.NONE);
  }
}
