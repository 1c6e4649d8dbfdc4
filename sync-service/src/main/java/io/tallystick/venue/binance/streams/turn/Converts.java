package io.tallystick.venue.binance.streams.turn;

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
import java.util.Set;

/**
 * Conversions at a quoted price (Convert docs, Get Convert Trade History). There is no cursor:
 * {@code moreData} says that a window must be narrowed. No fee: it is in the price. Which wallet
 * paid is not told; spot is inferred.
 */
@AutoService(BinanceStream.class)
public final class Converts implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          300,
          "converts",
          Domain.CONVERTS,
          BinanceEndpoints.signed("/sapi/v1/convert/tradeFlow", BinancePools.SAPI_UID, 3_000),
          new Coverage(
              "Conversions at a quoted price",
              "moreData false; narrowed until then",
              "No limit stated (2026-08)",
              "Derived spot = reported",
              "Convert history export: with the CSV work",
              "Convert docs, Get Convert Trade History"));

  private static final WindowPaging PAGING =
      new WindowPaging(WindowPaging.MONTH, new Paging.Narrowing("limit", 1_000));
  private static final Cut CUT = new Cut(List.of("list"), false, null, "moreData");
  private static final States STATES =
      new States(Set.of("SUCCESS"), Set.of("PROCESS", "ACCEPT_SUCCESS"), Set.of("FAIL", "EXPIRED"));

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
    Row row = Row.of(record);
    return Item.told(record, "orderId", "createTime")
        .changing(STATES.mayChange(row.name("orderStatus")));
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String id = row.name("orderId");
    String from = row.name("fromAsset");
    BigDecimal given = row.amount("fromAmount");
    String to = row.name("toAsset");
    BigDecimal received = row.amount("toAmount");
    Instant at = row.instant("createTime");
    EntryState state = STATES.of(row.name("orderStatus"));
    Details details =
        Details.exchange(from, given, to, received)
            .with("venue_id", id)
            .with("quote_id", row.textIfThere("quoteId"));
    String wrong = row.wrong();
    if (wrong != null || state == null) {
      return new Reading.Unread(wrong != null ? wrong : "orderStatus is not a documented one");
    }
    List<Posting> postings = new ArrayList<>(2);
    Movement.post(postings, Account.wallet("spot"), Account.TRADING, from, given);
    Movement.post(postings, Account.TRADING, Account.wallet("spot"), to, received);
    Identity identity =
        Movement.event(
            "conversion", at, id, from, Decimals.text(given), to, Decimals.text(received));
    return Movement.booked(EntryKind.CONVERSION, state, at, identity, details, postings);
  }
}
