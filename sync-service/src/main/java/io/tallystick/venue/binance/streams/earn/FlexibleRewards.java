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
import java.util.Map;

/**
 * Interest on flexible products (Simple Earn docs, Get Flexible Rewards History). What accrues in
 * real time stays in the product; bonuses and the rewards of former products are paid to spot. Rows
 * have no id; equal ones are counted, so a window is read in one answer.
 */
@AutoService(BinanceStream.class)
public final class FlexibleRewards implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          190,
          "flexible-rewards",
          Domain.EARN,
          BinanceEndpoints.signed(
              "/sapi/v1/simple-earn/flexible/history/rewardsRecord", BinancePools.SAPI_IP, 150),
          new Coverage(
              "Interest on flexible products",
              "Fewer rows than the limit, or total; narrowed until then",
              "No limit stated (2026-08)",
              "Derived earn and spot wallets = reported",
              "Savings interest and transaction history exports, but for interest that stays in the"
                  + " product",
              "Simple Earn docs, Get Flexible Rewards History"));

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
  public Map<String, String> asked(String part) {
    return Map.of("type", "ALL");
  }

  @Override
  public Item item(byte[] record) {
    return Item.counted(record, "time", "type", "asset", "projectId", "rewards");
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String asset = row.name("asset");
    BigDecimal amount = row.amount("rewards");
    Instant at = row.instant("time");
    String type = row.name("type");
    String product = row.textIfThere("projectId");
    Account to =
        switch (type) {
          case "REALTIME" -> Account.wallet("earn-flexible");
          case "BONUS", "REWARDS" -> Account.wallet("spot");
          default -> null;
        };
    String wrong = row.wrong();
    if (wrong != null || to == null) {
      return new Reading.Unread(wrong != null ? wrong : "type is not a documented one");
    }
    List<Posting> postings = new ArrayList<>(1);
    Movement.post(postings, new Account("income/earn"), to, asset, amount);
    return Movement.booked(
        EntryKind.INCOME,
        EntryState.SETTLED,
        at,
        Movement.event("flexible-reward", at, type, asset, Decimals.text(amount)),
        new Details().with("product", product).with("type", type),
        postings);
  }
}
