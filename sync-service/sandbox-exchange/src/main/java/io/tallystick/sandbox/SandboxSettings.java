package io.tallystick.sandbox;

import io.tallystick.sandbox.exchange.ExchangeSettings;
import java.util.function.UnaryOperator;

/**
 * Where a sandbox listens and what is in it.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any that is free
 * @param demo whether the demo account and its well-known keys are there from the start
 * @param exchange the exchange behind it
 */
public record SandboxSettings(String host, int port, boolean demo, ExchangeSettings exchange) {

  /** Any free port of the loopback address, without the demo account. */
  public static SandboxSettings defaults() {
    return new SandboxSettings("127.0.0.1", 0, false, ExchangeSettings.defaults());
  }

  /** The same on another address and port. */
  public SandboxSettings at(String otherHost, int otherPort) {
    return new SandboxSettings(otherHost, otherPort, demo, exchange);
  }

  /** The same with the demo account. */
  public SandboxSettings withDemo() {
    return new SandboxSettings(host, port, true, exchange);
  }

  /** The same over another exchange. */
  public SandboxSettings with(UnaryOperator<ExchangeSettings> change) {
    return new SandboxSettings(host, port, demo, change.apply(exchange));
  }
}
