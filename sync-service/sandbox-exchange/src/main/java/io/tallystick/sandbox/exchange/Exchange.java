package io.tallystick.sandbox.exchange;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountGenerator;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.fault.FaultBook;
import io.tallystick.sandbox.market.Market;
import io.tallystick.sandbox.protocol.Gate;
import io.tallystick.sandbox.protocol.Meter;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Verifier;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The exchange without any socket: its market, accounts, keys, clock and budgets, and {@link
 * #handle} that answers one request. Everything it does follows from its settings, its clock and
 * what it is asked; safe for use by many threads.
 */
public final class Exchange {
  private static final String ALPHANUMERICS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int KEY_LENGTH = 64;
  private static final Duration KEY_AGE = Duration.ofDays(30);

  private final ExchangeSettings settings;
  private final Market market;
  private final ExchangeClock clock;
  private final Meter meter;
  private final Gate gate = new Gate();
  private final FaultBook faults = new FaultBook();
  private final CallLog calls = new CallLog();
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final SplittableRandom keyRandom;
  private final Desk desk;
  private final Sockets sockets;
  private final Floor floor;

  /** Opens an exchange without accounts. */
  public Exchange(ExchangeSettings settings) {
    this.settings = settings;
    this.market = Market.of(settings.seed(), settings.listed(), settings.removed());
    this.clock = new ExchangeClock(settings.clock());
    this.meter = new Meter(settings.limits());
    this.keyRandom = new SplittableRandom(settings.seed() ^ 0x6b657973L);
    this.desk = new Desk(clock, meter, gate, faults, calls, new Registry(market, meter::limits));
    SocketMethods methods = new SocketMethods(gate);
    this.sockets = new Sockets(clock, gate, new SocketDesk(clock, meter, faults, calls, methods));
    this.floor = new Floor(clock, sockets);
  }

  /** Answers a request of the venue's protocol. */
  public Reply handle(Request request) {
    return ReferenceSeries.wanted(request)
        ? ReferenceSeries.answer(request, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
        : desk.handle(request);
  }

  /** Its WebSocket API. */
  public Sockets sockets() {
    return sockets;
  }

  /** Where something happens now and is told. */
  public Floor floor() {
    return floor;
  }

  /** What it is made of. */
  public ExchangeSettings settings() {
    return settings;
  }

  /** Its symbols and assets. */
  public Market market() {
    return market;
  }

  /** Its own clock. */
  public ExchangeClock clock() {
    return clock;
  }

  /** Its budgets. */
  public Meter meter() {
    return meter;
  }

  /** The misbehaviour still to come. */
  public FaultBook faults() {
    return faults;
  }

  /** What was called. */
  public CallLog calls() {
    return calls;
  }

  /** Every method and path that exists. */
  public List<String> endpoints() {
    return desk.endpoints();
  }

  /** Opens an account; one of the same name is replaced. */
  public Account addAccount(AccountPlan plan) {
    return addAccount(AccountGenerator.make(market, plan, settings.end()));
  }

  /** Opens an account whose history was made elsewhere; one of the same name is replaced. */
  public Account addAccount(Account account) {
    accounts.put(account.name(), account);
    return account;
  }

  /** The account of this name. */
  public Optional<Account> account(String name) {
    return Optional.ofNullable(accounts.get(name));
  }

  /** Gives an account a new key; empty where the grant's public key is none. */
  public synchronized Optional<ApiKey> addKey(Account account, KeyGrant grant) {
    String secret = grant.publicKey().isEmpty() ? madeUp() : "";
    return addKey(account, grant, new ApiKey(madeUp(), secret));
  }

  /** Gives an account a key whose letters are already chosen. */
  public synchronized Optional<ApiKey> addKey(Account account, KeyGrant grant, ApiKey chosen) {
    Optional<Verifier> verifier =
        grant.publicKey().isEmpty()
            ? Optional.of(new Verifier.Hmac(chosen.secret()))
            : Verifier.ofPublicKey(grant.publicKey());
    long created = settings.end().minus(KEY_AGE).toEpochMilli();
    verifier.ifPresent(v ->
        gate.put(
            new RegisteredKey(
                chosen.key(), account, v, grant.rights(), grant.addresses(), false, created)));
    return verifier.map(v -> chosen);
  }

  /** Changes a key (rights, addresses, revocation); false where there is no such key. */
  public synchronized boolean changeKey(String apiKey, UnaryOperator<RegisteredKey> change) {
    Optional<RegisteredKey> found = gate.find(apiKey);
    found.map(change).ifPresent(gate::put);
    sockets.keysChanged();
    return found.isPresent();
  }

  private String madeUp() {
    StringBuilder made = new StringBuilder(KEY_LENGTH);
    for (int i = 0; i < KEY_LENGTH; i++) {
      made.append(ALPHANUMERICS.charAt(keyRandom.nextInt(ALPHANUMERICS.length())));
    }
    return made.toString();
  }
}
