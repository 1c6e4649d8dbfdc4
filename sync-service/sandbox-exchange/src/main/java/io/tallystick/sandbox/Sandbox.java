package io.tallystick.sandbox;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.control.Control;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.CallLog;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.fault.FaultBook;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import java.net.URI;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A running sandbox: the exchange behind a port, and a hand on everything in it. */
public final class Sandbox implements AutoCloseable {
  private final Exchange exchange;
  private final SandboxServer server;
  private final URI baseUrl;

  private Sandbox(Exchange exchange, SandboxServer server, URI baseUrl) {
    this.exchange = exchange;
    this.server = server;
    this.baseUrl = baseUrl;
  }

  /** Opens the exchange and its port; returns when it listens. */
  public static Sandbox start(SandboxSettings settings) {
    Exchange exchange = new Exchange(settings.exchange());
    if (settings.demo()) {
      DemoAccount.open(exchange);
    }
    return start(settings, exchange);
  }

  /** Puts an exchange that is already open behind a port. */
  public static Sandbox start(SandboxSettings settings, Exchange exchange) {
    return start(settings, exchange, UnaryOperator.identity());
  }

  /**
   * The same with somebody in between, who sees each request of the venue's protocol and may hold,
   * change or replace its reply. What he does is not in the log of calls.
   */
  public static Sandbox start(
      SandboxSettings settings,
      Exchange exchange,
      UnaryOperator<Function<Request, Reply>> between) {
    Control control = new Control(exchange);
    Function<Request, Reply> venue = between.apply(exchange::handle);
    SandboxServer server =
        new SandboxServer(
            settings.host(),
            settings.port(),
            request ->
                request.path().startsWith(Control.PREFIX)
                    ? control.handle(request)
                    : venue.apply(request),
            exchange.sockets());
    URI baseUrl = URI.create("http://" + settings.host() + ":" + server.port());
    return new Sandbox(exchange, server, baseUrl);
  }

  /** Where it listens; without a slash at the end. */
  public URI baseUrl() {
    return baseUrl;
  }

  /** The exchange itself. */
  public Exchange exchange() {
    return exchange;
  }

  /** Opens an account. */
  public Account addAccount(AccountPlan plan) {
    return exchange.addAccount(plan);
  }

  /** Gives an account a new key; fails where the grant's public key is none. */
  public ApiKey addKey(Account account, KeyGrant grant) {
    return exchange
        .addKey(account, grant)
        .orElseThrow(() -> new IllegalArgumentException("no RSA or Ed25519 public key"));
  }

  /** The misbehaviour still to come. */
  public FaultBook faults() {
    return exchange.faults();
  }

  /** What was called. */
  public CallLog calls() {
    return exchange.calls();
  }

  @Override
  public void close() {
    server.close();
  }
}
