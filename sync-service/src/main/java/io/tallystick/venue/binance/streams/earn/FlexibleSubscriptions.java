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

/** Money put into flexible products, from spot, from funding or from both (Simple Earn docs). */
@AutoService(BinanceStream.class)
public final class FlexibleSubscriptions implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          170,
          "flexible-subscriptions",
          Domain.EARN,
          BinanceEndpoints.signed(
              "/sapi/v1/simple-earn/flexible/history/subscriptionRecord",
              BinancePools.SAPI_IP,
              150),
          new Coverage(
              "Subscriptions to flexible products",
              "A page shorter than the limit, or total",
              "No limit stated (2026-08)",
              "Derived earn and spot wallets = reported",
              "Earn history export: with the CSV work",
              "Simple Earn docs, Get Flexible Subscription Record"));

  private static final WindowPaging PAGING =
      new WindowPaging(WindowPaging.MONTH, new Paging.Pages("current", "size", 100));
  private static final Cut CUT = Cut.member("rows");
  private static final States STATES =
      new States(
          Set.of("SUCCESS"), Set.of("PURCHASING", "PENDING", "PROCESSING"), Set.of("FAILED"));

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
    return Item.told(record, "purchaseId", "time")
        .changing(STATES.mayChange(Row.of(record).name("status")));
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String id = row.name("purchaseId");
    String asset = row.name("asset");
    BigDecimal amount = row.amount("amount");
    Instant at = row.instant("time");
    EntryState state = STATES.of(row.name("status"));
    Subscribed from = Subscribed.of(row, amount);
    String wrong = row.wrong();
    if (wrong != null || state == null || from == null) {
      return new Reading.Unread(wrong != null ? wrong : "status or source is not a documented one");
    }
    List<Posting> postings = new ArrayList<>(2);
    Account earn = Account.wallet("earn-flexible");
    Movement.post(postings, Account.wallet("spot"), earn, asset, from.spot());
    Movement.post(postings, Account.wallet("funding"), earn, asset, from.funding());
    return Movement.booked(
        EntryKind.INTERNAL_TRANSFER,
        state,
        at,
        Movement.event("flexible-subscription", at, id, asset, Decimals.text(amount)),
        new Details()
            .with("asset", asset)
            .with("amount", Decimals.text(amount))
            .with("product", row.textIfThere("productId"))
            .with("venue_id", id),
        postings);
  }
}
