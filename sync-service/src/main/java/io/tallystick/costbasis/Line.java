package io.tallystick.costbasis;

import java.math.BigDecimal;
import java.util.List;

/** One line of what a computation says. */
public sealed interface Line
    permits Disposal,
        Issue,
        Line.Income,
        Line.Opened,
        Line.Moved,
        Line.Expense,
        Line.RingFenced,
        Line.Converted,
        Line.Pooled {

  /** The event the line belongs to. */
  Source source();

  /** The asset it is about. */
  String asset();

  /** Value recognised on receipt; an unknown value is listed, never dropped. */
  record Income(Source source, String asset, BigDecimal quantity, IncomeKind kind, Amount value)
      implements Line {}

  /** Units that entered ownership, with their cost, fees included. */
  record Opened(Source source, String asset, BigDecimal quantity, AcquisitionKind kind, Amount cost)
      implements Line {}

  /**
   * Units of one owner that changed wallets; the source's wallet sent them. The lots are those that
   * moved when each wallet is an inventory of its own, else empty.
   */
  record Moved(Source source, String to, String asset, BigDecimal quantity, List<OpenLot> lots)
      implements Line {}

  /** A fee that the settings keep out of cost and proceeds. */
  record Expense(Source source, String asset, BigDecimal quantity, Amount value) implements Line {}

  /**
   * A loss that may only be set against the gain on the units bought back within four weeks
   * (Ireland, TCA 1997 s581(3)).
   *
   * @param source the disposal at a loss
   * @param reacquisition the entry that bought back
   * @param quantity units bought back
   * @param loss their part of the loss, positive
   */
  record RingFenced(
      Source source, String asset, String reacquisition, BigDecimal quantity, Amount loss)
      implements Line {}

  /**
   * Units that became units of another asset with their cost and dates (rename, wrap carried over).
   *
   * @param quantity units before
   * @param to the other asset
   * @param received units after
   * @param cost the cost carried over
   */
  record Converted(
      Source source, String asset, BigDecimal quantity, String to, BigDecimal received, Amount cost)
      implements Line {}

  /**
   * What a pool holds right after the disposal of the same source, provisional as that row is;
   * under the total average once a year, after its last disposal.
   */
  record Pooled(Source source, String asset, BigDecimal quantity, Amount cost) implements Line {}
}
