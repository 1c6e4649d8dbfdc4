package io.tallystick.venue.binance.streams.turn;

import com.google.auto.service.AutoService;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Page;
import io.tallystick.ledger.Claim.Role;
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
import io.tallystick.venue.binance.reading.WindowPaging;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What the venue gives, and what it takes in exchange for it (Wallet docs, Asset Dividend Record):
 * airdrops, Launchpool, token swaps. The list has no pages, so windows are narrowed. Rows that
 * another list tells too are kept and book nothing; those that it may tell wait for it ({@link
 * DividendText}).
 */
@AutoService(BinanceStream.class)
public final class Dividends implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          320,
          "dividends",
          Domain.DIVIDENDS,
          BinanceEndpoints.signed("/sapi/v1/asset/assetDividend", BinancePools.SAPI_IP, 10),
          new Coverage(
              "Airdrops, Launchpool, token swaps",
              "Fewer rows than the limit, or total; narrowed until then",
              "No limit stated (2026-08)",
              "Derived spot = reported",
              "Transaction history export",
              "Wallet docs, Asset Dividend Record"));

  private static final WindowPaging PAGING =
      new WindowPaging(Duration.ofDays(180).minusHours(1), new Paging.Narrowing("limit", 500));
  private static final Cut CUT = Cut.member("rows");

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public int mappingVersion() {
    // By 1, tokens of a launch were income, and so was interest of former products beside its list.
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
  public Item item(byte[] record) {
    return Item.told(record, "id", "divTime");
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String id = row.name("id");
    String asset = row.name("asset");
    BigDecimal amount = row.amount("amount");
    Instant at = row.instant("divTime");
    // Shown since 2026-01-27; what came before was given.
    long direction = row.integerOr("direction", 1);
    String text = row.textIfThere("enInfo");
    String transaction = row.nameIfThere("tranId");
    String wrong = row.wrong();
    if (wrong != null || (direction != 1 && direction != -1)) {
      return new Reading.Unread(wrong != null ? wrong : "direction is not a documented one");
    }
    DividendText meaning = DividendText.of(text == null ? "" : text);
    if (meaning.toldBy() != null) {
      return new Reading.Nothing("told by " + meaning.toldBy());
    }
    if (amount.signum() == 0) {
      return new Reading.Nothing("moves nothing");
    }
    if (meaning.mayRepeat() && direction > 0) {
      return new Reading.Claimed(interest(at, id, asset, amount));
    }
    boolean swap = meaning.surface() != null;
    Account other = swap ? Account.TRADING : new Account("income/" + meaning.income());
    List<Posting> postings = new ArrayList<>(1);
    Account spot = Account.wallet("spot");
    Movement.post(
        postings, direction > 0 ? other : spot, direction > 0 ? spot : other, asset, amount);
    String signed = Decimals.text(direction > 0 ? amount : amount.negate());
    return Movement.booked(
        swap ? EntryKind.CONVERSION : EntryKind.INCOME,
        EntryState.SETTLED,
        at,
        Movement.event("dividend", at, id, asset, signed),
        new Details()
            .with("venue_id", id)
            .with("transaction", transaction)
            .with("text", text)
            .with("surface", meaning.surface()),
        postings);
  }

  private static Leg interest(Instant at, String id, String asset, BigDecimal amount) {
    return new Leg(
        at.truncatedTo(ChronoUnit.SECONDS),
        "spot",
        asset,
        amount,
        Role.INCOME,
        "income/earn",
        EntryKind.INCOME,
        SHEET.name(),
        null,
        new Page(SHEET.name(), id));
  }
}
