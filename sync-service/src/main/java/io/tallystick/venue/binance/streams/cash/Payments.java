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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Payments between users and to merchants (Pay docs, Get Pay Trade History). The sign of the amount
 * is its direction. Names, addresses and numbers of people are dropped before anything is stored. A
 * P2P trade is told here too, as {@code C2C} with the order number in the id (inferred): the
 * trade's own list then takes its place, or a file, which knows what was paid for it.
 */
@AutoService(BinanceStream.class)
public final class Payments implements HistoryStream {
  private static final Sheet SHEET =
      new Sheet(
          140,
          "payments",
          Domain.PAY,
          BinanceEndpoints.signed("/sapi/v1/pay/transactions", BinancePools.SAPI_UID, 3_000),
          new Coverage(
              "Binance Pay",
              "Fewer rows than the limit; narrowed until then",
              "Eighteen months (2026-08); what is older is a gap",
              "Derived spot and funding = reported",
              "Transaction history export",
              "Pay docs, Get Pay Trade History"));

  private static final WindowPaging PAGING =
      new WindowPaging(WindowPaging.SPAN, new Paging.Narrowing("limit", 100))
          .remembering(Duration.ofDays(540));
  private static final Cut CUT = new Cut(List.of("data"), true, null, null);
  private static final String PREFIX = "M_P_";

  /** Numbers of wallets that are inside the venue, as Pay counts them; cards are not. */
  private static final Map<String, String> WALLETS =
      Map.of("1", "funding", "2", "spot", "3", "spot", "5", "earn-flexible");

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public int mappingVersion() {
    // By 1, what was paid in another currency than it was priced in left in that of the price.
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
  public Set<String> keptMembers() {
    return Set.of(
        "orderType",
        "transactionId",
        "transactionTime",
        "amount",
        "currency",
        "walletType",
        "walletTypes",
        "fundsDetail");
  }

  @Override
  public Item item(byte[] record) {
    Row row = Row.of(record);
    String currency = row.name("currency");
    boolean in = row.decimal("amount").signum() >= 0;
    Item item = Item.told(record, "transactionId", "transactionTime");
    // One id can stand for both sides of a payment to oneself, or for several currencies.
    return row.wrong() != null || item.raw().key().startsWith("~")
        ? item
        : Item.of(
            item.raw().key() + ":" + currency + (in ? ":in" : ":out"), item.raw().bornAt(), record);
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String id = row.name("transactionId");
    String currency = row.name("currency");
    BigDecimal signed = row.decimal("amount");
    BigDecimal amount = signed.abs();
    boolean in = signed.signum() >= 0;
    Instant at = row.instant("transactionTime");
    String type = row.name("orderType");
    List<Part> parts = parts(row, currency, amount);
    String wrong = row.wrong();
    if (wrong != null || parts == null) {
      return new Reading.Unread(wrong != null ? wrong : "the wallets do not make up the amount");
    }
    List<Posting> postings = new ArrayList<>(2);
    Account outside = Account.external("pay");
    for (Part part : parts) {
      Account wallet = Account.wallet(part.wallet());
      Movement.post(
          postings, in ? outside : wallet, in ? wallet : outside, part.asset(), part.amount());
    }
    Details details =
        new Details()
            .with("asset", currency)
            .with("amount", Decimals.text(amount))
            .with("type", type)
            .with("venue_id", id);
    String trade = id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id;
    Identity identity =
        type.equals("C2C")
            ? Identity.toldInPart("person", trade, Movement.rank(at, id))
            : Movement.event("payment", at, id, currency, Decimals.text(signed));
    return Movement.booked(
        in ? EntryKind.DEPOSIT : EntryKind.WITHDRAWAL,
        EntryState.SETTLED,
        at,
        identity,
        details,
        postings);
  }

  /** What one wallet had of it. */
  private record Part(String wallet, String asset, BigDecimal amount) {}

  /**
   * What each wallet had; null when that is not the amount. What is priced in one currency can be
   * paid in others: then those moved, and nobody says at which rate, so no sum is there to compare.
   */
  private static @Nullable List<Part> parts(Row row, String currency, BigDecimal amount) {
    List<Part> parts = new ArrayList<>();
    BigDecimal told = BigDecimal.ZERO;
    boolean others = false;
    for (Row fund : row.has("fundsDetail") ? row.rows("fundsDetail") : List.<Row>of()) {
      String asset = fund.name("currency");
      Map<String, BigDecimal> wallets = wallets(row, fund);
      BigDecimal sum = wallets.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      boolean other = !asset.equals(currency);
      boolean whole = !other || sum.compareTo(fund.decimal("amount").abs()) == 0;
      if (wallets.isEmpty() || !whole || fund.wrong() != null) {
        return null;
      }
      wallets.forEach((wallet, some) -> parts.add(new Part(wallet, asset, some)));
      told = other ? told : told.add(sum);
      others |= other && sum.signum() != 0;
    }
    if (parts.isEmpty()) {
      String only = WALLETS.get(row.name("walletType"));
      return only == null ? null : List.of(new Part(only, currency, amount));
    }
    // Where all of it is there in its own currency, more in another contradicts it.
    int less = told.compareTo(amount);
    return (others ? less < 0 : less == 0) ? parts : null;
  }

  /** How much of a currency each wallet had; none when that cannot be told. */
  private static Map<String, BigDecimal> wallets(Row row, Row fund) {
    Map<String, BigDecimal> wallets = new TreeMap<>();
    if (fund.has("walletAssetCost")) {
      Row costs = fund.object("walletAssetCost");
      WALLETS.forEach((number, wallet) -> {
        if (costs.has(number)) {
          wallets.merge(wallet, costs.decimal(number).abs(), BigDecimal::add);
        }
      });
      if (costs.wrong() != null) {
        return Map.of();
      }
    }
    String only = WALLETS.get(row.name("walletType"));
    if (wallets.isEmpty() && only != null) {
      wallets.put(only, fund.decimal("amount").abs());
    }
    return wallets;
  }
}
