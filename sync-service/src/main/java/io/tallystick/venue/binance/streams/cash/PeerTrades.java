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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Trades with other people, settled in the funding wallet (C2C docs, Get C2C Trade History). The
 * fiat changes hands outside. Whoever the other side was is dropped before anything is stored.
 */
@AutoService(BinanceStream.class)
public final class PeerTrades implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          130,
          "peer-trades",
          Domain.P2P,
          BinanceEndpoints.signed(
              "/sapi/v1/c2c/orderMatch/listUserOrderHistory", BinancePools.SAPI_IP, 1),
          new Coverage(
              "P2P trades",
              "A page shorter than the limit, or total",
              "Six months (2026-08); what is older is a gap",
              "Derived funding = reported",
              "P2P order export, by order number; transaction history export",
              "C2C docs, Get C2C Trade History"));

  private static final WindowPaging PAGING =
      new WindowPaging(WindowPaging.MONTH, new Paging.Pages("page", "rows", 100))
          .named("startTimestamp", "endTimestamp")
          .remembering(Duration.ofDays(180));
  private static final Cut CUT = Cut.envelope();
  private static final States STATES =
      new States(
          Set.of("COMPLETED"),
          Set.of("PENDING", "TRADING", "BUYER_PAYED", "DISTRIBUTING", "IN_APPEAL"),
          Set.of("CANCELLED", "CANCELLED_BY_SYSTEM"));

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
  public List<String> parts() {
    return List.of("BUY", "SELL");
  }

  @Override
  public Map<String, String> asked(String part) {
    return Map.of("tradeType", part);
  }

  @Override
  public Set<String> keptMembers() {
    return Set.of(
        "orderNumber",
        "tradeType",
        "asset",
        "fiat",
        "amount",
        "totalPrice",
        "unitPrice",
        "orderStatus",
        "createTime",
        "commission",
        "takerCommission",
        "takerCommissionRate",
        "takerAmount",
        "advertisementRole");
  }

  @Override
  public Item item(byte[] record) {
    return Item.told(record, "orderNumber", "createTime")
        .changing(STATES.mayChange(Row.of(record).name("orderStatus")));
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String id = row.name("orderNumber");
    boolean sale = partition.equals("SELL");
    String asset = row.name("asset");
    String fiat = row.name("fiat");
    BigDecimal amount = row.amount("amount");
    BigDecimal total = row.amount("totalPrice");
    // A maker's fee and a taker's; a row has one of them.
    BigDecimal fee = row.amountOrZero("commission").add(row.amountOrZero("takerCommission"));
    Instant at = row.instant("createTime");
    EntryState state = STATES.of(row.name("orderStatus"));
    Details details =
        Details.exchange(
                sale ? asset : fiat,
                sale ? amount : total,
                sale ? fiat : asset,
                sale ? total : amount)
            .with("fee", Decimals.text(fee))
            .with("venue_id", id)
            .with("surface", "p2p");
    String wrong = row.wrong();
    if (wrong != null || state == null) {
      return new Reading.Unread(wrong != null ? wrong : "orderStatus is not a documented one");
    }
    Account funding = Account.wallet("funding");
    Account people = Account.external("p2p");
    List<Posting> postings = new ArrayList<>(3);
    Movement.post(
        postings,
        sale ? funding : people,
        Account.TRADING,
        sale ? asset : fiat,
        sale ? amount : total);
    Movement.post(
        postings,
        Account.TRADING,
        sale ? people : funding,
        sale ? fiat : asset,
        sale ? total : amount);
    Movement.post(postings, funding, Account.FEES, asset, fee);
    // Pay may tell the same trade; the order number makes the two one.
    Identity identity = Identity.told("person", id, "1:" + Movement.rank(at, id));
    return Movement.booked(EntryKind.CONVERSION, state, at, identity, details, postings);
  }
}
