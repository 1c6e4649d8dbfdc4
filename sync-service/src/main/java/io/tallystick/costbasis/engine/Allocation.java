package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Cause;
import io.tallystick.costbasis.Event.Allocated.Share;
import io.tallystick.costbasis.Issue;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Source;
import io.tallystick.costbasis.engine.Book.Stock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The way from one inventory to one a wallet (Rev. Proc. 2024-28): until its instant it counts what
 * each wallet holds; then every wallet gets as many units of unused basis as it holds units, first
 * as the holder recorded it, then in the method's order, wallets by name.
 */
final class Allocation {

  /** Where basis lies that no wallet's units account for; nothing is ever disposed of here. */
  static final String NOWHERE = "unallocated";

  private static final String ENTRY = "wallet-allocation";

  final Instant at;
  private final TreeMap<String, BigDecimal> held = new TreeMap<>();
  private final List<Share> plan = new ArrayList<>();

  Allocation(Instant at) {
    this.at = at;
  }

  void read(StateReader in) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      held.put(in.text(), in.decimal());
    }
    count = in.count();
    for (int i = 0; i < count; i++) {
      plan.add(new Share(in.text(), in.text(), in.decimal()));
    }
  }

  void write(StateWriter out) {
    out.count(held.size());
    held.forEach((wallet, units) -> {
      out.text(wallet);
      out.decimal(units);
    });
    out.count(plan.size());
    for (Share share : plan) {
      out.text(share.wallet());
      out.text(share.lot());
      out.decimal(share.quantity());
    }
  }

  /** A wallet that gives more than it is known to hold has missing history: it holds nothing. */
  void hold(String wallet, BigDecimal change) {
    held.merge(wallet, change, (a, b) -> a.add(b).max(BigDecimal.ZERO));
    held.computeIfPresent(wallet, (key, units) -> units.max(BigDecimal.ZERO));
  }

  void plan(List<Share> shares) {
    plan.addAll(shares);
  }

  void resize(BigDecimal factor) {
    held.replaceAll((wallet, units) -> units.multiply(factor));
  }

  void absorb(Allocation that) {
    that.held.forEach((wallet, units) -> held.merge(wallet, units, BigDecimal::add));
    plan.addAll(that.plan);
  }

  void allocate(
      Stock from,
      String asset,
      Function<String, Stock> to,
      UnaryOperator<BigDecimal> units,
      Rows rows) {
    for (Share share : plan) {
      BigDecimal wanted = units.apply(share.quantity());
      BigDecimal room = held.getOrDefault(share.wallet(), BigDecimal.ZERO);
      Source source = new Source(ENTRY, at, share.wallet());
      if (wanted.compareTo(room) > 0) {
        Amount none = Amount.Known.ZERO;
        rows.issue(Issue.Kind.INVALID_SELECTION, source, asset, share.quantity(), none);
      }
      BigDecimal asked = wanted.min(room);
      if (asked.signum() > 0) {
        Selection named =
            new Selection(List.of(new Selection.Pick(share.lot(), asked)), Instant.MIN);
        hand(from.withdraw(source, asset, asked, named), share.wallet(), to);
      }
    }
    for (Map.Entry<String, BigDecimal> wallet : held.entrySet()) {
      BigDecimal wanted = wallet.getValue();
      if (wanted.signum() > 0) {
        Source source = new Source(ENTRY, at, wallet.getKey());
        hand(from.withdraw(source, asset, wanted, Selection.NONE), wallet.getKey(), to);
      }
      BigDecimal missing = held.getOrDefault(wallet.getKey(), BigDecimal.ZERO);
      if (missing.signum() > 0) {
        Source source = new Source(ENTRY, at, wallet.getKey());
        Amount unknown = Amount.unknown(Cause.UNALLOCATED_BASIS, ENTRY);
        to.apply(wallet.getKey()).deposit(new Lot(ENTRY, OpenLot.UNDATED, missing, unknown));
        rows.issue(Issue.Kind.UNALLOCATED_BASIS, source, asset, missing, unknown);
      }
    }
    for (Lot lot : List.copyOf(from.open())) {
      Source source = new Source(ENTRY, at, NOWHERE);
      rows.issue(Issue.Kind.UNALLOCATED_BASIS, source, asset, lot.units, lot.cost);
      to.apply(NOWHERE).deposit(lot);
    }
  }

  private void hand(List<Lot> lots, String wallet, Function<String, Stock> to) {
    for (Lot lot : lots) {
      held.computeIfPresent(wallet, (key, units) -> units.subtract(lot.units));
      to.apply(wallet).deposit(lot);
    }
  }
}
