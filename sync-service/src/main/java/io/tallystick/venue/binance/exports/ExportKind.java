package io.tallystick.venue.binance.exports;

import java.util.Locale;
import java.util.regex.Pattern;

/** The kinds of export, whatever their generation, language or packing. */
public enum ExportKind {
  /** One row for every change of a balance, all wallets, no ids. */
  STATEMENT("transaction-history|transaction-records|statement|historial-de-transacciones"),
  /** One row for a fill; no ids. Margin fills have the same shape. */
  SPOT_TRADES("trade-history|historial-de-operaciones"),
  /** One row for an order, in old files with its fills below it. */
  SPOT_ORDERS("order-history|ordens-spot"),
  /** Crypto deposits or withdrawals. */
  CRYPTO_MOVEMENTS("deposit-history|withdraw-history|withdrawal-history"),
  /** Deposits or withdrawals of government money. */
  FIAT_MOVEMENTS("fiat-deposit-history|fiat-withdraw-history|fiat-withdrawal-history"),
  /** Crypto bought with a card or government money, or sold to it. */
  FIAT_PURCHASES("fiat-buy-history|fiat-sell-history|buy-crypto-history|buy-history"),
  /** Conversions at a quoted price. */
  CONVERTS("convert-order-history|convert-history"),
  /** Orders between two persons. */
  P2P_ORDERS("c2c-order-history|p2p-order-history"),
  /** Interest of flexible savings. */
  EARN_INTEREST("savings-interest"),
  /** Ether exchanged for its staking receipt. */
  ETH2_STAKING("eth2-staking"),
  /** Purchases of a savings plan. */
  AUTO_INVEST("auto-invest-history"),
  /** Small balances turned into BNB; copied from a page by hand, no file of the venue. */
  DUST("small-assets|dust"),
  /** Margin loans and repayments. */
  MARGIN_LOANS("margin-borrow|margin-repay"),
  /** Interest on margin loans. */
  MARGIN_INTEREST("margin-interest"),
  /** What changed a futures wallet. */
  FUTURES_INCOME("futures-transaction-history"),
  /** One row for a futures fill. */
  FUTURES_TRADES("futures-trade-history"),
  /** Closed and open futures positions: no source of events. */
  FUTURES_POSITIONS("futures-position-history"),
  /** The tax tool's own summary: for checking totals, no source of events. */
  TAX_REPORT("binance-tax");

  private final Pattern named;

  ExportKind(String named) {
    this.named = Pattern.compile(named);
  }

  /** The name in APIs and reports. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether its rows are events of the account, rather than a view of them. */
  public boolean holdsEvents() {
    return this != FUTURES_POSITIONS && this != TAX_REPORT;
  }

  /** How well a file name, lower case with hyphens, speaks for this kind: matched characters. */
  int namedBy(String hyphenated) {
    var matcher = named.matcher(hyphenated);
    return matcher.find() ? matcher.end() - matcher.start() : 0;
  }
}
