package io.tallystick.sandbox.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.protocol.Gate;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The open connections of the WebSocket API (Binance Spot WebSocket API docs, "General information"
 * and "User Data Stream requests"): pings every twenty seconds, a pong within a minute or the
 * connection is cut, closed after 24 hours, and what happens to an account is told to whoever
 * subscribed to it. Nothing is ever told again.
 */
public final class Sockets {
  /** Where it is reached. */
  public static final String PATH = "/ws-api/v3";

  private static final long DAY = Duration.ofHours(24).toMillis();
  private static final long PONG_WITHIN = Duration.ofMinutes(1).toMillis();

  private final ExchangeClock clock;
  private final Gate gate;
  private final SocketDesk desk;
  private final EventFaults faults = new EventFaults();
  private final Set<Socket> open = new LinkedHashSet<>();
  private long opened;
  private long subscribed;

  Sockets(ExchangeClock clock, Gate gate, SocketDesk desk) {
    this.clock = clock;
    this.gate = gate;
    this.desk = desk;
  }

  /** Judges a handshake: empty when it may go on, else what it is answered. */
  public Optional<Reply> knock(Request request) {
    return desk.knock(request);
  }

  /** A connection was opened. */
  public synchronized Socket open(String address, SocketLine line) {
    Socket socket = new Socket(this, address, line, clock.millis());
    open.add(socket);
    opened++;
    return socket;
  }

  /** What may go wrong with events. */
  public EventFaults faults() {
    return faults;
  }

  /** How many connections were ever opened. */
  public synchronized long opened() {
    return opened;
  }

  /** How many subscriptions were ever granted: a connection may be opened and get none. */
  public synchronized long subscribed() {
    return subscribed;
  }

  synchronized void granted() {
    subscribed++;
  }

  /** How many connections are open. */
  public synchronized int connections() {
    return open.size();
  }

  /** How many subscriptions to the account are open. */
  public synchronized int subscriptions(Account account) {
    return (int)
        open.stream()
            .flatMap(socket -> socket.subscriptions().values().stream())
            .filter(one -> one.account().equals(account.name()))
            .count();
  }

  /** Whether every open connection has answered a ping since this instant of the exchange. */
  public synchronized boolean answeredSince(long millis) {
    return open.stream().allMatch(socket -> socket.lastPong() >= millis);
  }

  /** Drops every connection without a word. */
  public void cut() {
    all()
        .forEach(socket -> {
          gone(socket);
          socket.line().cut();
        });
  }

  /** The network loses every connection: nothing comes over it any more, and nobody is told. */
  public void lose() {
    all().forEach(this::gone);
  }

  /** Announces that every open connection is about to be closed. */
  public void announceShutdown() {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    frame.putObject("event").put("e", "serverShutdown").put("E", clock.millis());
    all().forEach(socket -> socket.line().send(frame.toString(), 0));
  }

  /** Pings, and cuts or closes whose time is over; to be called again and again. */
  public void tick() {
    long now = clock.millis();
    boolean silent = faults.silent();
    for (Socket socket : all()) {
      if (now - socket.connectedAt() >= DAY) {
        gone(socket);
        socket.line().close();
      } else if (!silent && now - socket.lastPong() > PONG_WITHIN) {
        gone(socket);
        socket.line().cut();
      } else if (!silent) {
        socket.line().ping();
      }
    }
    keysChanged();
  }

  /** Ends the subscriptions of keys that may not read any more. */
  void keysChanged() {
    for (Socket socket : all()) {
      boolean ended;
      synchronized (this) {
        ended =
            socket
                .subscriptions()
                .values()
                .removeIf(one -> gate.find(one.apiKey()).filter(k -> reads(k, socket)).isEmpty());
      }
      if (ended) {
        socket.line().send(SocketDesk.keyRevoked(), 0);
      }
    }
  }

  private static boolean reads(RegisteredKey key, Socket socket) {
    return key.admits(socket.address());
  }

  /** Tells an event of the account to everybody who subscribed to it. */
  void tell(Account account, JsonNode event) {
    for (Socket socket : all()) {
      List<Integer> ids = new ArrayList<>();
      synchronized (this) {
        for (Map.Entry<Integer, Socket.Subscription> one : socket.subscriptions().entrySet()) {
          if (one.getValue().account().equals(account.name())) {
            ids.add(one.getKey());
          }
        }
      }
      ids.forEach(id -> send(socket, id, event));
    }
  }

  private void send(Socket socket, int subscription, JsonNode event) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode().put("subscriptionId", subscription);
    frame.set("event", event);
    EventFaults.Fate fate = faults.next();
    for (int copy = 0; copy < fate.copies(); copy++) {
      socket.line().send(frame.toString(), fate.lateMillis());
    }
    if (fate.closes()) {
      gone(socket);
      socket.line().cut();
    }
  }

  void text(Socket socket, String frame) {
    SocketDesk.Said said;
    synchronized (this) {
      said = desk.handle(socket, frame, clock.millis());
    }
    if (said.cuts()) {
      gone(socket);
      socket.line().cut();
    } else {
      said.frames().forEach(text -> socket.line().send(text, said.lateMillis()));
    }
  }

  synchronized void pong(Socket socket) {
    socket.pongAt(clock.millis());
  }

  synchronized void gone(Socket socket) {
    open.remove(socket);
  }

  private synchronized List<Socket> all() {
    return List.copyOf(open);
  }
}
