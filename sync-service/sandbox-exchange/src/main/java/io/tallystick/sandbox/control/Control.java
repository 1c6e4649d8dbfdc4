package io.tallystick.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Call;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeClock;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.protocol.Meter;
import io.tallystick.sandbox.protocol.Rights;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The control interface: what the Java API can do, for users in another process. Calls and fields
 * are in the module's README. It asks for no credentials: a sandbox holds nothing worth stealing,
 * and listens on the loopback address unless told otherwise.
 */
public final class Control {
  /** Where every control path begins. */
  public static final String PREFIX = "/sandbox/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Exchange exchange;
  private final AccountRoutes accounts;

  /** Over this exchange. */
  public Control(Exchange exchange) {
    this.exchange = exchange;
    this.accounts = new AccountRoutes(exchange);
  }

  /** Answers a control call: 200 with JSON, or 400 with the reason. */
  public Reply handle(Request request) {
    try {
      JsonNode body =
          request.body().size() == 0
              ? JSON.createObjectNode()
              : JSON.readTree(request.body().bytes());
      List<String> path = List.of(request.path().substring(PREFIX.length()).split("/"));
      return reply(200, route(request, path, new Form(body)));
    } catch (Form.Unfit | IllegalArgumentException e) {
      return reply(400, error(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return reply(400, error("the body is no JSON"));
    }
  }

  private JsonNode route(Request request, List<String> path, Form form) {
    String call = request.method() + " " + path.getFirst() + (path.size() > 1 ? "/" : "");
    return switch (call) {
      case "POST accounts" -> accounts.open(form);
      case "GET accounts/" -> accounts.tell(path.get(1));
      case "POST accounts/" -> accounts.change(path.get(1), path.getLast(), form);
      case "POST keys" -> addKey(form);
      case "POST keys/" -> changeKey(path.get(1), path.getLast(), form);
      case "GET clock" -> clock();
      case "POST clock" -> setClock(form);
      case "POST limits" -> limits(form);
      case "POST faults" -> {
        FaultForm.book(form, exchange.faults());
        yield done().put("pending", exchange.faults().pending());
      }
      case "DELETE faults" -> {
        exchange.faults().clear();
        yield done();
      }
      case "POST socket" -> {
        SocketForm.apply(form, exchange.sockets());
        yield done();
      }
      case "GET socket" ->
          JsonNodeFactory.instance
              .objectNode()
              .put("connections", exchange.sockets().connections())
              .put("opened", exchange.sockets().opened());
      case "GET calls" -> calls(request.query());
      case "GET summary" -> summary();
      default -> throw new Form.Unfit("no such call: " + call);
    };
  }

  private JsonNode addKey(Form form) {
    Rights rights = rights(Rights.readOnly(), form.body().path("rights"));
    KeyGrant grant =
        new KeyGrant(
            form.textOr("public_key", ""), rights, addresses(form.body().path("addresses")));
    Optional<ApiKey> made = exchange.addKey(accounts.account(form.text("account")), grant);
    ApiKey key =
        made.orElseThrow(() -> new Form.Unfit("public_key is no RSA or Ed25519 public key"));
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("api_key", key.key());
    return key.secret().isEmpty() ? body : body.put("secret", key.secret());
  }

  private JsonNode changeKey(String apiKey, String what, Form form) {
    boolean found =
        switch (what) {
          case "rights" -> exchange.changeKey(apiKey, k -> k.with(rights(k.rights(), form.body())));
          case "addresses" ->
              exchange.changeKey(apiKey, k -> k.with(addresses(form.body().path("addresses"))));
          case "revoke" -> exchange.changeKey(apiKey, k -> k.revoked(true));
          case "restore" -> exchange.changeKey(apiKey, k -> k.revoked(false));
          default -> throw new Form.Unfit("no such call: " + what);
        };
    if (!found) {
      throw new Form.Unfit("no such key");
    }
    return done();
  }

  private static Rights rights(Rights from, JsonNode changes) {
    Rights rights = from;
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      rights = rights.with(change.getKey(), change.getValue().asBoolean());
    }
    return rights;
  }

  private static Set<String> addresses(JsonNode list) {
    Set<String> all = new HashSet<>();
    list.forEach(address -> all.add(address.asText()));
    return all;
  }

  private ObjectNode clock() {
    ExchangeClock clock = exchange.clock();
    return JsonNodeFactory.instance
        .objectNode()
        .put("time", clock.millis())
        .put("offset_ms", clock.offset());
  }

  private JsonNode setClock(Form form) {
    if (form.has("offset_ms")) {
      exchange.clock().offset(form.number("offset_ms"));
    }
    if (form.has("jump_ms")) {
      exchange.clock().jump(form.number("jump_ms"));
    }
    if (form.has("drift_ppm")) {
      exchange.clock().drift(form.number("drift_ppm"));
    }
    return clock();
  }

  private JsonNode limits(Form form) {
    Meter.Limits now = exchange.meter().limits();
    exchange
        .meter()
        .limits(
            new Meter.Limits(
                form.intOr("weight", now.weight()),
                form.intOr("raw_requests", now.rawRequests()),
                form.intOr("sapi_ip", now.sapiIp()),
                form.intOr("sapi_uid", now.sapiUid()),
                form.intOr("patience", now.patience())));
    return done().put("weight", exchange.meter().limits().weight());
  }

  private JsonNode calls(String query) {
    long since = query.matches("since=[0-9]{1,15}") ? Long.parseLong(query.substring(6)) : 0;
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("next", exchange.calls().next());
    ArrayNode rows = body.putArray("calls");
    for (Call call : exchange.calls().since(since)) {
      rows.add(JSON.<JsonNode>valueToTree(call));
    }
    return body;
  }

  private JsonNode summary() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("next", exchange.calls().next())
        .put("status_429", exchange.calls().countStatus(429))
        .put("status_418", exchange.calls().countStatus(418))
        .put("earned_refusals", exchange.calls().earnedRefusals());
    ObjectNode paths = body.putObject("by_path");
    exchange.calls().byPath().forEach(paths::put);
    return body;
  }

  private static ObjectNode done() {
    return JsonNodeFactory.instance.objectNode().put("done", true);
  }

  private static ObjectNode error(String message) {
    return JsonNodeFactory.instance.objectNode().put("error", message);
  }

  private static Reply reply(int status, JsonNode body) {
    return Reply.json(status, Body.text(body.toString()));
  }
}
