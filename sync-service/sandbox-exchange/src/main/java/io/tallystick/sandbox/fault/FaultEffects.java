package io.tallystick.sandbox.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.tallystick.sandbox.wire.Body;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Turns a good reply into the bad one that was asked for. */
public final class FaultEffects {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FaultEffects() {}

  /**
   * The spoilt reply.
   *
   * @param fault what to do
   * @param good what would have been said
   * @param before what was said last time, or the good reply again
   * @param now the exchange's time in milliseconds
   */
  public static Reply spoil(Fault fault, Reply good, Reply before, long now) {
    return switch (fault) {
      case Fault.TooMany f -> tooMany(f.retryAfter());
      case Fault.Banned f -> banned(f.seconds(), now);
      case Fault.Firewall _ ->
          Reply.html(403, "<html><head><title>403 Forbidden</title></head><body></body></html>");
      case Fault.Region _ -> error(451, 0, "Service unavailable from a restricted location.");
      case Fault.ServerError f ->
          f.status() == 502 || f.status() == 504
              ? Reply.html(f.status(), "<html><body>" + f.status() + "</body></html>")
              : error(f.status(), -1000, "An unknown error occurred.");
      case Fault.Page _ -> Reply.html(200, "<html><body>System maintenance</body></html>");
      case Fault.CutBody _ -> good.with(new Wire.CutAfter(good.body().size() / 2));
      case Fault.HalfJson _ -> good.with(good.body().head(good.body().size() / 2));
      case Fault.WrongLength f -> good.with(new Wire.Announced(good.body().size() + f.by()));
      case Fault.Reset _ -> good.with(new Wire.Dropped());
      case Fault.Slow f -> good.with(new Wire.Late(f.millis()));
      case Fault.Drip f -> good.with(new Wire.Drip(f.millis()));
      case Fault.HugeBody f -> good.with(new Wire.Flood(f.bytes()));
      case Fault.GzipBomb f -> good.with("Content-Encoding", "gzip").with(bomb(f.bytes()));
      case Fault.DuplicatePage _ -> before;
      case Fault.Redirect f ->
          new Reply(302, Map.of("Location", f.location()), Body.EMPTY, new Wire.Whole());
      case Fault.Refuse f -> error(f.status(), f.code(), f.message());
      case Fault.Replace f ->
          new Reply(
              f.status(),
              Map.of("Content-Type", f.contentType()),
              Body.text(f.body()),
              new Wire.Whole());
      case Fault.SetField f -> good.with(changed(good.body(), f));
      case Fault.DropField f -> good.with(dropped(good.body(), f));
      case Fault.ClockJump _ -> good;
    };
  }

  /** The venue's error shape. */
  public static Reply error(int status, int code, String message) {
    ObjectNode body = JSON.createObjectNode().put("code", code).put("msg", message);
    return Reply.json(status, Body.text(body.toString()));
  }

  /** 429; an empty text sends no {@code Retry-After}. */
  private static Reply tooMany(String retryAfter) {
    Reply reply = error(429, -1003, "Too much request weight used; slow down.");
    return retryAfter.isEmpty() ? reply : reply.with("Retry-After", retryAfter);
  }

  private static Reply banned(long seconds, long now) {
    String text = "Way too much request weight used; IP banned until " + (now + seconds * 1000);
    return error(418, -1003, text + ".").with("Retry-After", String.valueOf(seconds));
  }

  private static Body changed(Body body, Fault.SetField wish) {
    JsonNode tree = read(body);
    row(tree, wish.row()).putRawValue(wish.field(), new RawValue(wish.json()));
    return write(tree);
  }

  private static Body dropped(Body body, Fault.DropField wish) {
    JsonNode tree = read(body);
    row(tree, wish.row()).remove(wish.field());
    return write(tree);
  }

  /** The row of that number; a new object, so without effect, where there is none. */
  private static ObjectNode row(JsonNode tree, int number) {
    JsonNode row = tree.isArray() ? tree.path(number) : tree;
    return row instanceof ObjectNode object ? object : JSON.createObjectNode();
  }

  private static JsonNode read(Body body) {
    try {
      return JSON.readTree(body.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the exchange's own reply is JSON", e);
    }
  }

  private static Body write(JsonNode tree) {
    try {
      return Body.of(JSON.writeValueAsBytes(tree));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree can be written", e);
    }
  }

  private static Body bomb(long bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] blanks = new byte[1 << 16];
    Arrays.fill(blanks, (byte) ' ');
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write('[');
      for (long left = bytes - 2; left > 0; left -= blanks.length) {
        gzip.write(blanks, 0, (int) Math.min(left, blanks.length));
      }
      gzip.write(']');
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written", e);
    }
    return Body.of(packed.toByteArray());
  }
}
