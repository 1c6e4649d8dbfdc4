package io.tallystick.sandbox.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One connection to the WebSocket API, as the exchange keeps it; guarded by {@link Sockets}. */
public final class Socket {
  private final Sockets home;
  private final String address;
  private final SocketLine line;
  private final long connectedAt;
  private final Map<Integer, Subscription> subscriptions = new LinkedHashMap<>();
  private int nextSubscription;
  private long lastPong;
  private String loggedOn = "";
  private long loggedOnAt;

  /**
   * Events of one account.
   *
   * @param byLogon whether it lives by the session's logon and ends with it
   */
  record Subscription(String account, String apiKey, boolean byLogon) {}

  Socket(Sockets home, String address, SocketLine line, long connectedAt) {
    this.home = home;
    this.address = address;
    this.line = line;
    this.connectedAt = connectedAt;
    this.lastPong = connectedAt;
  }

  /** A text frame came in. */
  public void text(String frame) {
    home.text(this, frame);
  }

  /** A pong came in. */
  public void pong() {
    home.pong(this);
  }

  /** The connection is gone. */
  public void gone() {
    home.gone(this);
  }

  String address() {
    return address;
  }

  SocketLine line() {
    return line;
  }

  long connectedAt() {
    return connectedAt;
  }

  long lastPong() {
    return lastPong;
  }

  void pongAt(long now) {
    lastPong = now;
  }

  Map<Integer, Subscription> subscriptions() {
    return subscriptions;
  }

  int subscribe(Subscription subscription) {
    subscriptions.put(nextSubscription, subscription);
    home.granted();
    return nextSubscription++;
  }

  Optional<String> loggedOn() {
    return loggedOn.isEmpty() ? Optional.empty() : Optional.of(loggedOn);
  }

  long loggedOnAt() {
    return loggedOnAt;
  }

  void logOn(String apiKey, long now) {
    loggedOn = apiKey;
    loggedOnAt = now;
  }

  void logOut() {
    loggedOn = "";
    subscriptions.values().removeIf(Subscription::byLogon);
  }
}
