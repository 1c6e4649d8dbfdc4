package io.tallystick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.Move;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds up what the endpoints serve, by the rules of the README and nothing else. */
final class ServedBooks {
  private static final Set<String> TOLD_ELSEWHERE =
      Set.of("Flexible", "Locked Staking", "Referral Commission");

  private final Map<Wallet, Map<String, BigDecimal>> sums = new EnumMap<>(Wallet.class);

  static ServedBooks read(OrdinaryReader reader) {
    ServedBooks books = new ServedBooks();
    books.earn(reader);
    books.swaps(reader);
    books.people(reader);
    return books;
  }

  void add(Move move) {
    add(move.wallet(), move.asset(), Units.decimal(move.units()));
  }

  Map<String, String> of(Wallet wallet) {
    return plain(sums.getOrDefault(wallet, Map.of()));
  }

  static Map<String, String> plain(Map<String, BigDecimal> sums) {
    Map<String, String> kept = new TreeMap<>();
    sums.forEach((asset, sum) -> {
      if (sum.signum() != 0) {
        kept.put(asset, sum.stripTrailingZeros().toPlainString());
      }
    });
    return kept;
  }

  /** What a fill does to spot. */
  static Map<String, Long> legs(Listing listing, Fill fill) {
    long sign = fill.buyer() ? 1 : -1;
    Map<String, Long> legs = new HashMap<>();
    legs.merge(listing.base().name(), sign * fill.quantity(), Long::sum);
    legs.merge(listing.quote().name(), -sign * fill.quote(), Long::sum);
    legs.merge(fill.feeAsset(), -fill.fee(), Long::sum);
    return legs;
  }

  private void earn(OrdinaryReader reader) {
    for (String kind : List.of("flexible", "locked")) {
      boolean flexible = kind.equals("flexible");
      Wallet wallet = flexible ? Wallet.EARN_FLEXIBLE : Wallet.EARN_LOCKED;
      String history = OrdinaryReader.EARN + kind + "/history/";
      for (JsonNode row : reader.months(history + "subscriptionRecord", "")) {
        if (text(row, "status").equals("SUCCESS")) {
          String asset = text(row, "asset");
          add(Wallet.SPOT, asset, number(row, "amtFromSpot").negate());
          add(Wallet.FUNDING, asset, number(row, "amtFromFunding").negate());
          add(wallet, asset, number(row, "amount"));
        }
      }
      for (JsonNode row : reader.months(history + "redemptionRecord", "")) {
        if (text(row, "status").equals("PAID")) {
          boolean funding = flexible && text(row, "destAccount").equals("FUND");
          add(funding ? Wallet.FUNDING : Wallet.SPOT, text(row, "asset"), number(row, "amount"));
          String taken = flexible ? "amount" : "originalAmount";
          add(wallet, text(row, "asset"), number(row, taken).negate());
        }
      }
    }
    for (JsonNode row : reader.months(OrdinaryReader.EARN + "locked/history/rewardsRecord", "")) {
      add(Wallet.SPOT, text(row, "asset"), number(row, "amount"));
    }
    String rewards = OrdinaryReader.EARN + "flexible/history/rewardsRecord";
    for (String type : List.of("BONUS", "REALTIME", "REWARDS")) {
      for (JsonNode row : reader.months(rewards, "type=" + type)) {
        Wallet to = type.equals("REALTIME") ? Wallet.EARN_FLEXIBLE : Wallet.SPOT;
        add(to, text(row, "asset"), number(row, "rewards"));
      }
    }
  }

  private void swaps(OrdinaryReader reader) {
    for (JsonNode row : reader.allConverts()) {
      if (text(row, "orderStatus").equals("SUCCESS")) {
        add(Wallet.SPOT, text(row, "fromAsset"), number(row, "fromAmount").negate());
        add(Wallet.SPOT, text(row, "toAsset"), number(row, "toAmount"));
      }
    }
    for (JsonNode outer : reader.ask("/sapi/v1/asset/dribblet", "").get("userAssetDribblets")) {
      for (JsonNode row : outer.get("userAssetDribbletDetails")) {
        add(Wallet.SPOT, text(row, "fromAsset"), number(row, "amount").negate());
        String target = row.path("targetAsset").asText("BNB");
        BigDecimal net =
            number(row, "transferedAmount").subtract(number(row, "serviceChargeAmount"));
        add(Wallet.SPOT, target, net);
      }
    }
    for (JsonNode row : reader.dividends()) {
      if (!TOLD_ELSEWHERE.contains(text(row, "enInfo"))) {
        BigDecimal sign = BigDecimal.valueOf(row.path("direction").asInt(1));
        add(Wallet.SPOT, text(row, "asset"), number(row, "amount").multiply(sign));
      }
    }
    for (JsonNode row : reader.rebates()) {
      add(Wallet.SPOT, text(row, "asset"), number(row, "amount"));
    }
    for (JsonNode row : reader.months("/sapi/v1/lending/auto-invest/history/list", "")) {
      if (text(row, "transactionStatus").equals("SUCCESS")) {
        add(Wallet.SPOT, text(row, "sourceAsset"), number(row, "sourceAssetAmount").negate());
        add(Wallet.SPOT, text(row, "targetAsset"), number(row, "targetAssetAmount"));
      }
    }
  }

  private void people(OrdinaryReader reader) {
    for (String type : List.of("0", "1")) {
      String which = "transactionType=" + type;
      for (JsonNode row : reader.enveloped("/sapi/v1/fiat/orders", which, "beginTime", "endTime")) {
        if (Set.of("Successful", "Finished").contains(text(row, "status"))) {
          BigDecimal moved =
              type.equals("0")
                  ? number(row, "amount")
                  : number(row, "amount").add(number(row, "totalFee")).negate();
          add(Wallet.SPOT, text(row, "fiatCurrency"), moved);
        }
      }
      for (JsonNode row :
          reader.enveloped("/sapi/v1/fiat/payments", which, "beginTime", "endTime")) {
        if (text(row, "status").equals("Completed")) {
          payment(row, type.equals("1"));
        }
      }
    }
    Map<String, Integer> peers = new HashMap<>();
    for (JsonNode row :
        reader.enveloped(
            "/sapi/v1/c2c/orderMatch/listUserOrderHistory", "", "startTimestamp", "endTimestamp")) {
      if (text(row, "orderStatus").equals("COMPLETED")) {
        BigDecimal fee = number(row, "commission").add(number(row, "takerCommission"));
        boolean sell = text(row, "tradeType").equals("SELL");
        BigDecimal gained =
            sell ? number(row, "amount").negate() : number(row, "amount").subtract(fee);
        add(Wallet.FUNDING, text(row, "asset"), gained);
        peers.merge(key(row, "asset", "createTime", gained), 1, Integer::sum);
      }
    }
    for (JsonNode row : reader.payments()) {
      String key = key(row, "currency", "transactionTime", number(row, "amount"));
      if (!text(row, "orderType").equals("C2C") || peers.getOrDefault(key, 0) == 0) {
        BigDecimal sign = BigDecimal.valueOf(number(row, "amount").signum());
        JsonNode costs = row.at("/fundsDetail/0/walletAssetCost");
        String asset = text(row, "currency");
        add(Wallet.FUNDING, asset, new BigDecimal(costs.path("1").asText("0")).multiply(sign));
        add(Wallet.SPOT, asset, new BigDecimal(costs.path("2").asText("0")).multiply(sign));
      }
    }
    Map<String, Wallet> ends =
        Map.of(
            "MAIN", Wallet.SPOT,
            "FUNDING", Wallet.FUNDING,
            "MARGIN", Wallet.CROSS_MARGIN,
            "UMFUTURE", Wallet.USD_M_FUTURES);
    for (String type :
        List.of(
            "MAIN_FUNDING",
            "FUNDING_MAIN",
            "MAIN_MARGIN",
            "MARGIN_MAIN",
            "MAIN_UMFUTURE",
            "UMFUTURE_MAIN",
            "FUNDING_MARGIN")) {
      List<String> names = List.of(type.split("_"));
      for (JsonNode row : reader.transfers(type)) {
        if (text(row, "status").equals("CONFIRMED")) {
          add(ends.get(names.get(0)), text(row, "asset"), number(row, "amount").negate());
          add(ends.get(names.get(1)), text(row, "asset"), number(row, "amount"));
        }
      }
    }
  }

  private void payment(JsonNode row, boolean sell) {
    String crypto = text(row, "cryptoCurrency");
    if (sell) {
      add(Wallet.SPOT, crypto, number(row, "sourceAmount").negate());
      return;
    }
    add(Wallet.SPOT, crypto, number(row, "obtainAmount"));
    if (text(row, "paymentMethod").equals("Cash Balance")) {
      add(Wallet.SPOT, text(row, "fiatCurrency"), number(row, "sourceAmount").negate());
    }
  }

  private void add(Wallet wallet, String asset, BigDecimal amount) {
    sums.computeIfAbsent(wallet, w -> new TreeMap<>()).merge(asset, amount, BigDecimal::add);
  }

  private static String key(JsonNode row, String asset, String time, BigDecimal amount) {
    return text(row, asset)
        + "@"
        + row.get(time).asLong()
        + " "
        + amount.stripTrailingZeros().toPlainString();
  }

  private static String text(JsonNode row, String field) {
    return row.get(field).asText();
  }

  private static BigDecimal number(JsonNode row, String field) {
    return new BigDecimal(text(row, field));
  }
}
