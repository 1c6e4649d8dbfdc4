package io.tallystick.report.reading;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds up what came into each account of the books and what left it. */
final class Trial {
  private final Map<Cell, Sides> cells = new HashMap<>();
  // The books do not tell these: they are in no sum, and held all the same.
  private final Set<String> opened = new HashSet<>();

  /** Goes on from sums. */
  Trial(List<Input.Sum> before) {
    for (Input.Sum sum : before) {
      Sides sides = new Sides();
      sides.in = sum.in();
      sides.out = sum.out();
      cells.put(new Cell(sum.account(), sum.asset()), sides);
    }
  }

  private record Cell(String account, String asset) implements Comparable<Cell> {
    @Override
    public int compareTo(Cell other) {
      int byAccount = account.compareTo(other.account);
      return byAccount != 0 ? byAccount : asset.compareTo(other.asset);
    }
  }

  private static final class Sides {
    private BigDecimal in = BigDecimal.ZERO;
    private BigDecimal out = BigDecimal.ZERO;
  }

  void add(BookEntry entry) {
    for (BookEntry.Flow flow : entry.flows()) {
      Sides to = cells.computeIfAbsent(new Cell(flow.to(), flow.asset()), _ -> new Sides());
      to.in = to.in.add(flow.amount());
      Sides from = cells.computeIfAbsent(new Cell(flow.from(), flow.asset()), _ -> new Sides());
      from.out = from.out.add(flow.amount());
    }
  }

  /** Takes note of an asset that was there before the books tell of it. */
  void open(String asset) {
    opened.add(asset);
  }

  /**
   * The assets of which the owner's wallets hold something, or owe it, in order of code; with those
   * that an opening balance tells.
   */
  Collection<String> held() {
    TreeMap<String, BigDecimal> held = new TreeMap<>();
    cells.forEach((cell, sides) -> {
      if (cell.account().startsWith("venue/")) {
        held.merge(cell.asset(), sides.in.subtract(sides.out), BigDecimal::add);
      }
    });
    held.values().removeIf(sum -> sum.signum() == 0);
    opened.forEach(asset -> held.putIfAbsent(asset, BigDecimal.ZERO));
    return held.keySet();
  }

  /** The sums, in order of account and asset. */
  List<Input.Sum> sums() {
    List<Input.Sum> sums = new ArrayList<>();
    new TreeMap<>(cells)
        .forEach((cell, sides) ->
            sums.add(new Input.Sum(cell.account(), cell.asset(), sides.in, sides.out)));
    return sums;
  }
}
