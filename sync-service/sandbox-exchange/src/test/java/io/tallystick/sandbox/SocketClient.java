package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One line to the exchange; frames arrive in the order in which they were sent. */
final class SocketClient implements WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  private @Nullable WebSocket socket;

  static SocketClient open(HttpClient http, URI base) throws Exception {
    SocketClient client = new SocketClient();
    URI at = URI.create(base.toString().replace("http", "ws") + "/ws-api/v3");
    client.socket = http.newWebSocketBuilder().buildAsync(at, client).get(10, TimeUnit.SECONDS);
    return client;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket on, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      frames.add(part.toString());
      part.setLength(0);
    }
    on.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket on, ByteBuffer message) {
    frames.add("ping");
    on.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket on, int status, String reason) {
    frames.add("closed");
    return null;
  }

  @Override
  public void onError(WebSocket on, Throwable error) {
    frames.add("cut");
  }

  String next() throws InterruptedException {
    String frame = frames.poll(10, TimeUnit.SECONDS);
    assertTrue(frame != null, "a frame within ten seconds");
    return String.valueOf(frame);
  }

  JsonNode json() throws Exception {
    return JSON.readTree(next());
  }

  JsonNode ask(String method, String parameters) throws Exception {
    Objects.requireNonNull(socket)
        .sendText("{\"id\":7,\"method\":\"" + method + "\",\"params\":{" + parameters + "}}", true)
        .get(10, TimeUnit.SECONDS);
    return json();
  }
}
