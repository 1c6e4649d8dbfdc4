package io.tallystick.sandbox.account;

import java.util.Map;
import java.util.TreeMap;

/** Balances as the venue shows them, which is not always as they are. */
public final class Look {
  private static final String CLAIM = "LD";

  private Look() {}

  /**
   * The spot wallet with the {@code LD} tokens that mirror flexible Earn: they are claims on that
   * wallet, so counting both counts the money twice. Other wallets as they are.
   */
  public static Map<String, Holding> of(Account account, Wallet wallet) {
    Map<String, Holding> shown = new TreeMap<>(account.holdings(wallet));
    if (wallet == Wallet.SPOT) {
      account
          .holdings(Wallet.EARN_FLEXIBLE)
          .forEach((asset, held) -> shown.put(CLAIM + asset, held));
    }
    return shown;
  }

  /**
   * What spot showed at this moment, {@code LD} tokens included: everything that happened later is
   * taken back. Open orders lock from when they were placed; what is frozen counts as frozen all
   * along.
   */
  public static Map<String, Holding> spotAt(Account account, long time) {
    synchronized (account) {
      Map<String, Long> free = new TreeMap<>();
      Map<String, Long> claims = new TreeMap<>();
      Map<String, Long> locked = new TreeMap<>();
      account
          .holdings(Wallet.SPOT)
          .forEach((asset, held) -> {
            free.put(asset, held.free());
            locked.put(asset, held.locked());
          });
      account.holdings(Wallet.EARN_FLEXIBLE).forEach((a, h) -> claims.put(CLAIM + a, h.total()));
      for (Move move : account.movesAfter(time)) {
        switch (move.wallet()) {
          case SPOT -> free.merge(move.asset(), -move.units(), Long::sum);
          case EARN_FLEXIBLE -> claims.merge(CLAIM + move.asset(), -move.units(), Long::sum);
          case FUNDING, EARN_LOCKED, CROSS_MARGIN, USD_M_FUTURES -> {}
        }
      }
      account.books().forEach(b -> takeBack(b, time, free, locked));
      Map<String, Holding> shown = new TreeMap<>();
      free.forEach((a, n) -> shown.put(a, new Holding(n, locked.getOrDefault(a, 0L), 0, 0)));
      claims.forEach((a, n) -> shown.put(a, new Holding(n, 0, 0, 0)));
      return shown;
    }
  }

  private static void takeBack(
      SymbolBook book, long time, Map<String, Long> free, Map<String, Long> locked) {
    String base = book.listing().base().name();
    String quote = book.listing().quote().name();
    for (Fill fill : book.fills().reversed()) {
      if (fill.time() <= time) {
        break;
      }
      long sign = fill.buyer() ? 1 : -1;
      free.merge(base, -sign * fill.quantity(), Long::sum);
      free.merge(quote, sign * fill.quote(), Long::sum);
      free.merge(fill.feeAsset(), fill.fee(), Long::sum);
    }
    for (Order order : book.orders()) {
      if (order.open() && order.time() > time) {
        String asset = order.buyer() ? quote : base;
        long lock = book.lock(order);
        free.merge(asset, lock, Long::sum);
        locked.merge(asset, -lock, Long::sum);
      }
    }
  }
}
