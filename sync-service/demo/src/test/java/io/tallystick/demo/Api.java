package io.tallystick.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tallystick.sandbox.exchange.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;

/** The service as one of its clients sees it; remembers every answer, headers included. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final String base;
  private final String token;
  private final Queue<String> heard;

  Api(String base, String token) {
    this(base, token, new ConcurrentLinkedQueue<>());
  }

  private Api(String base, String token, Queue<String> heard) {
    this.base = base;
    this.token = token;
    this.heard = heard;
  }

  /** The same service as another client; what both hear is remembered together. */
  Api as(String other) {
    return new Api(base, other, heard);
  }

  /** Every answer so far. */
  List<String> heard() {
    return new ArrayList<>(heard);
  }

  /** An answer: its status, and its body when that was JSON. */
  record Answer(int status, String text, JsonNode json) {
    /** The body, when the status is the expected one. */
    JsonNode expect(int expected) {
      if (status != expected) {
        throw new AssertionError("expected " + expected + ", got " + status + ": " + text);
      }
      return json;
    }
  }

  boolean isReady() {
    try {
      return send("GET", "/q/health/ready", null, "application/json").status() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  Answer get(String path) throws IOException {
    return send("GET", path, null, "application/json");
  }

  Answer csv(String path) throws IOException {
    return send("GET", path, null, "text/csv");
  }

  Answer plain(String path) throws IOException {
    return send("GET", path, null, "text/plain");
  }

  Answer post(String path, Object body) throws IOException {
    return send("POST", path, JSON.writeValueAsString(body), "application/json");
  }

  /** Posts text as it is, also when it is no JSON. */
  Answer delete(String path) throws IOException {
    return send("DELETE", path, null, "application/json");
  }

  Answer postText(String path, String body) throws IOException {
    return send("POST", path, body, "application/json");
  }

  /** The bytes of an answer that is a file. */
  byte[] file(String path) throws IOException {
    try {
      HttpResponse<byte[]> answer =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(base + path))
                  .header("Authorization", "Bearer " + token)
                  .timeout(Duration.ofMinutes(1))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new AssertionError("expected 200 for " + path + ", got " + answer.statusCode());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Posts a file under its name. */
  Answer postFile(String path, String name, byte[] file) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Accept", "application/json")
            .header("Content-Type", "application/octet-stream")
            .header("x-file-name", name)
            .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
  }

  /** All items of a list, page by page. */
  List<JsonNode> all(String path) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          get(path
                  + (cursor.isEmpty()
                      ? ""
                      : "&cursor="
                          + java.net.URLEncoder.encode(
                              cursor, java.nio.charset.StandardCharsets.UTF_8)))
              .expect(200);
      page.path("items").forEach(items::add);
      cursor = page.path("next_cursor").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    return items;
  }

  /** What a trader consents to at least. */
  static final List<String> TRADING =
      List.of("balances", "trades", "orders", "deposits", "withdrawals");

  /** Records a holder and a consent for all clients; the result is the consent's id. */
  String consent(String reference, List<String> domains) throws IOException {
    JsonNode holder = post("/v1/holders", Map.of("reference", reference)).expect(201);
    List<String> clients = new ArrayList<>();
    get("/v1/clients").expect(200).path("items").forEach(c -> clients.add(c.path("id").asText()));
    return post(
            "/v1/consents",
            Map.of(
                "holder",
                holder.path("id").asText(),
                "recipients",
                clients,
                "purposes",
                List.of("portfolio-tracking", "accounting", "compliance-review"),
                "domains",
                domains,
                "look_back_days",
                Tour.LOOK_BACK_DAYS,
                "expires_at",
                Instant.now().plus(Duration.ofDays(300)).toString(),
                "jurisdiction",
                "DE",
                "given",
                Map.of("by", "holder", "method", "signed-form")))
        .expect(201)
        .path("id")
        .asText();
  }

  /** A request to connect the sandbox with this HMAC key. */
  static Map<String, Object> wish(String consent, ApiKey key) {
    return wish(consent, Map.of("kind", "hmac", "api_key", key.key(), "secret", key.secret()));
  }

  static Map<String, Object> wish(String consent, Map<String, String> key) {
    return Map.of("consent", consent, "venue", "binance", "environment", "sandbox", "key", key);
  }

  /** Connects under a new consent to everything; the result is the connection's id. */
  String connect(ApiKey key) throws IOException {
    return connect(key, Tour.DOMAINS);
  }

  /** Connects under a new consent to these; the result is the connection's id. */
  String connect(ApiKey key, List<String> domains) throws IOException {
    String consent = consent("alice", domains);
    return post("/v1/connections", wish(consent, key)).expect(201).path("id").asText();
  }

  List<JsonNode> runs(String connection) throws IOException {
    List<JsonNode> runs = new ArrayList<>();
    get("/v1/connections/" + connection + "/sync-runs")
        .expect(200)
        .path("items")
        .forEach(runs::add);
    return runs;
  }

  /** Waits for a run that is new since there were so many; the result is that run, finished. */
  JsonNode awaitFinished(String connection, int before, Duration most) {
    return Awaitility.await("the connection is synced")
        .atMost(most)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              List<JsonNode> runs = runs(connection);
              return runs.size() > before ? runs.getFirst() : MissingNode.getInstance();
            },
            run -> {
              String state = run.path("state").asText("");
              if (state.equals("failed") || state.equals("stopped")) {
                throw new AssertionError("the run ended otherwise: " + run);
              }
              return state.equals("finished");
            });
  }

  String ledgerHash(String connection) throws IOException {
    return get("/v1/connections/" + connection + "/ledger-hash").expect(200).path("hash").asText();
  }

  private Answer send(String method, String path, String body, String accept) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Accept", accept)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return send(request);
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    request.timeout(Duration.ofSeconds(60));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      String text = answer.body();
      heard.add(answer.headers().map() + "\n" + text);
      boolean json = answer.headers().firstValue("Content-Type").orElse("").contains("json");
      return new Answer(
          answer.statusCode(), text, json ? JSON.readTree(text) : MissingNode.getInstance());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
