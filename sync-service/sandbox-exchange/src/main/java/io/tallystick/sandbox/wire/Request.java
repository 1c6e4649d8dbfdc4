package io.tallystick.sandbox.wire;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request as it arrived.
 *
 * @param method upper case
 * @param path as sent, never decoded
 * @param query what follows the question mark, as sent, never decoded; empty when there is none
 * @param headers by lower-case name
 * @param body as sent
 * @param clientAddress the peer's address
 */
public record Request(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    Body body,
    String clientAddress) {

  /** The address of a caller in this process. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Lower-cases the header names. */
  public Request {
    headers =
        headers.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    e -> e.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue, (a, b) -> a));
  }

  /** A request without a body from the loopback address; {@code target} is path and query. */
  public static Request of(String method, String target, Map<String, String> headers) {
    return of(method, target, headers, Body.EMPTY);
  }

  /** A request from the loopback address; {@code target} is path and query. */
  public static Request of(String method, String target, Map<String, String> headers, Body body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new Request(method, path, query, headers, body, LOOPBACK);
  }

  /** The header's value, or the empty string when it was not sent. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** Without query, headers and body: they carry keys and signatures. */
  @Override
  public String toString() {
    return "Request[" + method + " " + path + "]";
  }
}
