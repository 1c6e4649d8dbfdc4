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
import org.jspecify.annotations.Nullable;

/** Money taken back from flexible products, to spot or to funding (Simple Earn docs). */
@AutoService(BinanceStream.class)
public final class FlexibleRedemptions implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          180,
          "flexible-redemptions",
          Domain.EARN,
          BinanceEndpoints.signed(
              "/sapi/v1/simple-earn/flexible/history/redemptionRecord", BinancePools.SAPI_IP, 150),
          new Coverage(
              "Redemptions of flexible products",
              "A page shorter than the limit, or total",
              "No limit stated (2026-08)",
              "Derived earn and spot wallets = reported",
              "Earn history export: with the CSV work",
              "Simple Earn docs, Get Flexible Redemption Record"));

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
    BigDecimal amount = row.amount("amount");
    Instant at = row.instant("time");
    EntryState state = STATES.of(row.name("status"));
    Account to = destination(row.has("destAccount") ? row.name("destAccount") : "SPOT");
    String wrong = row.wrong();
    if (wrong != null || state == null || to == null) {
      return new Reading.Unread(
          wrong != null ? wrong : "status or destination is not a documented one");
    }
    List<Posting> postings = new ArrayList<>(1);
    Movement.post(postings, Account.wallet("earn-flexible"), to, asset, amount);
    return Movement.booked(
        EntryKind.INTERNAL_TRANSFER,
        state,
        at,
        Movement.event("flexible-redemption", at, id, asset, Decimals.text(amount)),
        new Details()
            .with("asset", asset)
            .with("amount", Decimals.text(amount))
            .with("product", row.textIfThere("projectId"))
            .with("venue_id", id),
        postings);
  }

  private static @Nullable Account destination(String name) {
    return switch (name) {
      case "SPOT" -> Account.wallet("spot");
      case "FUND", "FUNDING" -> Account.wallet("funding");
      default -> null;
    };
  }
}
