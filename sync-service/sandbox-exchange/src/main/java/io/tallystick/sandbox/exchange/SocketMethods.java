package io.tallystick.sandbox.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.protocol.Gate;
import io.tallystick.sandbox.protocol.Refusal;
import io.tallystick.sandbox.protocol.RegisteredKey;
import io.tallystick.sandbox.protocol.Sent;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The requests that the WebSocket API answers here: the session, and the user data stream (Binance
 * Spot WebSocket API docs, "Authentication requests" and "User Data Stream requests"). A signature
 * is made over the parameters sorted by name, not percent-encoded; a session is for Ed25519 keys
 * alone, a subscription by signature for keys of all three kinds.
 */
final class SocketMethods {
  private static final Map<String, Integer> WEIGHTS =
      Map.of(
          "ping",
          1,
          "time",
          1,
          "session.logon",
          2,
          "session.status",
          2,
          "session.logout",
          2,
          "session.subscriptions",
          2,
          "userDataStream.subscribe",
          2,
          "userDataStream.subscribe.signature",
          2,
          "userDataStream.unsubscribe",
          2);

  private final Gate gate;

  SocketMethods(Gate gate) {
    this.gate = gate;
  }

  /** A request; parameters sorted by name. */
  record Asked(JsonNode id, String method, Map<String, String> parameters, long now) {}

  static int weight(String method) {
    return WEIGHTS.getOrDefault(method, 1);
  }

  /** The answer, and its effect on the connection. */
  ObjectNode answer(Socket socket, Asked asked) {
    return switch (asked.method()) {
      case "ping" -> fine(asked, JsonNodeFactory.instance.objectNode());
      case "time" ->
          fine(asked, JsonNodeFactory.instance.objectNode().put("serverTime", asked.now()));
      case "session.logon" -> logOn(socket, asked);
      case "session.status" -> fine(asked, status(socket, asked.now()));
      case "session.logout" -> {
        socket.logOut();
        yield fine(asked, status(socket, asked.now()));
      }
      case "session.subscriptions" -> fine(asked, subscriptions(socket));
      case "userDataStream.subscribe" -> subscribe(socket, asked);
      case "userDataStream.subscribe.signature" -> subscribeSigned(socket, asked);
      case "userDataStream.unsubscribe" -> unsubscribe(socket, asked);
      default -> refused(asked, Refusal.of(-1100, "There is no such method here."));
    };
  }

  private ObjectNode logOn(Socket socket, Asked asked) {
    return switch (admit(socket, asked)) {
      case Gate.Admission.Refused no -> refused(asked, no.refusal());
      case Gate.Admission.Admitted in -> {
        if (!in.key().verifier().kind().equals("ED25519")) {
          yield refused(asked, new Refusal(401, -4056, "Only Ed25519 keys may log on."));
        }
        socket.logOn(in.key().apiKey(), asked.now());
        yield fine(asked, status(socket, asked.now()));
      }
    };
  }

  private ObjectNode subscribe(Socket socket, Asked asked) {
    Optional<RegisteredKey> key =
        socket.loggedOn().flatMap(gate::find).filter(k -> k.admits(socket.address()));
    return key.isPresent()
        ? subscribed(socket, asked, key.get(), true)
        : refused(asked, Refusal.key());
  }

  private ObjectNode subscribeSigned(Socket socket, Asked asked) {
    return switch (admit(socket, asked)) {
      case Gate.Admission.Refused no -> refused(asked, no.refusal());
      case Gate.Admission.Admitted in -> subscribed(socket, asked, in.key(), false);
    };
  }

  private ObjectNode subscribed(Socket socket, Asked asked, RegisteredKey key, boolean byLogon) {
    String account = key.account().name();
    if (socket.subscriptions().values().stream().anyMatch(s -> s.account().equals(account))) {
      return refused(asked, Refusal.of(-1013, "The account is subscribed to already."));
    }
    int id = socket.subscribe(new Socket.Subscription(account, key.apiKey(), byLogon));
    return fine(asked, JsonNodeFactory.instance.objectNode().put("subscriptionId", id));
  }

  private static ObjectNode unsubscribe(Socket socket, Asked asked) {
    String wanted = asked.parameters().getOrDefault("subscriptionId", "");
    List<Integer> ids = new ArrayList<>(socket.subscriptions().keySet());
    ids.removeIf(id -> !wanted.isEmpty() && !wanted.equals(String.valueOf(id)));
    if (ids.isEmpty()) {
      return refused(asked, Refusal.invalid("subscriptionId"));
    }
    for (Integer id : ids) {
      socket.subscriptions().remove(id);
      ObjectNode frame = JsonNodeFactory.instance.objectNode().put("subscriptionId", id);
      frame.putObject("event").put("e", "eventStreamTerminated").put("E", asked.now());
      socket.line().send(frame.toString(), 0);
    }
    return fine(asked, JsonNodeFactory.instance.objectNode());
  }

  private static ArrayNode subscriptions(Socket socket) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    socket.subscriptions().keySet().forEach(id -> rows.addObject().put("subscriptionId", id));
    return rows;
  }

  private static ObjectNode status(Socket socket, long now) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    Optional<String> key = socket.loggedOn();
    if (key.isPresent()) {
      status.put("apiKey", key.get()).put("authorizedSince", socket.loggedOnAt());
    } else {
      status.putNull("apiKey").putNull("authorizedSince");
    }
    return status
        .put("connectedSince", socket.connectedAt())
        .put("returnRateLimits", true)
        .put("serverTime", now)
        .put(
            "userDataStream",
            socket.subscriptions().values().stream().anyMatch(Socket.Subscription::byLogon));
  }

  private Gate.Admission admit(Socket socket, Asked asked) {
    Map<String, String> signed = new TreeMap<>(asked.parameters());
    signed.remove("signature");
    StringBuilder payload = new StringBuilder();
    signed.forEach((name, value) ->
        payload.append(payload.isEmpty() ? "" : "&").append(name).append('=').append(value));
    // The gate takes one character a byte, as a query comes over the line.
    String bytes =
        new String(
            payload.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    Request request =
        new Request(
            "GET",
            Sockets.PATH,
            "",
            Map.of("X-MBX-APIKEY", asked.parameters().getOrDefault("apiKey", "")),
            Body.EMPTY,
            socket.address());
    Sent sent = new Sent(asked.parameters(), false, true, true, bytes);
    return gate.admit(request, sent, socket.address(), asked.now());
  }

  private static ObjectNode fine(Asked asked, JsonNode result) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("id", asked.id());
    answer.put("status", 200);
    answer.set("result", result);
    return answer;
  }

  private static ObjectNode refused(Asked asked, Refusal refusal) {
    return SocketDesk.error(asked.id(), refusal.http(), refusal.code(), refusal.message());
  }
}
