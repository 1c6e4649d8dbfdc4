package io.tallystick.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.sandbox.DemoAccount;
import io.tallystick.sandbox.exchange.ApiKey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Walks through a first sync by the public API alone, and says what it sees. */
final class Tour {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Everything that can be consented to here. */
  static final List<String> DOMAINS =
      List.of(
          "balances",
          "trades",
          "orders",
          "deposits",
          "withdrawals",
          "converts",
          "dust",
          "dividends",
          "earn",
          "auto-invest",
          "fiat",
          "p2p",
          "transfers",
          "pay",
          "rebates");

  /** Longer than the account's history. */
  static final int LOOK_BACK_DAYS = 440;

  private static final Duration STEP = Duration.ofMillis(500);

  private final String service;
  private final String sandbox;
  private final HttpClient http = HttpClient.newHttpClient();

  Tour(String service, String sandbox) {
    this.service = service;
    this.sandbox = sandbox;
  }

  void walk() {
    try {
      Instant begun = Instant.now();
      awaitReady();
      Demo.say("Tallystick   " + service + "      (API: " + service + "/q/swagger-ui)");
      Demo.say("Sandbox      " + sandbox);
      Demo.say(
          "Tokens       demo-owner demo-tracker demo-accountant demo-compliance demo-operator");
      JsonNode known = get("/v1/connections", "demo-owner").path("items");
      String connection = known.isEmpty() ? connect() : known.get(0).path("id").asText();
      if (!known.isEmpty()) {
        Demo.say("The demo account is connected already: " + connection);
      }
      follow(connection);
      summary(connection, begun);
    } catch (ConnectException e) {
      // Whoever stops the demo stops the service under the tour's feet; that has no message.
      Demo.say("The tour stopped: nobody answers at " + service + " any more.");
    } catch (IOException e) {
      Demo.say("The tour stopped: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady() throws InterruptedException {
    for (int i = 0; i < 360; i++) {
      try {
        if (send(request("/q/health/ready", "").build()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(STEP);
        continue;
      }
      Thread.sleep(STEP);
    }
  }

  private String connect() throws IOException, InterruptedException {
    JsonNode holder = post("/v1/holders", "{\"reference\": \"alice\"}", 201);
    StringBuilder recipients = new StringBuilder();
    for (JsonNode client : get("/v1/clients", "demo-owner").path("items")) {
      recipients.append(recipients.isEmpty() ? "" : ", ").append(client.path("id"));
    }
    JsonNode consent =
        post(
            "/v1/consents",
            """
            {"holder": "%s", "recipients": [%s],
             "purposes": ["portfolio-tracking", "accounting", "compliance-review", "administration"],
             "domains": [%s],
             "look_back_days": %d, "expires_at": "%s", "jurisdiction": "DE",
             "given": {"by": "holder", "method": "demo"}}
            """
                .formatted(
                    holder.path("id").asText(),
                    recipients,
                    String.join(", ", DOMAINS.stream().map(d -> '"' + d + '"').toList()),
                    LOOK_BACK_DAYS,
                    Instant.now().plus(Duration.ofDays(365)).toString()),
            201);
    String id = consent.path("id").asText();
    Demo.say(
        "Consent      "
            + id
            + " ("
            + DOMAINS.size()
            + " domains, one year, withdrawn by one call)");
    JsonNode refusal = post("/v1/connections", key(id, DemoAccount.TRADING), 422);
    Demo.say("A key that can trade is refused:");
    for (JsonNode right : refusal.path("rights")) {
      Demo.say("  - " + right.path("right").asText() + ": " + right.path("remedy").asText());
    }
    JsonNode connection = post("/v1/connections", key(id, DemoAccount.READ_ONLY), 201);
    Demo.say(
        "A key that only reads is taken: "
            + connection.path("id").asText()
            + ", verdict "
            + connection.path("verdict").asText());
    return connection.path("id").asText();
  }

  private static String key(String consent, ApiKey key) {
    return """
    {"consent": "%s", "venue": "binance", "environment": "sandbox",
     "key": {"kind": "hmac", "api_key": "%s", "secret": "%s"}}
    """
        .formatted(consent, key.key(), key.secret());
  }

  private void follow(String connection) throws IOException, InterruptedException {
    String last = "";
    for (int i = 0; i < 1200; i++) {
      JsonNode runs = get("/v1/connections/" + connection + "/sync-runs", "demo-owner");
      JsonNode run = runs.path("items").path(0);
      String now =
          "%s %s: step %s of %s, %s pages, %s records, weight %s %s"
              .formatted(
                  run.path("state").asText("waiting for its turn"),
                  run.path("phase").asText(""),
                  run.path("steps_done").asText("0"),
                  run.path("steps_total").asText("?"),
                  run.path("pages").asText("0"),
                  run.path("records").asText("0"),
                  run.path("weight").asText("0"),
                  run.path("detail").asText(""));
      if (!now.equals(last)) {
        Demo.say("Sync         " + now);
        last = now;
      }
      String state = run.path("state").asText("");
      if (state.equals("finished") || state.equals("stopped") || state.equals("failed")) {
        return;
      }
      Thread.sleep(STEP.multipliedBy(4));
    }
  }

  private void summary(String connection, Instant begun) throws IOException, InterruptedException {
    JsonNode summary =
        get("/v1/balances?limit=1&connection=" + connection, "demo-tracker").path("summary");
    Demo.say(
        "Balances     "
            + summary.path("assets").asText()
            + " compared, "
            + summary.path("differing").asText()
            + " differ between ledger and venue");
    JsonNode hash = get("/v1/connections/" + connection + "/ledger-hash", "demo-owner");
    Demo.say("Ledger hash  " + hash.path("hash").asText());
    Demo.say("Done after   " + Duration.between(begun, Instant.now()).toSeconds() + " s. Try:");
    Demo.say(
        "  curl -s -H 'Authorization: Bearer demo-tracker' '"
            + service
            + "/v1/trades?limit=3&connection="
            + connection
            + "'");
  }

  private JsonNode get(String path, String token) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(path, token).build());
    if (answer.statusCode() != 200) {
      throw Demo.noAnswer("GET " + path + " gave " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }

  private JsonNode post(String path, String body, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            request(path, "demo-owner")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    int status = answer.statusCode();
    if (status != expected && !(expected == 201 && status == 200)) {
      throw Demo.noAnswer("POST " + path + " gave " + status + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service + path)).timeout(Duration.ofSeconds(60));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
