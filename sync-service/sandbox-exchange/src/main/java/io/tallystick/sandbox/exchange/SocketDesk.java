package io.tallystick.sandbox.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.fault.Fault;
import io.tallystick.sandbox.fault.FaultBook;
import io.tallystick.sandbox.fault.FaultEffects;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.Meter;
import io.tallystick.sandbox.protocol.Refusal;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges handshakes and requests of the WebSocket API: its weight comes out of the {@code /api}
 * budget of the address, a handshake costs 2, and an address may connect 300 times in five minutes
 * (Binance Spot WebSocket API docs, "Limits").
 */
final class SocketDesk {
  static final int CONNECTIONS = 300;

  private static final long CONNECTION_WINDOW = 300_000;
  private static final int HANDSHAKE_WEIGHT = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ExchangeClock clock;
  private final Meter meter;
  private final FaultBook faults;
  private final CallLog calls;
  private final SocketMethods methods;
  private final Map<String, Deque<Long>> handshakes = new HashMap<>();

  SocketDesk(
      ExchangeClock clock, Meter meter, FaultBook faults, CallLog calls, SocketMethods methods) {
    this.clock = clock;
    this.meter = meter;
    this.faults = faults;
    this.calls = calls;
    this.methods = methods;
  }

  /** What is sent back: frames, late or not, or the line is dropped. */
  record Said(List<String> frames, long lateMillis, boolean cuts) {
    static Said of(String... frames) {
      return new Said(List.of(frames), 0, false);
    }
  }

  /** The message that comes unasked when a key may not read any more. */
  static String keyRevoked() {
    return error(JsonNodeFactory.instance.nullNode(), 401, -2015, Refusal.key().message())
        .toString();
  }

  /** Judges a handshake: empty when it may go on. */
  Optional<Reply> knock(Request request) {
    long index = calls.open();
    long now = clock.millis();
    String address = request.clientAddress();
    Optional<Fault> fault = faults.take("GET", Sockets.PATH, index);
    Optional<Reply> refused = paid(address, now);
    if (fault.isPresent()) {
      Reply fine = Reply.json(200, io.tallystick.sandbox.wire.Body.EMPTY);
      refused = Optional.of(FaultEffects.spoil(fault.get(), fine, fine, now));
    }
    int status = refused.map(Reply::status).orElse(101);
    note(new Entry(index, now, "GET", Sockets.PATH, Map.of(), "", address), status, 0, fault);
    return refused;
  }

  private synchronized Optional<Reply> paid(String address, long now) {
    Deque<Long> recent = handshakes.computeIfAbsent(address, a -> new ArrayDeque<>());
    while (!recent.isEmpty() && recent.getFirst() <= now - CONNECTION_WINDOW) {
      recent.removeFirst();
    }
    recent.addLast(now);
    if (recent.size() > CONNECTIONS) {
      return Optional.of(FaultEffects.error(429, -1003, "Too many connections."));
    }
    return switch (charge(HANDSHAKE_WEIGHT, address, now)) {
      case Meter.Verdict.Within _ -> Optional.empty();
      case Meter.Verdict.Exceeded over ->
          Optional.of(
              FaultEffects.error(429, -1003, "Too much request weight used.")
                  .with("Retry-After", String.valueOf(over.retryAfter())));
      case Meter.Verdict.Banned ban ->
          Optional.of(
              FaultEffects.error(418, -1003, "IP banned until " + ban.until() + ".")
                  .with("Retry-After", String.valueOf(ban.retryAfter())));
    };
  }

  private Meter.Verdict charge(int weight, String address, long now) {
    Meter.Verdict knock = meter.knock(address, now);
    return knock instanceof Meter.Verdict.Banned
        ? knock
        : meter.charge(Charge.api(weight), Sockets.PATH, address, now);
  }

  /** Answers a request frame. */
  Said handle(Socket socket, String frame, long now) {
    JsonNode request = read(frame);
    JsonNode id = request.path("id").isMissingNode() ? nothing() : request.path("id");
    String method = request.path("method").asText();
    Map<String, String> parameters = parameters(request.path("params"));
    String key = parameters.getOrDefault("apiKey", socket.loggedOn().orElse(""));
    Map<String, String> shown = new LinkedHashMap<>(parameters);
    shown.remove("apiKey");
    shown.remove("signature");
    long index = calls.open();
    Entry entry = new Entry(index, now, "WS", method, shown, key, socket.address());
    Optional<Fault> fault = faults.take("WS", method, index);
    Meter.Verdict paid = charge(SocketMethods.weight(method), socket.address(), now);
    if (fault.isPresent()) {
      note(entry, 0, SocketMethods.weight(method), fault);
      return spoilt(fault.get(), socket, new SocketMethods.Asked(id, method, parameters, now));
    }
    ObjectNode answer =
        switch (paid) {
          case Meter.Verdict.Within within -> {
            SocketMethods.Asked asked = new SocketMethods.Asked(id, method, parameters, now);
            ObjectNode made = methods.answer(socket, asked);
            limits(made, within.used());
            yield made;
          }
          case Meter.Verdict.Exceeded over -> waiting(id, 429, now + over.retryAfter() * 1000, now);
          case Meter.Verdict.Banned ban -> waiting(id, 418, ban.until(), now);
        };
    note(entry, answer.path("status").asInt(), SocketMethods.weight(method), fault);
    return Said.of(answer.toString());
  }

  private Said spoilt(Fault fault, Socket socket, SocketMethods.Asked asked) {
    JsonNode id = asked.id();
    long now = asked.now();
    return switch (fault) {
      case Fault.TooMany many -> {
        boolean told = many.retryAfter().matches("[0-9]{1,9}");
        long seconds = told ? Long.parseLong(many.retryAfter()) : 60;
        yield Said.of(waiting(id, 429, now + seconds * 1000, now).toString());
      }
      case Fault.Banned ban ->
          Said.of(waiting(id, 418, now + ban.seconds() * 1000, now).toString());
      case Fault.Refuse no -> Said.of(error(id, no.status(), no.code(), no.message()).toString());
      case Fault.Replace other -> Said.of(other.body());
      case Fault.Slow slow ->
          new Said(List.of(methods.answer(socket, asked).toString()), slow.millis(), false);
      case Fault.ClockJump jump -> {
        clock.jump(jump.millis());
        yield Said.of(methods.answer(socket, asked).toString());
      }
      case Fault.ServerError failed ->
          Said.of(error(id, failed.status(), -1000, "An unknown error occurred.").toString());
      case Fault.Firewall _,
          Fault.Region _,
          Fault.Page _,
          Fault.CutBody _,
          Fault.HalfJson _,
          Fault.WrongLength _,
          Fault.Reset _,
          Fault.Drip _,
          Fault.HugeBody _,
          Fault.GzipBomb _,
          Fault.DuplicatePage _,
          Fault.Redirect _,
          Fault.SetField _,
          Fault.DropField _ ->
          new Said(List.of(), 0, true);
    };
  }

  private static ObjectNode waiting(JsonNode id, int status, long until, long now) {
    String text =
        status == 418
            ? "Way too much request weight used; IP banned until " + until + "."
            : "Too much request weight used.";
    ObjectNode answer = error(id, status, -1003, text);
    ObjectNode error = (ObjectNode) answer.path("error");
    error.putObject("data").put("serverTime", now).put("retryAfter", until);
    return answer;
  }

  static ObjectNode error(JsonNode id, int status, int code, String message) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("id", id);
    answer.put("status", status).putObject("error").put("code", code).put("msg", message);
    return answer;
  }

  private void limits(ObjectNode answer, long used) {
    answer
        .putArray("rateLimits")
        .addObject()
        .put("rateLimitType", "REQUEST_WEIGHT")
        .put("interval", "MINUTE")
        .put("intervalNum", 1)
        .put("limit", meter.limits().weight())
        .put("count", used);
  }

  private static JsonNode read(String frame) {
    try {
      return JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.objectNode().put("method", "no JSON");
    }
  }

  private static JsonNode nothing() {
    return JsonNodeFactory.instance.nullNode();
  }

  private static Map<String, String> parameters(JsonNode params) {
    Map<String, String> parameters = new TreeMap<>();
    params.properties().forEach(one -> parameters.put(one.getKey(), one.getValue().asText()));
    return parameters;
  }

  /** What is remembered of a call before it is judged. */
  private record Entry(
      long index,
      long at,
      String method,
      String path,
      Map<String, String> parameters,
      String apiKey,
      String address) {}

  private void note(Entry entry, int status, int weight, Optional<Fault> fault) {
    calls.add(
        new Call(
            entry.index(),
            entry.at(),
            entry.method(),
            entry.path(),
            entry.parameters(),
            status,
            0,
            weight,
            0,
            RegisteredKey.fingerprint(entry.apiKey()),
            entry.address(),
            fault.map(f -> f.getClass().getSimpleName()).orElse("")));
  }
}
