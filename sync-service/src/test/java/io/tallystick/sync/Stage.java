package io.tallystick.sync;

import io.tallystick.boot.DatabaseAccess;
import io.tallystick.boot.TestDatabase;
import io.tallystick.boot.TestExchange;
import io.tallystick.connection.Connections;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.SandboxSettings;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.LiveDesk;
import io.tallystick.sandbox.account.Order;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.matchers.GroupMatcher;

/** A sandbox exchange of its own for each test, and the service in front of it. */
@Singleton
public class Stage {
  /** Everything a spot account has. */
  static final List<String> ALL =
      List.of("balances", "orders", "trades", "deposits", "withdrawals");

  /** Reaches behind the histories made here, and not much further: each quarter costs calls. */
  static final int LOOK_BACK =
      (int) Duration.between(Instant.parse("2026-04-01T00:00:00Z"), Instant.now()).toDays();

  final Transactions transactions;
  final Engine engine;
  final Connections connections;
  final Runs runs;
  final Leases leases;
  private final Provisioning provisioning;
  private final Scheduler scheduler;
  private @Nullable Sandbox sandbox;
  private volatile @Nullable Between between;

  /** Somebody between service and exchange, who may hold, change or replace a reply. */
  @FunctionalInterface
  interface Between {
    Reply reply(Request request, Function<Request, Reply> exchange);
  }

  Stage(
      Transactions transactions,
      Engine engine,
      Connections connections,
      Runs runs,
      Leases leases,
      Provisioning provisioning,
      Scheduler scheduler) {
    this.transactions = transactions;
    this.engine = engine;
    this.connections = connections;
    this.runs = runs;
    this.leases = leases;
    this.provisioning = provisioning;
    this.scheduler = scheduler;
  }

  /** Opens the exchange; nothing runs but what the test runs. */
  void open() {
    open(ExchangeSettings.defaults().withSymbols(160, 12));
  }

  /** Opens another exchange, of so many listed and removed symbols. */
  void reopen(int listed, int removed) {
    close();
    open(ExchangeSettings.defaults().withSymbols(listed, removed));
  }

  /** The same with histories that ended so many days before now, however far time has leapt. */
  void reopen(int listed, int removed, int days) {
    Instant end = LeapingPace.now().minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.DAYS);
    close();
    open(ExchangeSettings.defaults().withSymbols(listed, removed).withEnd(end));
  }

  private void open(ExchangeSettings settings) {
    try {
      scheduler.standby();
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
    between = null;
    LeapingPace.watched(null);
    // This one has counted nothing yet, and ended no stop that an earlier time knew of.
    forgetBudgets();
    // An exchange of another size never listed what the one before did.
    asOwner("delete from " + DatabaseAccess.SCHEMA + ".market where environment = 'sandbox'");
    sandbox =
        Sandbox.start(
            SandboxSettings.defaults().at("127.0.0.1", TestExchange.port()),
            new Exchange(settings.withClock(LeapingPace::now)),
            venue ->
                request -> {
                  Between now = between;
                  return now == null ? venue.apply(request) : now.reply(request, venue);
                });
    // Listings and limits are read anew: those of the exchange before are of no use.
    LeapingPace.leap(Duration.ofMinutes(70));
  }

  /** Closes it, and forgets what was put off. */
  void close() {
    LeapingPace.watched(null);
    if (sandbox != null) {
      sandbox.close();
    }
    try {
      scheduler.deleteJobs(List.copyOf(scheduler.getJobKeys(GroupMatcher.jobGroupEquals("sync"))));
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Real time again, and a scheduler that runs: for the tests that go through it. */
  void likeOutside() {
    LeapingPace.reset();
    forgetBudgets();
    try {
      scheduler.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An exchange in another process, on the machine's time; nothing runs but what the test runs. */
  void apart() {
    LeapingPace.reset();
    forgetBudgets();
    asOwner("delete from " + DatabaseAccess.SCHEMA + ".market where environment = 'sandbox'");
    try {
      scheduler.standby();
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Forgets stops and used weights, which are in a time that has not come yet. */
  static void forgetBudgets() {
    asOwner("delete from " + DatabaseAccess.SCHEMA + ".egress_budget");
  }

  private static void asOwner(String sql) {
    DatabaseAccess access = TestDatabase.shared();
    try (Connection connection =
            DriverManager.getConnection(
                access.url(), access.owner().user(), TestDatabase.text(access.owner()));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Sandbox sandbox() {
    if (sandbox == null) {
      throw new IllegalStateException("the exchange is not open");
    }
    return sandbox;
  }

  /** Puts somebody between, or nobody. */
  void between(@Nullable Between somebody) {
    between = somebody;
  }

  /** An account that is read in a second: 60 fills over three symbols. */
  Account small(long seed) {
    return sandbox()
        .addAccount(
            new AccountPlan("account-" + seed, seed, 3, 0, 1, 60, 6, 4, 4, 1, 100, Variety.NONE));
  }

  /** Has the account buy a little of a market now. */
  Fill trade(Account account, Listing listing) {
    // A price whose cost is a whole number of units, however small the quantity is.
    LiveDesk.Wish wish = new LiveDesk.Wish(true, Units.ONE, 100_000, 100, listing.base().name());
    long now = sandbox().exchange().clock().instant().toEpochMilli();
    return LiveDesk.trade(account, listing, wish, now).orElseThrow();
  }

  /** Has the account place an order to buy that waits, and so locks funds. */
  Order order(Account account, Listing listing) {
    long now = sandbox().exchange().clock().instant().toEpochMilli();
    return LiveDesk.order(account, listing, Units.ONE, 100_000, now).orElseThrow();
  }

  /** A new tenant whose holder consented to everything. */
  Subject subject(Account account) {
    return subject(account, ALL, LOOK_BACK);
  }

  /** A new tenant whose holder consented to this. */
  Subject subject(Account account, List<String> domains, int lookBackDays) {
    ApiKey key = sandbox().addKey(account, KeyGrant.hmac());
    return new Subject(this, TestTenant.fresh(provisioning), account, key, domains, lookBackDays);
  }

  /** A new tenant without anybody in it. */
  TestTenant tenant() {
    return TestTenant.fresh(provisioning);
  }

  /** The hash of the account's ledger after a sync that nothing disturbed. */
  String undisturbed(Account account) {
    Subject subject = subject(account);
    subject.connect();
    subject.runWell();
    return subject.hash();
  }
}
