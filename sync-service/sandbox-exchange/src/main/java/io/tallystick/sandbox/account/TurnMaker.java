package io.tallystick.sandbox.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Plays conversions, dust, dividends, token swaps and rebates. */
final class TurnMaker {
  static final List<String> SOURCES = List.of("USDT", "BTC", "ETH", "BNB", "EUR");
  private static final List<String> TARGETS = List.of("SOL", "LINK", "ETH", "BTC", "USDT", "LDO");
  private static final List<String> NOT_DONE = List.of("PROCESS", "FAIL", "EXPIRED");
  private static final List<String> DUSTY = List.of("ADA", "DOGE", "XLM", "ATOM", "LINK", "TRX");
  private static final List<String> GIFTS = List.of("LDO", "NEAR", "PEPE", "SHIB", "UNI", "1INCH");
  private static final List<String> GIFT_TEXTS =
      List.of("Launchpool", "%s airdrop", "HODLer Airdrops %s distribution");
  // Binance wallet docs, "Asset dividend record": direction came on 27 January 2026.
  static final long DIRECTIONS_SHOWN = Instant.parse("2026-01-27T00:00:00Z").toEpochMilli();

  private final Everyday day;
  private int converts;
  private int dusts;
  private int gifts;
  private int rebates;

  TurnMaker(Everyday day) {
    this.day = day;
  }

  void plan(int each) {
    day.spread(each + 4, this::convert);
    day.spread(each, this::dust);
    day.spread(each, this::gift);
    long begin = Math.max(day.begin() + 20 * Everyday.DAY, day.end() - 200 * Everyday.DAY);
    day.spread(each, Math.max(DIRECTIONS_SHOWN, begin), day.end(), this::swap);
    day.spread(3, this::nothing);
    day.spread(each, this::rebate);
  }

  /** A conversion; every seventh comes to nothing. */
  void convert() {
    int i = converts++;
    String from = SOURCES.get(i % SOURCES.size());
    String to = TARGETS.get(i % TARGETS.size());
    if (from.equals(to)) {
      to = "SOL";
    }
    long amount = day.some(Wallet.SPOT, from, 1, 3);
    day.happen(
        new SwapEvent.Convert(
            day.bigId(),
            day.hex(16),
            i % 7 == 5 ? NOT_DONE.get(i / 7 % NOT_DONE.size()) : "SUCCESS",
            from,
            amount,
            to,
            day.worth(from, amount, to),
            i % 2 == 1,
            day.now()));
  }

  /** One to four assets under one id; the target is BNB three times out of five. */
  void dust() {
    int i = dusts++;
    String target = List.of("BNB", "USDT", "BNB", "BTC", "BNB").get(i % 5);
    long transId = 45_178_000_000L + day.next();
    List<SwapEvent.DustPart> parts = new ArrayList<>();
    for (int p = 0; p <= i % 4; p++) {
      String asset = DUSTY.get((i + p) % DUSTY.size());
      long amount = day.free(Wallet.SPOT, asset) / 100_000 + 1 + day.random().nextInt(997);
      long gross = day.worth(asset, amount, target) + 50;
      // Inner ids equal the outer one in some answers and not in others.
      long inner = i % 2 == 0 ? transId : 4_359_000 + day.next();
      parts.add(new SwapEvent.DustPart(inner, asset, amount, gross, gross / 50));
    }
    day.happen(
        new SwapEvent.Dust(transId, target, parts, i % 3 == 0 && target.equals("BNB"), day.now()));
  }

  private void gift() {
    int i = gifts++;
    String asset = day.pick(GIFTS);
    String text = GIFT_TEXTS.get(i % GIFT_TEXTS.size()).replace("%s", asset);
    long tranId = 2_968_000_000L + day.next();
    dividend(tranId, asset, day.dollars(asset, 1, 20), false, text, false);
    if (i % 4 == 1) {
      // Another row of the same transaction.
      dividend(tranId, asset, day.dollars(asset, 1, 5), false, text, false);
    }
  }

  /** An old token goes and a new one comes, ten to one, in one transaction. */
  private void swap() {
    long tranId = 2_968_000_000L + day.next();
    long amount = day.some(Wallet.SPOT, "LUNC", 10, 20) / 10 * 10;
    dividend(tranId, "LUNC", amount, true, "LUNC token swap", false);
    dividend(tranId, "LUNA", amount / 10, false, "LUNC token swap", false);
  }

  private void nothing() {
    dividend(2_968_000_000L + day.next(), "BNB", 0, false, "BNB Vault", false);
  }

  private void rebate() {
    int i = rebates++;
    String asset = i % 3 == 0 ? "BNB" : "USDT";
    long amount = day.dollars(asset, 0, 2) + 1;
    int type = i % 2 + 1;
    for (int twin = 0; twin < (i % 8 == 3 ? 2 : 1); twin++) {
      day.happen(new IncomeEvent.Rebate(day.next(), type, asset, amount, day.now()));
      if (i % 4 == 0) {
        dividend(2_968_000_000L + day.next(), asset, amount, false, "Referral Commission", true);
      }
    }
  }

  private void dividend(
      long tranId, String asset, long amount, boolean debit, String text, boolean repeats) {
    day.happen(
        new IncomeEvent.Dividend(
            1_637_000_000L + day.next(), tranId, asset, amount, debit, text, repeats, day.now()));
  }
}
