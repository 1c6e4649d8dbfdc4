package io.tallystick.sandbox.account;

import io.tallystick.sandbox.market.Units;
import java.util.List;

/** Plays banks, cards, other people, and the transfers between the holder's own wallets. */
final class PeopleMaker {
  private static final List<String> FIATS = List.of("EUR", "BRL", "TRY");
  private static final List<String> ORDER_ENDS =
      List.of("Processing", "Failed", "Refunded", "Expired");
  private static final List<String> PAYMENT_ENDS = List.of("Failed", "Refunded", "Processing");
  private static final List<String> PEER_ENDS =
      List.of("CANCELLED", "CANCELLED_BY_SYSTEM", "TRADING", "IN_APPEAL");
  private static final List<String> METHODS =
      List.of("Cash Balance", "Credit Card", "Online Banking", "Bank Transfer");
  private static final List<String> PEER_ASSETS = List.of("USDT", "BNB", "BTC");
  private static final List<Wallet> OUTSIDE = List.of(Wallet.CROSS_MARGIN, Wallet.USD_M_FUTURES);

  private final Everyday day;
  private int orders;
  private int payments;
  private int peers;
  private int pays;
  private int transfers;

  PeopleMaker(Everyday day) {
    this.day = day;
  }

  void plan(int each) {
    long first = day.begin() + 8 * Everyday.DAY;
    for (String fiat : FIATS) {
      day.at(
          first + day.next() * 60_000,
          () -> order(false, fiat, cents(day.dollars(fiat, 9_000, 9_900)), "Successful"));
    }
    day.spread(each + 4, () -> order(false));
    day.spread(each + 4, () -> order(true));
    day.spread(each + 4, () -> payment(false));
    day.spread(each + 4, () -> payment(true));
    day.spreadLately(each + 4, () -> peer(false));
    day.spreadLately(each + 4, () -> peer(true));
    day.spread(2 * each, this::pay);
    day.spreadLately(each + 6, () -> transfer(Wallet.SPOT, Wallet.FUNDING));
    day.spreadLately(each + 6, () -> transfer(Wallet.FUNDING, Wallet.SPOT));
    for (Wallet wallet : OUTSIDE) {
      day.spreadLately(3, () -> thereAndBack(wallet));
    }
  }

  private void order(boolean withdrawal) {
    String fiat = day.pick(FIATS);
    long amount = withdrawal ? day.some(Wallet.SPOT, fiat, 10, 40) : day.dollars(fiat, 100, 900);
    String status =
        orders % 7 == 4
            ? ORDER_ENDS.get(orders / 7 % ORDER_ENDS.size())
            : orders % 2 == 0 ? "Successful" : "Finished";
    order(withdrawal, fiat, cents(amount), status);
  }

  private void order(boolean withdrawal, String fiat, long amount, String status) {
    int i = orders++;
    day.happen(
        new CashEvent.FiatOrder(
            uuid(),
            withdrawal,
            fiat,
            amount,
            i % 3 == 0 ? 0 : cents(amount / 100),
            i % 4 == 1 ? "SEPA" : "BankAccount",
            status,
            day.now()));
  }

  private void payment(boolean sell) {
    int i = payments++;
    String fiat = day.pick(FIATS);
    String crypto = day.pick(List.of("BTC", "ETH", "BNB", "USDT"));
    String method = METHODS.get(i / 2 % METHODS.size());
    String status = i % 9 == 5 ? PAYMENT_ENDS.get(i / 9 % PAYMENT_ENDS.size()) : "Completed";
    long fiatAmount = cents(Math.min(day.dollars(fiat, 20, 300), limit(sell, method, fiat)));
    long cryptoAmount = day.worth(fiat, fiatAmount, crypto);
    day.happen(
        new CashEvent.FiatPayment(
            day.hex(16),
            sell,
            fiat,
            fiatAmount,
            cents(fiatAmount / 50),
            crypto,
            cryptoAmount,
            status,
            sell ? "" : method,
            day.now()));
  }

  /** A buy from the Cash Balance can spend only what is there. */
  private long limit(boolean sell, String method, String fiat) {
    return !sell && method.equals("Cash Balance")
        ? day.free(Wallet.SPOT, fiat) / 10
        : Long.MAX_VALUE;
  }

  private void peer(boolean sell) {
    int i = peers++;
    String asset = day.pick(PEER_ASSETS);
    String fiat = day.pick(FIATS);
    long amount = sell ? day.some(Wallet.FUNDING, asset, 5, 25) : day.dollars(asset, 40, 400);
    boolean maker = i % 3 == 0;
    long fee = sell || i % 2 == 0 ? 0 : amount / 1_000;
    String status = i % 8 == 6 ? PEER_ENDS.get(i / 8 % PEER_ENDS.size()) : "COMPLETED";
    long price = Math.max(1, cents(day.worth(asset, 100_000_000L, fiat)));
    long total = Units.scaled(price, amount, 100_000_000L);
    CashEvent.PeerTrade made =
        new CashEvent.PeerTrade(
            String.valueOf(2_000_000_000_000_000_000L + day.bigId()),
            sell,
            asset,
            amount,
            fee,
            fiat,
            cents(total),
            price,
            status,
            maker,
            day.now());
    day.happen(made);
    if (!made.moves().isEmpty() && i % 3 != 2) {
      day.happen(
          new CashEvent.Payment(
              "M_P_" + made.orderNumber(), "C2C", asset, made.gained(), 0, true, day.now()));
    }
  }

  private void pay() {
    int i = pays++;
    String type =
        List.of("PAY", "C2C", "PAY_REFUND", "CRYPTO_BOX", "C2C", "CRYPTO_BOX_RF").get(i % 6);
    boolean in = type.endsWith("_REFUND") || type.endsWith("_RF") || i % 6 == 4;
    long amount = in ? day.dollars("USDT", 3, 60) : -day.some(Wallet.FUNDING, "USDT", 1, 6);
    // Some are paid from both wallets, a few from spot alone.
    long fromSpot = i % 5 == 1 ? amount / 3 : i % 7 == 3 ? amount : 0;
    day.happen(
        new CashEvent.Payment(
            "M_P_" + (71_505_104_267_000_000L + day.next() * 17),
            type,
            "USDT",
            amount,
            fromSpot,
            false,
            day.now()));
  }

  private void transfer(Wallet from, Wallet to) {
    int i = transfers++;
    String asset = day.pick(PEER_ASSETS);
    transfer(
        from,
        to,
        asset,
        day.some(from, asset, 5, 40),
        i % 13 == 9 ? "FAILED" : i % 17 == 11 ? "PENDING" : "CONFIRMED");
  }

  /** Money that visits a wallet whose own history is not served here comes back whole. */
  private void thereAndBack(Wallet wallet) {
    long amount = day.some(Wallet.SPOT, "USDT", 5, 20);
    transfer(Wallet.SPOT, wallet, "USDT", amount, "CONFIRMED");
    day.at(
        Math.min(day.now() + 3_600_000, day.end() - 1),
        () -> transfer(wallet, Wallet.SPOT, "USDT", amount, "CONFIRMED"));
  }

  private void transfer(Wallet from, Wallet to, String asset, long amount, String status) {
    day.happen(
        new CashEvent.Transfer(
            11_415_000_000L + day.next(), from, to, asset, amount, status, day.now()));
  }

  /** Fiat has two places. */
  private static long cents(long units) {
    return Math.max(1_000_000, units / 1_000_000 * 1_000_000);
  }

  private String uuid() {
    String hex = day.hex(16);
    return hex.substring(0, 8)
        + "-"
        + hex.substring(8, 12)
        + "-"
        + hex.substring(12, 16)
        + "-"
        + hex.substring(16, 20)
        + "-"
        + hex.substring(20);
  }
}
