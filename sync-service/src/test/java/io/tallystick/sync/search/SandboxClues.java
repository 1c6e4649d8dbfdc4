package io.tallystick.sync.search;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.market.Listing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the engine would know of a sandbox account after each question, without any database. */
final class SandboxClues {
  private final Account account;
  private final Map<String, Listing> books = new HashMap<>();
  private final Map<String, Long> open = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> booked = new HashSet<>();
  private final Set<String> traded = new HashSet<>();
  private final Map<String, Instant> answered = new HashMap<>();

  /** Balances, deposits and withdrawals are known; nothing of trades is. */
  SandboxClues(Account account) {
    this.account = account;
    account.symbols().forEach(listing -> books.put(listing.symbol(), listing));
    for (Wallet wallet : Wallet.values()) {
      account
          .holdings(wallet)
          .forEach((asset, held) -> {
            open.merge(asset, held.total(), Long::sum);
            seen.add(asset);
          });
    }
    account.deposits().stream()
        .filter(deposit -> deposit.credited())
        .forEach(deposit -> book(deposit.coin(), deposit.amount()));
    account.withdrawals().stream()
        .filter(withdrawal -> withdrawal.completed())
        .forEach(withdrawal -> book(withdrawal.coin(), -withdrawal.total()));
  }

  private void book(String asset, long units) {
    open.merge(asset, -units, Long::sum);
    booked.add(asset);
    seen.add(asset);
  }

  /** Asks a market for its fills; tells whether there were any. */
  boolean ask(String symbol, Instant now) {
    answered.put(symbol, now);
    Listing listing = books.get(symbol);
    if (listing == null || account.fills(symbol).isEmpty()) {
      return false;
    }
    traded.add(symbol);
    for (Fill fill : account.fills(symbol)) {
      long sign = fill.buyer() ? 1 : -1;
      book(listing.base().name(), sign * fill.quantity());
      book(listing.quote().name(), -sign * fill.quote());
      book(fill.feeAsset(), -fill.fee());
    }
    return true;
  }

  Clues now() {
    Map<String, BigDecimal> residuals = new HashMap<>();
    open.forEach((asset, units) -> {
      if (units != 0) {
        residuals.put(asset, BigDecimal.valueOf(units, 8));
      }
    });
    Set<String> silent = new HashSet<>(seen);
    silent.removeAll(booked);
    return new Clues(seen, residuals, silent, Map.of(), answered, traded);
  }
}
