package io.tallystick.report.layout;

import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Scope;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The roll-forward of each wallet, transfers between own wallets included, and its sum beside that
 * of the asset. Where the method matches over all wallets, lots lie in none: then quantities are
 * those of the books, and no wallet has a cost.
 */
final class WalletTables {
  private static final String ALL = "all wallets";

  private final Facts facts;
  private final Map<String, Map<String, Flow>> assets = new TreeMap<>();
  // Assets whose lots lie in no wallet at the beginning and at the end.
  private final Set<String> before = new HashSet<>();
  private final Set<String> after = new HashSet<>();
  private final Sheet.Rows rows = new Sheet.Rows();

  private WalletTables(Facts facts) {
    this.facts = facts;
  }

  /** One row a wallet that has anything to tell, and one for all wallets of an asset. */
  static Sheet rollForward(Facts facts) {
    return new WalletTables(facts).sheet();
  }

  private Flow flow(String asset, String wallet) {
    return flow(assets, asset, wallet);
  }

  private static Flow flow(Map<String, Map<String, Flow>> flows, String asset, String wallet) {
    return flows
        .computeIfAbsent(asset, _ -> new TreeMap<>())
        .computeIfAbsent(wallet, _ -> new Flow());
  }

  private Sheet sheet() {
    open();
    for (Line line : facts.lines()) {
      if (facts.asked(line.source().at())) {
        Flow.add(line, this::flow);
      }
    }
    List<OpenLot> left = StockTables.lots(facts, facts.end());
    after.addAll(pooled(left));
    left.stream()
        .filter(lot -> !after.contains(lot.asset()))
        .forEach(lot -> flow(lot.asset(), lot.wallet()).close(lot));
    Map<String, Flow> totals = StockTables.flows(facts);
    assets.forEach((asset, wallets) -> {
      wallets.forEach((wallet, flow) -> wallet(asset, wallet, flow));
      total(asset, wallets, totals.getOrDefault(asset, new Flow()));
    });
    notes();
    return rows.sheet(
        "roll-forward-by-wallet",
        "asset",
        "wallet",
        "opening",
        "acquired",
        "without_known_acquisition",
        "transferred_in",
        "disposed",
        "converted",
        "lost",
        "transferred_out",
        "closing",
        "difference",
        "opening_cost",
        "acquired_cost",
        "transferred_in_cost",
        "disposed_cost",
        "converted_cost",
        "lost_cost",
        "transferred_out_cost",
        "denied_and_rounded",
        "closing_cost",
        "cost_difference");
  }

  // From the lots where they lie in wallets, else from what the books say moved before.
  private void open() {
    Instant begin = facts.begin();
    if (begin == null) {
      return;
    }
    List<OpenLot> lots = StockTables.lots(facts, begin);
    before.addAll(pooled(lots));
    if (divided(begin)) {
      lots.stream()
          .filter(lot -> !before.contains(lot.asset()))
          .forEach(lot -> flow(lot.asset(), lot.wallet()).open(lot));
    }
    Map<String, Map<String, Flow>> moved = new TreeMap<>();
    for (Line line : facts.lines()) {
      if (line.source().at().isBefore(begin)) {
        Flow.add(line, (asset, wallet) -> flow(moved, asset, wallet));
      }
    }
    moved.forEach((asset, wallets) -> {
      if (!divided(begin) || before.contains(asset)) {
        wallets.forEach((wallet, flow) -> flow(assets, asset, wallet).opening = flow.expected());
      }
    });
  }

  // Whether each wallet is an inventory of its own in what is before an instant; null is the end.
  private boolean divided(@Nullable Instant end) {
    return switch (facts.settings().scope()) {
      case Scope.Universal _ -> false;
      case Scope.PerWallet _ -> true;
      case Scope.WalletsFrom(LocalDate day) -> end == null || facts.day(end).isAfter(day);
    };
  }

  // Whether each wallet is an inventory of its own from the beginning on.
  private boolean throughout() {
    return switch (facts.settings().scope()) {
      case Scope.Universal _ -> false;
      case Scope.PerWallet _ -> true;
      case Scope.WalletsFrom(LocalDate day) -> {
        Instant begin = facts.begin();
        yield begin != null && !facts.day(begin).isBefore(day);
      }
    };
  }

  // The assets whose lots lie in no wallet.
  private static Set<String> pooled(List<OpenLot> lots) {
    Set<String> pooled = new HashSet<>();
    lots.stream().filter(lot -> lot.wallet().isEmpty()).forEach(lot -> pooled.add(lot.asset()));
    return pooled;
  }

  private boolean counted(String asset) {
    return divided(facts.end()) && !after.contains(asset);
  }

  private void wallet(String asset, String wallet, Flow flow) {
    if (flow.idle()) {
      return;
    }
    boolean costed = throughout() && !before.contains(asset) && !after.contains(asset);
    boolean counted = counted(asset);
    rows.add(
        asset,
        wallet,
        flow.opening,
        flow.acquired,
        flow.shortfall,
        flow.received,
        flow.disposed,
        flow.converted,
        flow.lost,
        flow.sent,
        counted ? flow.closing : flow.expected(),
        counted ? flow.difference() : null,
        costed ? facts.cost(flow.openingCost) : null,
        costed ? facts.cost(flow.acquiredCost) : null,
        costed ? facts.cost(flow.receivedCost) : null,
        costed ? facts.cost(flow.disposedCost) : null,
        costed ? facts.cost(flow.convertedCost) : null,
        costed ? facts.cost(flow.lostCost) : null,
        costed ? facts.cost(flow.sentCost) : null,
        costed ? facts.cost(flow.denied) : null,
        costed ? facts.cost(flow.closingCost) : null,
        costed ? facts.cost(flow.costDifference()) : null);
  }

  // The asset's own roll-forward, beside the closings of its wallets.
  private void total(String asset, Map<String, Flow> wallets, Flow all) {
    BigDecimal closing = BigDecimal.ZERO;
    BigDecimal moved = BigDecimal.ZERO;
    for (Flow flow : wallets.values()) {
      closing = closing.add(counted(asset) ? flow.closing : flow.expected());
      moved = moved.add(flow.sent);
    }
    rows.add(
        asset,
        ALL,
        all.opening,
        all.acquired,
        all.shortfall,
        moved,
        all.disposed,
        all.converted,
        all.lost,
        moved,
        all.closing,
        closing.subtract(all.closing),
        facts.cost(all.openingCost),
        facts.cost(all.acquiredCost),
        null,
        facts.cost(all.disposedCost),
        facts.cost(all.convertedCost),
        facts.cost(all.lostCost),
        null,
        facts.cost(all.denied),
        facts.cost(all.closingCost),
        facts.cost(all.costDifference()));
  }

  private void notes() {
    rows.note("a row of all wallets is the asset's roll-forward; its difference is the sum's");
    rows.note(
        "where a rule looks ahead, the costs of a year differ by what later purchases explained");
    rows.note("a blank cost is not known, or is of no wallet: the method matches over all of them");
    rows.note("a blank difference has nothing to be compared with: lots lie in no wallet");
    rows.note("less than nothing in a wallet is history that is missing, or a transfer not linked");
  }
}
