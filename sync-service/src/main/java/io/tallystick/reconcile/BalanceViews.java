package io.tallystick.reconcile;

import io.tallystick.kernel.PublicIds;
import io.tallystick.reconcile.Line.Reported;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Balances as they are shown. */
public final class BalanceViews {
  private BalanceViews() {}

  /** What the venue reports. */
  @Schema(name = "ReportedBalance", description = "What the venue reports; the parts add up.")
  public record ReportedView(
      BigDecimal free,
      BigDecimal locked,
      BigDecimal frozen,
      BigDecimal withdrawing,
      BigDecimal total) {}

  /**
   * What a balance is worth.
   *
   * @param amount in the currency, rounded half up to two places; null when unpriced
   * @param price of one unit; null when unpriced
   * @param priceAt the oldest instant that the price rests on; null when unpriced
   * @param source where the price was observed; null when unpriced
   * @param route the markets and rates it was led through; null when unpriced
   */
  @Schema(name = "Worth", description = "What a balance is worth; without an amount, unpriced.")
  public record WorthView(
      String currency,
      @Nullable BigDecimal amount,
      @Nullable BigDecimal price,
      @Nullable Instant priceAt,
      @Nullable String source,
      @Nullable String route) {}

  /**
   * What all priced lines come to.
   *
   * @param amount the sum of the priced lines alone
   * @param unpricedAssets what a price is missing for, sorted
   */
  @Schema(name = "ValueTotals", description = "What all priced lines of the filter come to.")
  public record ValueTotals(
      String currency, BigDecimal amount, int priced, int unpriced, List<String> unpricedAssets) {}

  /**
   * One asset in one wallet.
   *
   * @param reported null when the venue reported nothing of this wallet: unknown, not zero
   * @param derived what the postings add up to
   * @param difference reported total less derived
   * @param reportedAt when the reported state was first seen
   * @param agrees whether both are the same to the last digit
   * @param worth null unless a currency was asked for
   */
  @Schema(name = "Balance", description = "One asset in one wallet: derived beside reported.")
  public record BalanceView(
      String connection,
      String wallet,
      String asset,
      @Nullable ReportedView reported,
      BigDecimal derived,
      @Nullable BigDecimal difference,
      @Nullable Instant reportedAt,
      @Nullable Boolean agrees,
      @Nullable WorthView worth) {}

  /**
   * What all lines of the filter come to, not only those of the page.
   *
   * @param assets how many different assets
   * @param differing lines whose derived and reported balances differ
   * @param unknown lines of wallets of which nothing was reported
   * @param value null unless a currency was asked for
   */
  @Schema(name = "BalanceSummary", description = "What all lines of the filter come to.")
  public record Summary(int assets, int differing, int unknown, @Nullable ValueTotals value) {}

  /**
   * A page of balances.
   *
   * @param asOf the instant asked for; null for now
   */
  @Schema(name = "Balances", description = "A page of balances, with a summary of all of them.")
  public record Balances(
      List<BalanceView> items,
      @Schema(description = "Pass as cursor to get the next page; absent on the last page.")
          @Nullable String nextCursor,
      @Nullable Instant asOf,
      Summary summary) {}

  /** A balance as a line of a table. */
  @Schema(name = "BalanceLine", hidden = true)
  public record BalanceLine(
      String connection,
      String wallet,
      String asset,
      @Nullable BigDecimal free,
      @Nullable BigDecimal locked,
      @Nullable BigDecimal frozen,
      @Nullable BigDecimal withdrawing,
      @Nullable BigDecimal reported,
      BigDecimal derived,
      @Nullable BigDecimal difference,
      @Nullable Instant reportedAt,
      @Nullable Boolean agrees,
      @Nullable String currency,
      @Nullable BigDecimal value,
      @Nullable BigDecimal price,
      @Nullable Instant priceAt,
      @Nullable String priceSource) {}

  static BalanceView view(long holder, Placed placed, Worths.@Nullable Scale scale) {
    Line line = placed.line();
    Reported reported = line.reported();
    return new BalanceView(
        PublicIds.connection(holder, placed.connection()),
        line.wallet(),
        line.asset(),
        reported == null
            ? null
            : new ReportedView(
                reported.free(),
                reported.locked(),
                reported.frozen(),
                reported.withdrawing(),
                reported.total()),
        line.derived(),
        line.difference(),
        reported == null ? null : reported.at(),
        line.agrees(),
        scale == null ? null : scale.worth(line));
  }

  static BalanceLine line(BalanceView view) {
    ReportedView reported = view.reported();
    WorthView worth = view.worth();
    return new BalanceLine(
        view.connection(),
        view.wallet(),
        view.asset(),
        reported == null ? null : reported.free(),
        reported == null ? null : reported.locked(),
        reported == null ? null : reported.frozen(),
        reported == null ? null : reported.withdrawing(),
        reported == null ? null : reported.total(),
        view.derived(),
        view.difference(),
        view.reportedAt(),
        view.agrees(),
        worth == null ? null : worth.currency(),
        worth == null ? null : worth.amount(),
        worth == null ? null : worth.price(),
        worth == null ? null : worth.priceAt(),
        worth == null ? null : worth.source());
  }

  static Summary summary(List<Placed> lines, Worths.@Nullable Scale scale) {
    int assets = (int) lines.stream().map(placed -> placed.line().asset()).distinct().count();
    int differing =
        (int) lines.stream().filter(placed -> Boolean.FALSE.equals(placed.line().agrees())).count();
    int unknown = (int) lines.stream().filter(placed -> placed.line().reported() == null).count();
    return new Summary(assets, differing, unknown, scale == null ? null : scale.totals(lines));
  }

  /** A line and the connection it is of. */
  record Placed(long connection, Line line) implements Comparable<Placed> {
    /** Where it stands in a list, as a cursor holds it. */
    List<String> position() {
      return List.of(Long.toString(connection), line.wallet(), line.asset());
    }

    @Override
    public int compareTo(Placed other) {
      return compareTo(other.connection, other.line.wallet(), other.line.asset());
    }

    int compareTo(long otherConnection, String wallet, String asset) {
      int byConnection = Long.compare(connection, otherConnection);
      int byWallet = byConnection != 0 ? byConnection : line.wallet().compareTo(wallet);
      return byWallet != 0 ? byWallet : line.asset().compareTo(asset);
    }

    boolean isBehind(List<String> position) {
      return position.isEmpty()
          || compareTo(Long.parseLong(position.get(0)), position.get(1), position.get(2)) > 0;
    }
  }
}
