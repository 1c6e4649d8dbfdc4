package io.tallystick.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.boot.TestExchange;
import io.tallystick.sandbox.SandboxMain;
import io.tallystick.sandbox.exchange.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The sandbox exchange in a process of its own, so that its work is not counted as ours. */
final class ExchangeProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;

  private ExchangeProcess(Process process) {
    this.process = process;
  }

  /** Starts it where the service under test looks for it, with limits that hold nobody up. */
  static ExchangeProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxMain.class.getName(),
                "--port",
                Integer.toString(TestExchange.port()),
                "--size",
                "small")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ExchangeProcess exchange = new ExchangeProcess(process);
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> exchange.post("limits", LIMITS).path("weight").asInt() > 0);
    } catch (RuntimeException e) {
      exchange.close();
      throw e;
    }
    return exchange;
  }

  private static final String LIMITS =
      """
      {"weight": 6000000, "raw_requests": 6000000, "sapi_ip": 12000000, "sapi_uid": 180000000}
      """;

  /**
   * Opens an account of at least so many fills over a few markets and tells a key that reads it.
   */
  ApiKey account(String name, int markets, int fills) throws IOException, InterruptedException {
    post(
        "accounts",
        """
        {"name": "%s", "seed": 7, "size": "sized", "symbols": %d, "fills": %d, "sold_off": 0}
        """
            .formatted(name, markets, fills));
    JsonNode key = post("keys", "{\"account\": \"%s\"}".formatted(name));
    return new ApiKey(key.path("api_key").asText(), key.path("secret").asText());
  }

  /** Where it listens; without a slash at the end. */
  static String url() {
    return "http://127.0.0.1:" + TestExchange.port();
  }

  /** Processor time it used since it began. */
  Duration used() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private JsonNode post(String call, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url() + "/sandbox/" + call))
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(call + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
