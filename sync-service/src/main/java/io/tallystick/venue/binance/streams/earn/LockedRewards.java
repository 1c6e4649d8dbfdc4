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
import io.tallystick.venue.binance.reading.WindowPaging;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Interest on locked positions, paid to spot (Simple Earn docs, Get Locked Rewards History). Rows
 * have no id; equal ones are counted, so a window is read in one answer.
 */
@AutoService(BinanceStream.class)
public final class LockedRewards implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          220,
          "locked-rewards",
          Domain.EARN,
          BinanceEndpoints.signed(
              "/sapi/v1/simple-earn/locked/history/rewardsRecord", BinancePools.SAPI_IP, 150),
          new Coverage(
              "Interest on locked products",
              "Fewer rows than the limit, or total; narrowed until then",
              "No limit stated (2026-08)",
              "Derived earn and spot wallets = reported",
              "Earn history export: with the CSV work",
              "Simple Earn docs, Get Locked Rewards History"));

  private static final WindowPaging PAGING =
      new WindowPaging(WindowPaging.MONTH, new Paging.Narrowing("size", 100));
  private static final Cut CUT = Cut.member("rows");

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
    return Item.counted(record, "time", "positionId", "asset", "amount");
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String asset = row.name("asset");
    BigDecimal amount = row.amount("amount");
    Instant at = row.instant("time");
    String position = row.nameIfThere("positionId");
    String type = row.textIfThere("type");
    String wrong = row.wrong();
    if (wrong != null) {
      return new Reading.Unread(wrong);
    }
    List<Posting> postings = new ArrayList<>(1);
    Movement.post(postings, new Account("income/earn"), Account.wallet("spot"), asset, amount);
    String of = position == null ? "" : position;
    return Movement.booked(
        EntryKind.INCOME,
        EntryState.SETTLED,
        at,
        Movement.event("locked-reward", at, of, asset, Decimals.text(amount)),
        new Details().with("position", position).with("type", type),
        postings);
  }
}
