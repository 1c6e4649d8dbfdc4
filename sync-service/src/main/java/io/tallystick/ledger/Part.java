package io.tallystick.ledger;

import java.math.BigDecimal;
import java.util.List;

/** Something with a quantity and a total, of which an order may be made. */
record Part<T>(T what, BigDecimal quantity, BigDecimal total) {
  /** All parts, or a run of neighbours, that add up to exactly this; empty when none do. */
  static <T> List<T> exact(BigDecimal whole, BigDecimal worth, List<Part<T>> parts) {
    int first = 0;
    BigDecimal quantity = BigDecimal.ZERO;
    BigDecimal total = BigDecimal.ZERO;
    for (int last = 0; last < parts.size(); last++) {
      quantity = quantity.add(parts.get(last).quantity());
      total = total.add(parts.get(last).total());
      while (quantity.compareTo(whole) > 0) {
        quantity = quantity.subtract(parts.get(first).quantity());
        total = total.subtract(parts.get(first).total());
        first++;
      }
      if (quantity.compareTo(whole) == 0 && total.compareTo(worth) == 0) {
        return parts.subList(first, last + 1).stream().map(Part::what).toList();
      }
    }
    return List.of();
  }
}
