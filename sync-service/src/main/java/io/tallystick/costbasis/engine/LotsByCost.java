package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Match;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Lots in a heap by unit cost; lots emptied out of turn stay until they come up. */
final class LotsByCost implements LotOrder {

  private final PriorityQueue<Lot> heap;
  private final Match.Rule rule;

  LotsByCost(Comparator<Lot> order, Match.Rule rule) {
    this.heap = new PriorityQueue<>(order);
    this.rule = rule;
  }

  @Override
  public void add(Lot lot) {
    lot.rank();
    heap.add(lot);
  }

  @Override
  public @Nullable Lot next(Instant at) {
    Lot first = heap.peek();
    while (first != null && first.empty()) {
      heap.remove();
      first = heap.peek();
    }
    return first;
  }

  @Override
  public Match.Rule rule() {
    return rule;
  }

  @Override
  public List<Lot> open() {
    return heap.stream().filter(lot -> !lot.empty()).toList();
  }

  @Override
  public void resize(BigDecimal factor) {
    List<Lot> open = open();
    heap.clear();
    for (Lot lot : open) {
      lot.resize(factor);
      add(lot);
    }
  }
}
