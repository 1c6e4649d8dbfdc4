package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.LiveDesk;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.exchange.Sockets;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.time.Duration;
import java.util.Comparator;

/** An account that trades at the exchange while the service listens to it. */
final class Ticker {
  /** What one sale costs, of the quote asset. */
  static final long FEE = 2_000;

  final Subject subject;
  final Account account;
  final Listing listing;
  private final Stage stage;

  Ticker(Stage stage, Subject subject) {
    this.stage = stage;
    this.subject = subject;
    this.account = subject.account;
    this.listing =
        account.symbols().stream()
            .filter(one -> stage.sandbox().exchange().market().listed(one.symbol()).isPresent())
            .max(Comparator.comparingLong(this::base))
            .orElseThrow();
  }

  private long base(Listing one) {
    return account.holding(Wallet.SPOT, one.base().name()).free();
  }

  Sockets sockets() {
    return stage.sandbox().exchange().sockets();
  }

  /** Waits until somebody listens to the account. */
  Ticker heard() {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> sockets().subscriptions(account) == 1);
    return this;
  }

  /** Waits until nobody does. */
  void unheard(Duration within) {
    await()
        .atMost(within)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> sockets().subscriptions(account) == 0);
  }

  /** Sells a little of the base now. */
  Fill sell() {
    LiveDesk.Wish wish = new LiveDesk.Wish(false, Units.ONE, 10_000, FEE, listing.quote().name());
    return stage.sandbox().exchange().floor().trade(account, listing, wish).orElseThrow();
  }

  /** How many entries there are of this trade. */
  long entries(Fill fill) {
    return subject.count(
        "select count(distinct entry_id) from entry where market = '%s' and venue_ref = '%d'"
            .formatted(listing.symbol(), fill.id()));
  }

  /** How many revisions there are of this trade's entries. */
  long revisions(Fill fill) {
    return subject.count(
        "select count(*) from entry where market = '%s' and venue_ref = '%d'"
            .formatted(listing.symbol(), fill.id()));
  }

  /** Waits until the trade is booked. */
  void booked(Fill fill) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> entries(fill) == 1);
  }

  /** All fills of the account are booked, each once. */
  void complete() {
    assertEquals(
        account.fillCount(),
        subject.count("select count(distinct entry_id) from entry where kind = 'trade'"),
        "entries of trades");
  }

  /** Raw records that came over the line. */
  long news(String stream) {
    return subject.count("select count(*) from evidence where stream = '" + stream + "'");
  }

  /** Calls that read trades since this one. */
  long tradeCalls(long since) {
    return subject.calls(since).stream().filter(c -> c.path().equals(OnStage.TRADES)).count();
  }
}
