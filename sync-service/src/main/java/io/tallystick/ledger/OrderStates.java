package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.OrderRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Orders of which several exports tell: a later one knows more of them. */
final class OrderStates {
  private static final Comparator<Held> LATER =
      Comparator.comparing((Held h) -> row(h).quantity()).thenComparing(h -> row(h).to());

  private OrderStates() {}

  /** Each order as it is known last; one without an id is what it says. */
  static List<Held> latest(Merge merge, List<Held> orders) {
    Map<List<String>, List<Held>> versions = new HashMap<>();
    List<Held> all = new ArrayList<>();
    for (Held held : orders.stream().sorted(Comparator.comparing(Held::key)).toList()) {
      String ref = row(held).orderRef();
      if (ref == null) {
        all.add(held);
      } else {
        List<String> name = List.of(row(held).market(), ref);
        versions.computeIfAbsent(name, _ -> new ArrayList<>()).add(held.counted(1));
      }
    }
    for (List<Held> order : versions.values()) {
      Held last = Collections.max(order, LATER);
      all.add(last);
      order.remove(last);
      order.forEach(held -> merge.repeat(held.key(), last.key()));
    }
    return all;
  }

  static OrderRow row(Held held) {
    return (OrderRow) held.claim();
  }
}
