package io.tallystick.venue.binance.streams.earn;

import com.google.auto.service.AutoService;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
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
import java.util.Set;

/**
 * The ends of locked positions (Simple Earn docs, Get Locked Redemption Record). Who leaves early
 * gives interest back: less arrives than was locked. What arrives beyond it is interest that no
 * list told, and flagged as inferred. {@code rewardAmt} repeats rewards that were paid before.
 */
@AutoService(BinanceStream.class)
public final class LockedRedemptions implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          210,
          "locked-redemptions",
          Domain.EARN,
          BinanceEndpoints.signed(
              "/sapi/v1/simple-earn/locked/history/redemptionRecord", BinancePools.SAPI_IP, 150),
          new Coverage(
              "Redemptions of locked products",
              "A page shorter than the limit, or total",
              "No limit stated (2026-08)",
              "Derived earn and spot wallets = reported",
              "Earn history export: with the CSV work",
              "Simple Earn docs, Get Locked Redemption Record"));

  private static final WindowPaging PAGING =
      new WindowPaging(WindowPaging.MONTH, new Paging.Pages("current", "size", 100));
  private static final Cut CUT = Cut.member("rows");
  private static final States STATES =
      new States(
          Set.of("PAID", "SUCCESS"),
          Set.of("PENDING", "PROCESSING", "REDEEMING"),
          Set.of("FAILED"));

  @Override
  public Sheet sheet() {
    return SHEET;
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
  public Item item(byte[] record) {
    return Item.told(record, "redeemId", "time")
        .changing(STATES.mayChange(Row.of(record).name("status")));
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String id = row.name("redeemId");
    String asset = row.name("asset");
    BigDecimal arrived = row.amount("amount");
    BigDecimal loss = row.amountOrZero("lossAmount");
    // Older rows tell only what arrives.
    BigDecimal locked =
        row.has("originalAmount") ? row.amount("originalAmount") : arrived.add(loss);
    Instant at = row.instant("time");
    EntryState state = STATES.of(row.name("status"));
    BigDecimal back = arrived.min(locked);
    BigDecimal inferred = arrived.subtract(back);
    Details details =
        new Details()
            .with("asset", asset)
            .with("amount", Decimals.text(arrived))
            .with("taken_back", Decimals.text(locked.subtract(back)))
            .with("inferred", inferred.signum() > 0 ? Decimals.text(inferred) : null)
            .with("position", row.nameIfThere("positionId"))
            .with("venue_id", id);
    String wrong = row.wrong();
    if (wrong != null || state == null) {
      return new Reading.Unread(wrong != null ? wrong : "status is not a documented one");
    }
    Account earn = Account.wallet("earn-locked");
    Account spot = Account.wallet("spot");
    List<Posting> postings = new ArrayList<>(3);
    Movement.post(postings, earn, spot, asset, back);
    Movement.post(postings, earn, new Account("income/earn"), asset, locked.subtract(back));
    Movement.post(postings, new Account("income/earn-inferred"), spot, asset, inferred);
    return Movement.booked(
        EntryKind.INTERNAL_TRANSFER,
        state,
        at,
        Movement.event("locked-redemption", at, id, asset, Decimals.text(arrived)),
        details,
        postings);
  }
}
