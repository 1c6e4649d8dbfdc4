package io.tallystick.venue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request, structured: an allow-listed endpoint and its parameters in the order they are sent,
 * not yet encoded, without timestamp, key or signature.
 *
 * @param weight what this call costs; differs from the endpoint's where parameters change it
 */
public record Call(Endpoint endpoint, Map<String, String> parameters, int weight) {
  public Call {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** A call at the endpoint's ordinary weight. */
  public static Call of(Endpoint endpoint, Map<String, String> parameters) {
    return new Call(endpoint, parameters, endpoint.weight());
  }

  /** A call without parameters. */
  public static Call of(Endpoint endpoint) {
    return of(endpoint, Map.of());
  }
}
