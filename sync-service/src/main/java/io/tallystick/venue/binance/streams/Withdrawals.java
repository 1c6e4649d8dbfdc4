package io.tallystick.venue.binance.streams;

import com.google.auto.service.AutoService;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.ledger.Identity;
import io.tallystick.ledger.Posting;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Reading;
import io.tallystick.venue.binance.reading.BinanceStream;
import io.tallystick.venue.binance.reading.Cut;
import io.tallystick.venue.binance.reading.Details;
import io.tallystick.venue.binance.reading.HistoryStream;
import io.tallystick.venue.binance.reading.Item;
import io.tallystick.venue.binance.reading.Movement;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.reading.WindowPaging;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Crypto withdrawals (Wallet docs, Withdraw History). The amount is what the receiver gets; the
 * account also pays {@code transactionFee}, in the same coin.
 */
@AutoService(BinanceStream.class)
public final class Withdrawals implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          90,
          "withdrawals",
          Domain.WITHDRAWALS,
          BinanceEndpoints.signed(
              "/sapi/v1/capital/withdraw/history", BinancePools.SAPI_UID_SECOND, 18_000),
          new Coverage(
              "Withdrawals to chains and other users",
              "A page shorter than the limit ends the window",
              "No limit stated (2026-08)",
              "Derived = reported in the wallet that is named",
              "Withdrawal history export: with the CSV work",
              "Wallet docs, Withdraw History"));

  private final WindowPaging paging;

  /** Asks for as many rows as the venue gives. */
  public Withdrawals() {
    this(1_000);
  }

  Withdrawals(int limit) {
    this.paging = new WindowPaging(limit);
  }

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public WindowPaging paging() {
    return paging;
  }

  @Override
  public Cut cut() {
    return Cut.array();
  }

  @Override
  public Item item(byte[] record) {
    Row row = Row.of(record);
    String id = row.name("id");
    if (row.wrong() != null) {
      return Item.nameless(record);
    }
    Instant applied = row.instant("applyTime");
    if (row.wrong() != null) {
      return Item.of(id, null, record);
    }
    EntryState state = state(row.integer("status"));
    boolean changing = state != EntryState.SETTLED && state != EntryState.FAILED;
    return Item.of(id, applied, record).changing(row.wrong() == null && changing);
  }

  /** Null for a status nobody documented. The newest docs omit 1 and 5, old rows do not. */
  private static @Nullable EntryState state(long status) {
    return switch (Math.clamp(status, -1, 99)) {
      case 6 -> EntryState.SETTLED;
      case 0, 2, 4 -> EntryState.PENDING;
      case 1, 3, 5 -> EntryState.FAILED;
      default -> null;
    };
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String coin = row.name("coin");
    BigDecimal amount = row.amount("amount");
    BigDecimal fee = row.amount("transactionFee");
    EntryState state = state(row.integer("status"));
    Account wallet = Movement.wallet(row.integerOr("walletType", 0));
    boolean internal = row.integerOr("transferType", 0) == 1;
    String network = row.textIfThere("network");
    Instant applied = row.instant("applyTime");
    String txid = row.textIfThere("txId");
    String id = row.name("id");
    Details details =
        new Details()
            .with("asset", coin)
            .with("amount", Decimals.text(amount))
            .with("fee", Decimals.text(fee))
            .with("address", row.textIfThere("address"))
            .with("tag", row.textIfThere("addressTag"))
            .with("txid", txid)
            .with("venue_id", id)
            .with("order_ref", row.textIfThere("withdrawOrderId"))
            .with("info", row.textIfThere("info"))
            .with("completed_at", row.textIfThere("completeTime"));
    String wrong = row.wrong();
    if (wrong != null || state == null || wallet == null) {
      return new Reading.Unread(wrong != null ? wrong : unknown(state));
    }
    List<Posting> postings = new ArrayList<>(2);
    if (state == EntryState.SETTLED) {
      Movement.post(postings, wallet, Movement.outside(internal, network), coin, amount);
      Movement.post(postings, wallet, Account.FEES, coin, fee);
    }
    Identity identity = Movement.identity("withdrawal", coin, txid, amount, applied, id);
    // The coins leave the wallet when the withdrawal is applied for, not when it completes.
    return new Reading.Booked(
        new Entry(
            EntryKind.WITHDRAWAL,
            state,
            applied,
            identity,
            null,
            network,
            details.asMap(),
            postings));
  }

  private static String unknown(@Nullable EntryState state) {
    return state == null ? "status is not a documented one" : "walletType is not a documented one";
  }
}
