package io.tallystick.venue.binance.streams.turn;

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
import io.tallystick.venue.binance.reading.WindowPaging;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts of trading fees given back, one's own and those of people one brought (Rebate docs, Get
 * Spot Rebate History Records). Rows have no id; equal ones are counted.
 */
@AutoService(BinanceStream.class)
public final class Rebates implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          800,
          "rebates",
          Domain.REBATES,
          BinanceEndpoints.signed("/sapi/v1/rebate/taxQuery", BinancePools.SAPI_UID, 12_000),
          new Coverage(
              "Commission rebates and referral kickbacks",
              "Fewer than 200, or totalRecords; narrowed until then",
              "Since 2020-06-10 (2026-08)",
              "Derived spot = reported",
              "Transaction history export: with the CSV work",
              "Rebate docs, Get Spot Rebate History Records"));

  private static final WindowPaging PAGING =
      new WindowPaging(WindowPaging.MONTH, new Paging.Narrowing("", 200))
          .since(Instant.parse("2020-06-10T00:00:00Z"));
  private static final Cut CUT = new Cut(List.of("data", "data"), true, "totalRecords", null);

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
    return Item.counted(record, "updateTime", "type", "asset", "amount");
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String asset = row.name("asset");
    BigDecimal amount = row.amount("amount");
    Instant at = row.instant("updateTime");
    long type = row.integer("type");
    String wrong = row.wrong();
    if (wrong != null || (type != 1 && type != 2)) {
      return new Reading.Unread(wrong != null ? wrong : "type is not a documented one");
    }
    List<Posting> postings = new ArrayList<>(1);
    Account income = new Account(type == 1 ? "income/rebate" : "income/referral");
    Movement.post(postings, income, Account.wallet("spot"), asset, amount);
    return Movement.booked(
        EntryKind.INCOME,
        EntryState.SETTLED,
        at,
        Movement.event("rebate", at, "", Long.toString(type), asset, Decimals.text(amount)),
        new Details(),
        postings);
  }
}
