package io.tallystick.sandbox.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One reply.
 *
 * @param status HTTP status
 * @param headers as they are sent, in this order
 * @param body as it is sent
 * @param wire how it travels
 */
public record Reply(int status, Map<String, String> headers, Body body, Wire wire) {

  /** Keeps the order of the headers. */
  public Reply {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** A JSON reply. */
  public static Reply json(int status, Body body) {
    return new Reply(
        status, Map.of("Content-Type", "application/json;charset=UTF-8"), body, new Wire.Whole());
  }

  /** An HTML reply. */
  public static Reply html(int status, String html) {
    return new Reply(
        status, Map.of("Content-Type", "text/html"), Body.text(html), new Wire.Whole());
  }

  /** The same with one more header. */
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body, wire);
  }

  /** The same with another body. */
  public Reply with(Body other) {
    return new Reply(status, headers, other, wire);
  }

  /** The same, travelling in another way. */
  public Reply with(Wire other) {
    return new Reply(status, headers, body, other);
  }
}
