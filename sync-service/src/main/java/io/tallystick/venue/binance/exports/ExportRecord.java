package io.tallystick.venue.binance.exports;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One row, typed. Amounts are exact and at the scale the file wrote; texts are trimmed and as
 * written; times are UTC. What a file does not hold is null.
 */
public sealed interface ExportRecord
    permits ExportRecord.StatementLine,
        ExportRecord.ConvertOrder,
        ExportRecord.PeerOrder,
        ExportRecord.EarnInterest,
        ExportRecord.StakeSwap,
        ExportRecord.AutoInvestBuy,
        ExportRecord.DustSwap,
        ExportRecord.TaxLine,
        Fill,
        OrderRecord,
        CashRecord,
        MarginRecord,
        FuturesRecord {

  /**
   * A change of one balance. The sign is the effect on that account.
   *
   * @param user the account's id at the venue, which tells sub-accounts apart; null in old files
   * @param account the account as written
   * @param operation the operation as written
   */
  record StatementLine(
      @Nullable String user,
      Moment at,
      String account,
      String operation,
      String coin,
      BigDecimal change,
      String remark)
      implements ExportRecord {}

  /**
   * A conversion at a quoted price.
   *
   * @param settled when it last changed; the statement's legs carry this time
   * @param done whether it took place; otherwise nothing moved
   */
  record ConvertOrder(
      Moment at,
      Moment settled,
      @Nullable String wallet,
      String pair,
      String type,
      Money sold,
      Money bought,
      boolean done,
      String status)
      implements ExportRecord {}

  /**
   * An order between two persons. The other person's name is left out: it is not ours to keep.
   *
   * @param number the venue's order number; also in the statement's remark
   * @param total in fiat
   * @param makerFee in the asset; null where the file has no such column or nothing in it
   */
  record PeerOrder(
      String number,
      Moment at,
      Side side,
      Money quantity,
      Money total,
      @Nullable BigDecimal makerFee,
      @Nullable BigDecimal takerFee,
      boolean done,
      String status)
      implements ExportRecord {}

  /** Interest of flexible savings. */
  record EarnInterest(Moment at, String product, Money amount) implements ExportRecord {}

  /** A coin exchanged one to one for its staking receipt, or a distribution in it. */
  record StakeSwap(
      Moment at, String coin, String token, BigDecimal amount, boolean done, String status)
      implements ExportRecord {}

  /**
   * One purchase of a savings plan. Whether the fee is inside or on top of what was spent is not
   * established; the statement's row decides.
   *
   * @param bought null when nothing was bought
   */
  record AutoInvestBuy(
      Moment at,
      String coin,
      @Nullable Money spent,
      @Nullable Money fee,
      @Nullable Money bought,
      @Nullable String from,
      boolean done,
      String status)
      implements ExportRecord {}

  /** A small balance turned into BNB. Whether the fee is already taken off is not established. */
  record DustSwap(Moment at, Money given, BigDecimal feeBnb, BigDecimal receivedBnb)
      implements ExportRecord {}

  /**
   * A line of the tax tool: grouped, rounded and perhaps edited. For checking totals only.
   *
   * @param at as the file has it; its zone is not known, so it is no instant
   */
  record TaxLine(
      String id,
      LocalDateTime at,
      String type,
      String label,
      @Nullable Money sent,
      @Nullable Money received,
      @Nullable Money fee)
      implements ExportRecord {}
}
