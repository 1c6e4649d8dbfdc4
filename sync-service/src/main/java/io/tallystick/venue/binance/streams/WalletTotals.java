package io.tallystick.venue.binance.streams;

import com.google.auto.service.AutoService;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Reading;
import io.tallystick.venue.binance.reading.BinanceStream;
import io.tallystick.venue.binance.reading.Item;
import io.tallystick.venue.binance.reading.Redaction;
import io.tallystick.venue.binance.reading.Sheet;
import io.tallystick.venue.binance.reading.Wallet;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.Row;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * All wallets with what is in them (Wallet docs, Query User Wallet Balance, with {@code
 * needBalanceDetail} since 2026-08-21). Wallets that have a list of their own are told there; the
 * others are reported from here. Values in bitcoin change with every price and are not kept. The
 * names of wallets beyond "Spot" are not documented.
 */
@AutoService(BinanceStream.class)
public final class WalletTotals implements BinanceStream {
  private static final Sheet SHEET =
      new Sheet(
          60,
          "wallet-totals",
          Domain.BALANCES,
          BinanceEndpoints.signed("/sapi/v1/asset/wallet/balance", BinancePools.SAPI_IP, 60),
          new Coverage(
              "What every wallet holds",
              "Told whole in one answer",
              "Now",
              "Derived = reported in wallets without a list of their own",
              "No file tells it: a state, not a history",
              "Wallet docs, Query User Wallet Balance"));

  private static final Set<String> KEPT = Set.of("activate", "walletName", "assetBalances");
  private static final Set<String> KEPT_OF_ASSET =
      Set.of("asset", "free", "locked", "freeze", "withdrawing");
  private static final Set<String> ELSEWHERE = Set.of("Spot", "Funding", "Earn");

  /** The venue's names of wallets, and ours. */
  private static final Map<String, String> WALLETS =
      Map.of(
          "Cross Margin", "margin-cross",
          "Isolated Margin", "margin-isolated",
          "USD-M Futures", "futures-usdm",
          "COIN-M Futures", "futures-coinm",
          "Options", "options",
          "Trading Bots", "trading-bots",
          "Copy Trading", "copy-trading");

  @Override
  public Sheet sheet() {
    return SHEET;
  }

  @Override
  public Bookmark start(Instant earliest) {
    return new Bookmark.Snapshot(null);
  }

  @Override
  public Call next(String partition, Bookmark bookmark, Instant now) {
    return Call.of(SHEET.endpoint(), Map.of("needBalanceDetail", "true"));
  }

  @Override
  public Fetch read(String partition, Bookmark bookmark, Instant now, Answer answer) {
    return Item.page(
        answer.body(),
        cut -> named(Redaction.of(cut.bytes(), KEPT, "assetBalances", KEPT_OF_ASSET)),
        items -> new Fetch.Page(Item.raws(items), bookmark, true));
  }

  private static Item named(byte[] record) {
    String wallet = Row.of(record).textIfThere("walletName");
    return wallet == null ? Item.nameless(record) : Item.of(wallet, null, record);
  }

  @Override
  public Reading map(String partition, byte[] record, Markets markets) {
    Row row = Row.of(record);
    String name = row.textIfThere("walletName");
    List<Row> rows = row.has("assetBalances") ? row.rows("assetBalances") : List.of();
    String wrong = row.wrong();
    if (wrong != null || name == null) {
      return new Reading.Unread(wrong != null ? wrong : "walletName is missing");
    }
    if (ELSEWHERE.contains(name)) {
      return new Reading.Nothing("told by a list of its own");
    }
    String other = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String wallet = WALLETS.getOrDefault(name, other);
    return Wallet.seen(wallet, rows, row.has("assetBalances"), markets);
  }
}
