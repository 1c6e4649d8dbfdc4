package io.tallystick.venue.binance.live;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Endpoint.Security;
import io.tallystick.venue.Heard;
import io.tallystick.venue.Live;
import io.tallystick.venue.LiveStream;
import io.tallystick.venue.binance.wire.BinancePools;
import io.tallystick.venue.binance.wire.JsonPage;
import io.tallystick.venue.binance.wire.Row;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The user data stream over the WebSocket API, subscribed to by signature: the one way that takes
 * keys of all three kinds and needs no session (Spot WebSocket API docs, User Data Stream requests,
 * since 2025-08-12; {@code session.logon} is for Ed25519 keys alone).
 */
public final class BinanceLive implements Live {
  /** Where the socket is (Spot WebSocket API docs, General information). */
  static final String PATH = "/ws-api/v3";

  static final String METHOD = "userDataStream.subscribe.signature";

  /** As for calls by HTTP: the venue's own default. */
  private static final long RECV_WINDOW = 5_000;

  private static final Endpoint DOOR =
      new Endpoint("GET", PATH, Security.NONE, BinancePools.SOCKETS, 1);

  /** The handshake weighs 2 and the request another 2, out of one budget. */
  private static final Endpoint SUBSCRIBE =
      new Endpoint("WS", METHOD, Security.SIGNED, BinancePools.API, 4);

  private static final List<LiveStream> STREAMS =
      List.of(new LiveTrades(), new LiveOrders(), new LiveBalances());

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public List<Endpoint> opening() {
    return List.of(DOOR);
  }

  @Override
  public Endpoint subscribing() {
    return SUBSCRIBE;
  }

  @Override
  public Duration lifetime() {
    // Spot WebSocket API docs, General information: a connection is valid for 24 hours.
    return Duration.ofHours(24);
  }

  @Override
  public Duration silence() {
    // The same page: a ping every 20 seconds. Three are missing then.
    return Duration.ofMinutes(1);
  }

  @Override
  public byte[] payload(String apiKey, Instant timestamp) {
    // Sorted by name and not percent-encoded, unlike a query.
    String text =
        "apiKey="
            + apiKey
            + "&recvWindow="
            + RECV_WINDOW
            + "&timestamp="
            + timestamp.toEpochMilli();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String request(String id, String apiKey, Instant timestamp, String signature) {
    // Signatures and our own ids hold nothing that JSON would have to escape; a key is looked at.
    if (!apiKey.chars().allMatch(Character::isLetterOrDigit)) {
      throw new IllegalArgumentException("a key of this venue is letters and digits");
    }
    return """
    {"id":"%s","method":"%s","params":{"apiKey":"%s","recvWindow":%d,"timestamp":%d,\
    "signature":"%s"}}\
    """
        .formatted(id, METHOD, apiKey, RECV_WINDOW, timestamp.toEpochMilli(), signature);
  }

  @Override
  public List<LiveStream> streams() {
    return STREAMS;
  }

  @Override
  public Heard hear(String frame) {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    Row outer = Row.of(bytes);
    if (outer.wrong() != null) {
      return new Heard.Odd("the frame is not a JSON object");
    }
    byte[] event = JsonPage.part(bytes, "event");
    if (event != null) {
      return event(event);
    }
    return outer.has("status") ? reply(outer, bytes) : new Heard.Odd("neither event nor reply");
  }

  private static Heard event(byte[] event) {
    Row row = Row.of(event);
    return switch (row.name("e")) {
      case "executionReport" -> report(row, event);
      case "outboundAccountPosition" -> news(LiveBalances.NAME, event, false);
      case "balanceUpdate", "externalLockUpdate" -> news(LiveBalances.NAME, event, true);
      case "listStatus" -> news(LiveOrders.NAME, event, false);
      case "serverShutdown" -> new Heard.Leaving();
      case "eventStreamTerminated" -> new Heard.Over("the venue ended the subscription");
      // An event nobody knows yet may say that something moved: the lists are asked.
      default -> new Heard.News(List.of(), true);
    };
  }

  private static Heard report(Row row, byte[] event) {
    List<Heard.Item> items = new ArrayList<>(2);
    boolean trade = row.name("x").equals("TRADE");
    if (trade) {
      items.add(LiveTrades.item(Row.of(event), event));
    }
    items.add(LiveOrders.item(Row.of(event), event));
    return new Heard.News(items, trade && !LiveTrades.whole(row));
  }

  private static Heard news(String stream, byte[] event, boolean moreToRead) {
    return new Heard.News(List.of(EventKey.byContent(stream, event)), moreToRead);
  }

  // The error table reads answers as they come by HTTP: the same code, and the wait as a header.
  private static Heard reply(Row outer, byte[] bytes) {
    long status = outer.integer("status");
    byte[] error = JsonPage.part(bytes, "error");
    Map<String, String> headers = new HashMap<>();
    if (error != null) {
      byte[] data = JsonPage.part(error, "data");
      Row row = Row.of(data == null ? error : data);
      if (row.has("retryAfter") && row.has("serverTime")) {
        long millis = row.integer("retryAfter") - row.integer("serverTime");
        headers.put("retry-after", Long.toString(Math.max(0, (millis + 999) / 1000)));
      }
    }
    used(outer, headers);
    byte[] body = error == null ? "{}".getBytes(StandardCharsets.US_ASCII) : error;
    boolean sound = status >= 100 && status < 600 && outer.wrong() == null;
    return sound
        ? new Heard.Reply(outer.nameIfThere("id"), new Answer((int) status, headers, body))
        : new Heard.Odd("a reply without a status");
  }

  private static void used(Row outer, Map<String, String> headers) {
    if (!outer.has("rateLimits")) {
      return;
    }
    for (Row limit : outer.rows("rateLimits")) {
      boolean ours =
          limit.name("rateLimitType").equals("REQUEST_WEIGHT")
              && limit.name("interval").equals("MINUTE")
              && limit.integer("intervalNum") == 1;
      if (ours && limit.has("count")) {
        headers.put(BinancePools.API.usedHeader(), Long.toString(limit.integer("count")));
      }
    }
  }
}
