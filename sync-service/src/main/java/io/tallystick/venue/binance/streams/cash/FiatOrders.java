package io.tallystick.venue.binance.streams.cash;

import com.google.auto.service.AutoService;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Account;
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
import io.tallystick.venue.binance.reading.Paging;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.reading.States;
import io.tallystick.venue.binance.reading.WindowPaging;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bank deposits and withdrawals of fiat (Fiat docs, Get Fiat Deposit/Withdraw History). A deposit
 * brings {@code amount}; a withdrawal takes {@code amount} and {@code totalFee}, which is inferred.
 * How wide a window may be is not documented.
 */
@AutoService(BinanceStream.class)
public final class FiatOrders implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          810,
          "fiat-orders",
          Domain.FIAT,
          BinanceEndpoints.signed("/sapi/v1/fiat/orders", BinancePools.SAPI_UID, 45_000),
          new Coverage(
              "Bank deposits and withdrawals",
              "A page shorter than the limit, or total",
              "No limit stated (2026-08)",
              "Derived spot = reported",
              "Fiat deposit and withdrawal exports, by order number; transaction history export",
              "Fiat docs, Get Fiat Deposit/Withdraw History"));

  private static final WindowPaging PAGING =
      new WindowPaging(WindowPaging.SPAN, new Paging.Pages("page", "rows", 500))
          .named("beginTime", "endTime");
  private static final Cut CUT = Cut.envelope();
  private static final States STATES =
      new States(
          Set.of("SUCCESSFUL", "FINISHED"),
          Set.of("PROCESSING", "REFUNDING"),
          Set.of("FAILED", "REFUNDED", "REFUND FAILED", "EXPIRED"));

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public int mappingVersion() {
    // By 1, what had come or gone did so when it was ordered.
    return 2;
  }

  @Override
  public WindowPaging paging() {
    return PAGING;
  }

  @Override
  public Cut cut() {
    return CUT;
  }

  @Override
  public List<String> parts() {
    return List.of("0", "1");
  }

  @Override
  public Map<String, String> asked(String part) {
    return Map.of("transactionType", part);
  }

  @Override
  public Set<String> keptMembers() {
    return Set.of(
        "orderNo",
        "fiatCurrency",
        "indicatedAmount",
        "amount",
        "totalFee",
        "method",
        "status",
        "createTime",
        "updateTime");
  }

  @Override
  public Item item(byte[] record) {
    String status = Row.of(record).textIfThere("status");
    return Item.told(record, "orderNo", "createTime")
        .changing(STATES.mayChange(status == null ? "" : status));
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    boolean withdrawal = partition.equals("1");
    String id = row.name("orderNo");
    String fiat = row.name("fiatCurrency");
    BigDecimal amount = row.amount("amount");
    BigDecimal fee = row.amountOrZero("totalFee");
    Instant ordered = row.instant("createTime");
    Instant updated = row.instantIfThere("updateTime");
    String status = row.textIfThere("status");
    EntryState state = STATES.of(status == null ? "" : status);
    Details details =
        new Details()
            .with("asset", fiat)
            .with("amount", Decimals.text(amount))
            .with("fee", Decimals.text(fee))
            .with("method", row.textIfThere("method"))
            .with("venue_id", id);
    String wrong = row.wrong();
    if (wrong != null || state == null) {
      return new Reading.Unread(wrong != null ? wrong : "status is not a documented one");
    }
    // What is ordered on a Friday may come on a Monday: then the balance changes.
    boolean there = state == EntryState.SETTLED && updated != null && updated.isAfter(ordered);
    Instant at = there && updated != null ? updated : ordered;
    Account spot = Account.wallet("spot");
    List<Posting> postings = new ArrayList<>(2);
    if (withdrawal) {
      Movement.post(postings, spot, Account.external("bank"), fiat, amount);
      Movement.post(postings, spot, Account.FEES, fiat, fee);
    } else {
      Movement.post(postings, Account.external("bank"), spot, fiat, amount);
    }
    return Movement.booked(
        withdrawal ? EntryKind.WITHDRAWAL : EntryKind.DEPOSIT,
        state,
        at,
        Identity.told(withdrawal ? "fiat-out" : "fiat-in", id, Movement.rank(ordered, id)),
        details,
        postings);
  }
}
