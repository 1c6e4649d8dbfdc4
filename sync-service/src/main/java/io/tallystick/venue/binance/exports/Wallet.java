package io.tallystick.venue.binance.exports;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wallets behind the statement's account words, whose spelling drifts over the years. */
public enum Wallet {
  SPOT("spot"),
  FUNDING("funding"),
  EARN("earn"),
  MARGIN_CROSS("margin-cross"),
  MARGIN_ISOLATED("margin-isolated"),
  FUTURES_USD("futures-usdm"),
  FUTURES_COIN("futures-coinm"),
  OPTIONS("options"),
  COPY_TRADING("copy-trading"),
  STRATEGY("strategy");

  private static final Map<String, Wallet> SPELLINGS =
      Map.ofEntries(
          Map.entry("spot", SPOT),
          Map.entry("funding", FUNDING),
          // Card and P2P were wallets of their own until October 2021; later rows say Funding.
          Map.entry("card", FUNDING),
          Map.entry("p2p", FUNDING),
          Map.entry("earn", EARN),
          Map.entry("savings", EARN),
          Map.entry("pool", EARN),
          Map.entry("crossmargin", MARGIN_CROSS),
          Map.entry("isolatedmargin", MARGIN_ISOLATED),
          Map.entry("usdtfutures", FUTURES_USD),
          Map.entry("usdmfutures", FUTURES_USD),
          Map.entry("coinfutures", FUTURES_COIN),
          Map.entry("coinmfutures", FUTURES_COIN),
          Map.entry("options", OPTIONS),
          Map.entry("spotcopy", COPY_TRADING),
          Map.entry("strategy", STRATEGY));

  private final String code;

  Wallet(String code) {
    this.code = code;
  }

  /** The wallet's name in ledger accounts. */
  public String code() {
    return code;
  }

  /** The wallet of an account word; null for one nobody knows, which is kept and never folded. */
  public static @Nullable Wallet of(String account) {
    return SPELLINGS.get(account.toLowerCase(Locale.ROOT).replaceAll("[ _-]", ""));
  }
}
