package io.tallystick.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A client that follows the feed from its beginning until everything written was seen. */
final class Follower implements Callable<Void> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final String token;
  private final int limit;
  private final @Nullable Writers writers;
  private final long deadline;
  private final List<Seen> seen = new ArrayList<>();
  private final Map<String, Long> seenAt = new LinkedHashMap<>();
  private final Map<Long, String> pages = new LinkedHashMap<>();

  Follower(int port, String token, int limit, @Nullable Writers writers, Duration patience) {
    this.port = port;
    this.token = token;
    this.limit = limit;
    this.writers = writers;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /** A reader that is asked for one change after the other. */
  static Follower alone(int port, String token) {
    return new Follower(port, token, 100, null, Duration.ofMinutes(2));
  }

  /** Polls until the next change is there; when that was, in nanoseconds. */
  long awaitOneMore() throws IOException, InterruptedException {
    long after = seen.size();
    while (true) {
      assertTrue(System.nanoTime() < deadline, "nothing came after " + after);
      JsonNode page = JSON.readTree(ask(after));
      if (page.path("next").longValue() > after) {
        take(after, page.path("next").longValue(), page.path("items"));
        return System.nanoTime();
      }
      synchronized (seen) {
        seen.wait(5);
      }
    }
  }

  /**
   * One change as it was seen.
   *
   * @param key which revision of which entry
   * @param what everything that was said of it
   */
  record Seen(long position, String key, String what) {}

  static String key(String entry, int revision) {
    return entry + "/" + revision;
  }

  @Override
  public Void call() throws IOException, InterruptedException {
    Writers writers = Objects.requireNonNull(this.writers);
    long after = 0;
    while (writers.total() != after) {
      assertTrue(System.nanoTime() < deadline, "still at " + after + " of " + writers.written());
      String body = ask(after);
      JsonNode page = JSON.readTree(body);
      long next = page.path("next").longValue();
      if (next == after) {
        assertEquals(0, page.path("items").size());
        writers.rest();
        continue;
      }
      take(after, next, page.path("items"));
      pages.put(after, body);
      after = next;
    }
    return null;
  }

  private void take(long after, long next, JsonNode items) {
    assertTrue(next > after && next - after <= limit, after + " to " + next);
    assertEquals(next - after, items.size(), "everything is open to this client");
    long now = System.nanoTime();
    for (JsonNode item : items) {
      JsonNode entry = item.path("entry");
      long position = item.path("position").longValue();
      assertEquals(seen.size() + 1L, position, "a position missed, repeated or out of order");
      seen.add(
          new Seen(
              position,
              key(entry.path("id").textValue(), entry.path("revision").intValue()),
              item.toString()));
      seenAt.putIfAbsent(entry.path("recorded_at").textValue(), now);
    }
  }

  /** Asks up to so many of the pages again, which must be the same to the byte. */
  int askAgain(int most) throws IOException, InterruptedException {
    int step = Math.max(1, pages.size() / most);
    int n = 0;
    int asked = 0;
    for (Map.Entry<Long, String> page : pages.entrySet()) {
      if (n++ % step == 0) {
        assertEquals(page.getValue(), ask(page.getKey()), "the page after " + page.getKey());
        asked++;
      }
    }
    return asked;
  }

  /** Milliseconds from commit to reader that this share of transactions did not exceed. */
  long lag(Map<String, Long> committedAt, int percent) {
    List<Long> lags =
        committedAt.entrySet().stream()
            .map(one -> Math.max(0, seenAt.get(one.getKey()) - one.getValue()))
            .sorted()
            .toList();
    int at = Math.max(0, (lags.size() * percent + 99) / 100 - 1);
    return lags.get(at) / 1_000_000;
  }

  List<Seen> seen() {
    return seen;
  }

  int limit() {
    return limit;
  }

  private String ask(long after) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + port + "/v1/changes?after=" + after + "&limit=" + limit))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }
}
