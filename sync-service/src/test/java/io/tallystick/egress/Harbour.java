package io.tallystick.egress;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Secret;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.SandboxSettings;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import io.tallystick.tenancy.TestDatabase;
import io.tallystick.vault.CredentialContext;
import io.tallystick.vault.FileKeyStore;
import io.tallystick.vault.MasterKey;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.Seals;
import io.tallystick.vault.Vault;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.KeyKind;
import io.tallystick.venue.Venue;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The real way out, as many processes as wanted, to the sandbox exchange on the same clock. */
final class Harbour implements AutoCloseable {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  final Pace pace;
  final Sandbox sandbox;
  final Venue venue;
  final String address = "harbour-" + ADDRESSES.incrementAndGet();
  private final Vault vault;
  private final List<Account> accounts = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();
  private final SplittableRandom latency;
  private final Duration slowest;
  private long connections;

  /** While true every line is dropped before the exchange hears anything. */
  volatile boolean down;

  /** Requests that were dropped so. */
  final AtomicInteger dropped = new AtomicInteger();

  /**
   * Opens the exchange.
   *
   * @param slowest the longest that an answer takes, on this pace; the shortest is a fifth of it
   */
  Harbour(Path folder, Pace pace, Duration slowest, long seed) {
    this.pace = pace;
    this.slowest = slowest;
    this.latency = new SplittableRandom(seed);
    sandbox =
        Sandbox.start(
            SandboxSettings.defaults(),
            new Exchange(ExchangeSettings.defaults().withSymbols(40, 4).withClock(pace)),
            exchange -> request -> late(exchange, request));
    venue =
        ServiceLoader.load(Venue.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.id().equals("binance"))
            .findFirst()
            .orElseThrow();
    String master = Base64.getEncoder().encodeToString(new byte[MasterKey.LENGTH]);
    vault =
        new Vault(
            new Seals(
                FileKeyStore.open(
                    folder.resolve("keys"), MasterKey.parse(Secret.of(master)), pace)));
  }

  /** Opens accounts that are read in no time. */
  Harbour accounts(int count) {
    for (int i = 0; i < count; i++) {
      accounts.add(
          sandbox.addAccount(
              new AccountPlan("account-" + i, i, 2, 0, 0, 20, 2, 1, 0, 0, 60, Variety.NONE)));
    }
    return this;
  }

  /** A process of its own: its own lanes, clock readings and sockets, the same database. */
  Gateway process(Pace clock, String... settings) {
    return started(clock, settings).gateway();
  }

  /** One that listens: its lines are paid for as its calls are. */
  Lines listening(Pace clock, String... settings) {
    return started(clock, settings).lines();
  }

  private record Process(Gateway gateway, Lines lines) {}

  private Process started(Pace clock, String... settings) {
    String[] all = java.util.Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = "address";
    all[settings.length + 1] = address;
    EgressSettings egress = Settings.with(all);
    Environments environments =
        new Environments(List.of(venue), Map.of("binance", List.of(sandbox.baseUrl())));
    SplittableRandom dice = latency.split();
    Budget budget = new Budget(TestDatabase.app(), clock, dice.split(), egress);
    Gateway gateway =
        new Gateway(
            environments,
            budget,
            vault,
            clock,
            dice,
            egress,
            new Wire(egress),
            new Meters(new SimpleMeterRegistry()),
            new Spans(TracerProvider.noop().get("none")));
    Lines lines = new Lines(environments, budget, vault, gateway, clock, egress);
    processes.add(new Process(gateway, lines));
    return processes.getLast();
  }

  /** One more connection, to the next account in turn. */
  SealedCredential connection() {
    connections++;
    Account account = accounts.get((int) (connections % accounts.size()));
    ApiKey key = sandbox.addKey(account, KeyGrant.hmac());
    CredentialContext context =
        new CredentialContext(
            1 + connections % accounts.size(),
            2,
            connections,
            4,
            1,
            "binance",
            Environments.SANDBOX);
    return vault.sealCredential(
        context, KeyKind.HMAC_SHA256, Secret.of(key.key()), Secret.of(key.secret()));
  }

  /** A page of trades. */
  io.tallystick.venue.Call page() {
    String symbol = sandbox.exchange().market().listed().iterator().next().symbol();
    return new io.tallystick.venue.Call(
        endpoint("/api/v3/myTrades"),
        Map.of("symbol", symbol, "fromId", "0", "limit", "1000"),
        endpoint("/api/v3/myTrades").weight());
  }

  /** A read of balances. */
  io.tallystick.venue.Call balances() {
    return io.tallystick.venue.Call.of(endpoint("/api/v3/account"));
  }

  private Endpoint endpoint(String path) {
    return venue.endpoints().stream()
        .filter(one -> one.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Sends as the engine does: what has to wait waits and is sent again, until it is answered.
   *
   * @param clock the one that the gateway goes by
   */
  Outcome.Answered answered(
      Gateway gateway, Pace clock, Target target, io.tallystick.venue.Call call)
      throws InterruptedException {
    while (true) {
      switch (gateway.send(target, call)) {
        case Outcome.Answered answered -> {
          return answered;
        }
        case Outcome.Waiting(Instant until, _, _, _) ->
            pace.pause(atLeast(Duration.between(clock.instant(), until)));
        case Outcome.Unreachable _ -> pace.pause(Duration.ofSeconds(30));
        case Outcome other -> throw new AssertionError(other.toString());
      }
    }
  }

  private static Duration atLeast(Duration wait) {
    return wait.isPositive() ? wait : Duration.ofMillis(10);
  }

  /** What reached the exchange from us, as it was charged there. */
  Charges charged() {
    Charges charges = new Charges();
    calls().forEach(call -> charges.add(Instant.ofEpochMilli(call.at()), call.weight()));
    return charges;
  }

  /** The weight that is charged to a budget of our address, by the budget's name. */
  int charged(String pool) throws SQLException {
    try (Connection connection = TestDatabase.app().getConnection();
        PreparedStatement sum =
            connection.prepareStatement(
                "select (select sum(weight) from unnest(weights) weight) from egress_budget"
                    + " where address = ? and pool = ?")) {
      sum.setString(1, address);
      sum.setString(2, pool);
      try (ResultSet row = sum.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  /** Calls of the pool that everything shares. */
  List<Call> calls() {
    return sandbox.calls().all().stream().filter(call -> call.path().startsWith("/api/")).toList();
  }

  /** Pages that were answered from one instant to another. */
  long pages(Instant from, Instant to) {
    return calls().stream()
        .filter(call -> call.path().equals("/api/v3/myTrades") && call.status() == 200)
        .filter(call -> call.at() >= from.toEpochMilli() && call.at() < to.toEpochMilli())
        .count();
  }

  @Override
  public void close() {
    processes.forEach(one -> {
      one.lines().close();
      one.gateway().close();
    });
    sandbox.close();
  }

  private Reply late(Function<Request, Reply> exchange, Request request) {
    long millis = slowest.toMillis();
    long there;
    long back;
    synchronized (latency) {
      there = millis == 0 ? 0 : latency.nextLong(millis / 10, millis / 2);
      back = millis == 0 ? 0 : latency.nextLong(millis / 10, millis / 2);
    }
    if (down) {
      dropped.incrementAndGet();
      return new Reply(500, Map.of(), Body.EMPTY, new io.tallystick.sandbox.wire.Wire.Dropped());
    }
    try {
      pace.pause(Duration.ofMillis(there));
      Reply reply = exchange.apply(request);
      pace.pause(Duration.ofMillis(back));
      return reply;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the exchange", e);
    }
  }
}
