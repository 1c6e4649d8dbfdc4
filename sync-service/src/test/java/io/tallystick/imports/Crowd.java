package io.tallystick.imports;

import io.tallystick.kernel.Decimals;
import io.tallystick.venue.Market;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Stream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An invented account on which much happens at once: events of many kinds within seconds of one
 * another and of few sizes, so that rows look alike across kinds. Each source tells of it in its
 * own way: the statement in any order and a little early or late, a page of each product, and for
 * some kinds the venue's own lists.
 */
final class Crowd {
  static final String STATEMENT = "statement.csv";
  static final String TRADES = "trades.csv";

  /** What can happen; the last three are told by the statement alone. */
  enum Kind {
    DEPOSIT,
    WITHDRAWAL,
    CONVERT,
    FILL,
    PEER,
    INTEREST,
    STAKE,
    BUY,
    PLAN,
    AIRDROP,
    TRANSFER,
    DUST
  }

  /** A row of one of the venue's own lists. */
  record Listed(String stream, String partition, Raw raw) {}

  /** The one market of these accounts. */
  static final Stream.Markets MARKETS =
      new Stream.Markets() {
        @Override
        public @Nullable Market find(String symbol) {
          return symbol.equals("SOLUSDT") ? new Market(symbol, "SOL", "USDT", "") : null;
        }

        @Override
        public boolean lists(String asset) {
          return true;
        }
      };

  static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  final Map<String, List<String>> rows = new TreeMap<>();
  final List<Listed> lists = new ArrayList<>();
  private final Map<String, BigDecimal> truth = new TreeMap<>();
  private final Map<String, BigDecimal> paged = new TreeMap<>();
  private final Random random;
  private Instant now = Instant.parse("2024-03-01T00:00:00Z");
  private int number = 10_000;

  Crowd(Random random, List<Kind> kinds, int events) {
    this.random = random;
    int[] pauses = {0, 0, 1, 2, 40, 130, 400, 5_000, 9_000};
    for (int i = 0; i < events; i++) {
      now = now.plusSeconds(pauses[random.nextInt(pauses.length)]);
      happen(kinds.get(random.nextInt(kinds.size())));
    }
    Collections.shuffle(rows.getOrDefault(STATEMENT, new ArrayList<>()), random);
  }

  /** What all wallets hold together by the statement. */
  Map<String, String> truth() {
    return shown(truth);
  }

  /** The same by the pages of products. */
  Map<String, String> paged() {
    return shown(paged);
  }

  static Map<String, String> shown(Map<String, BigDecimal> sums) {
    Map<String, String> shown = new TreeMap<>();
    sums.forEach((asset, sum) -> {
      if (sum.signum() != 0) {
        shown.put(asset, Decimals.text(sum));
      }
    });
    return shown;
  }

  private void happen(Kind kind) {
    String coin = random.nextBoolean() ? "SOL" : "USDT";
    String other = coin.equals("SOL") ? "USDT" : "SOL";
    BigDecimal some = some();
    switch (kind) {
      case DEPOSIT -> {
        String hash = hash();
        row("deposits.csv", SECOND.format(now), coin, coin, some, "in", hash, "Completed");
        list(
            "deposits",
            "id '%s' insertTime %d amount '%s' coin '%s' network 'N' address 'in' txId '%s' status 1"
                + " transferType 0 walletType 0",
            some,
            coin,
            hash);
        page(coin, some);
        line(late(20), "Spot", "Deposit", coin, some, "");
      }
      case WITHDRAWAL -> {
        BigDecimal fee = new BigDecimal("0.5");
        row(
            "withdrawals.csv",
            SECOND.format(now),
            coin + "," + coin,
            some,
            fee,
            "out," + hash(),
            "Completed");
        BigDecimal all = some.add(fee).negate();
        page(coin, all);
        line(late(-300), "Spot", "Withdraw", coin, all, "Withdraw fee is included");
      }
      case CONVERT -> convert(coin, some, other, some());
      case FILL -> fills(some);
      case PEER -> {
        String order = "205123456789012" + number++;
        boolean buy = random.nextBoolean();
        BigDecimal change = buy ? some : some.negate();
        row(
            "people.csv",
            order,
            buy ? "Buy" : "Sell",
            "USDT,EUR,9,0.9",
            some,
            "1,0,0,x,Completed",
            SECOND.format(now));
        page("USDT", change);
        line(late(600), "Funding", "P2P Trading", "USDT", change, "P2P - " + order);
      }
      case INTEREST -> {
        BigDecimal little = some.movePointLeft(3);
        row("interest.csv", SECOND.format(now), "Flexible", coin, little);
        page(coin, little);
        line(late(3_000), "Spot", "Simple Earn Flexible Interest", coin, little, "");
      }
      case STAKE -> {
        row("stakes.csv", SECOND.format(now), "ETH,BETH", some, "Success");
        page("ETH", some.negate());
        page("BETH", some);
        line(late(2), "Spot", "ETH 2.0 Staking", "ETH", some.negate(), "");
        line(late(2), "Spot", "ETH 2.0 Staking", "BETH", some, "");
      }
      case BUY -> {
        String order = "N0115123456" + number++;
        String spent = "Card,10 EUR," + some + " SOL,0.1 EUR,x,Successful";
        row("buys.csv", SECOND.format(now), spent, order);
        page("SOL", some);
        line(late(60), "Spot", "Buy Crypto With Card", "SOL", some, order);
      }
      case PLAN -> {
        BigDecimal bought = some().movePointLeft(2);
        String units = "SOL," + some + " USDT,--," + bought + " SOL,Spot,Success";
        row("plans.csv", SECOND.format(now), units);
        page("USDT", some.negate());
        page("SOL", bought);
        line(late(2), "Spot", "Auto-Invest Transaction", "USDT", some.negate(), "");
        line(late(60), "Spot", "Auto-Invest Transaction", "SOL", bought, "");
      }
      case AIRDROP -> line(now, "Spot", "Airdrop Assets", coin, some, "");
      case TRANSFER -> {
        String word = "Transfer Between Main and Funding Wallet";
        line(now, "Spot", word, coin, some.negate(), "");
        line(late(1), "Funding", word, coin, some, "");
      }
      case DUST -> {
        String word = "Small Assets Exchange BNB";
        line(now, "Spot", word, "XLM", some.negate(), "XLM to BNB");
        line(now, "Spot", word, "BNB", new BigDecimal("0.003"), "XLM to BNB");
      }
    }
  }

  private void convert(String from, BigDecimal given, String to, BigDecimal received) {
    row(
        "converts.csv",
        SECOND.format(now),
        "Spot,SOLUSDT,Market",
        given + " " + from,
        received + " " + to,
        "x,y",
        SECOND.format(now.plusSeconds(1)),
        "Successful");
    list(
        "converts",
        "orderId %s createTime %d fromAsset '%s' fromAmount '%s' toAsset '%s' toAmount '%s'"
            + " orderStatus 'SUCCESS'",
        from,
        given,
        to,
        received);
    page(from, given.negate());
    page(to, received);
    line(late(2), "Spot", "Binance Convert", from, given.negate(), "");
    line(late(29), "Spot", "Binance Convert", to, received, "");
  }

  /** Up to three fills that nobody can tell apart by the second. */
  private void fills(BigDecimal base) {
    boolean buy = random.nextBoolean();
    BigDecimal quote = base.add(base);
    BigDecimal fee = new BigDecimal("-0.01");
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      String side = buy ? "BUY" : "SELL";
      String glued = base + "SOL," + quote + "USDT,0.01BNB";
      row(TRADES, SECOND.format(now), "SOLUSDT", side, "2", glued);
      list(
          "spot-trades",
          "id %s time %d qty '%s' quoteQty '%s' isBuyer %s symbol 'SOLUSDT' orderId 7 price '2'"
              + " commission '0.01' commissionAsset 'BNB' isMaker false isBestMatch true",
          base,
          quote,
          buy);
      BigDecimal in = buy ? base : base.negate();
      BigDecimal out = buy ? quote.negate() : quote;
      page("SOL", in);
      page("USDT", out);
      page("BNB", fee);
      line(now, "Spot", buy ? "Transaction Buy" : "Transaction Sold", "SOL", in, "");
      line(now, "Spot", buy ? "Transaction Spend" : "Transaction Revenue", "USDT", out, "");
      line(now, "Spot", "Transaction Fee", "BNB", fee, "");
    }
  }

  private BigDecimal some() {
    return new BigDecimal(List.of("1", "1", "2", "2.5", "10").get(random.nextInt(5)));
  }

  private String hash() {
    return String.format("%064x", number++);
  }

  private Instant late(int most) {
    int seconds = random.nextInt(Math.abs(most) + 1);
    return now.plusSeconds(most < 0 ? -seconds : seconds);
  }

  private void page(String asset, BigDecimal change) {
    paged.merge(asset, change, BigDecimal::add);
  }

  private void row(String file, Object... cells) {
    String row = String.join(",", List.of(cells).stream().map(String::valueOf).toList());
    rows.computeIfAbsent(file, _ -> new ArrayList<>()).add(row);
  }

  private void line(
      Instant at, String wallet, String word, String asset, BigDecimal change, String remark) {
    row(STATEMENT, Desk.UID, SECOND.format(at), wallet, word, asset, change, remark);
    truth.merge(asset, change, BigDecimal::add);
  }

  // Members are written as words: name, value, name, value.
  private void list(String stream, String members, Object... values) {
    Instant at = now.plusMillis(random.nextInt(1_000));
    List<Object> all = new ArrayList<>(List.of(number++, at.toEpochMilli()));
    all.addAll(List.of(values));
    String[] words = members.formatted(all.toArray()).replace('\'', '"').split(" ", -1);
    StringBuilder json = new StringBuilder();
    for (int i = 0; i < words.length; i += 2) {
      json.append(i == 0 ? "{" : ",").append('"' + words[i] + "\":" + words[i + 1]);
    }
    byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    boolean fill = stream.equals("spot-trades");
    String key = all.getFirst() + (fill ? values[2].equals(true) ? ":buy" : ":sell" : "");
    lists.add(new Listed(stream, fill ? "SOLUSDT" : "", new Raw(key, at, bytes)));
  }
}
