package io.tallystick.sandbox.protocol;

import java.util.List;

/**
 * One method and path of the venue. A new one is one class and one shape: signed endpoints without
 * constructor arguments carry {@code @AutoService(SignedEndpoint.class)} and are found.
 */
public sealed interface Endpoint permits PublicEndpoint, SignedEndpoint {

  /** GET unless said otherwise. The verb does not tell reading from writing at this venue. */
  default String method() {
    return "GET";
  }

  /** The exact path. */
  String path();

  /** What it takes beside {@code timestamp}, {@code recvWindow} and {@code signature}. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** What this call costs, from the parameters as they were sent. */
  Charge charge(Sent sent);

  /** Whether key, timestamp and signature are asked for. */
  boolean signed();
}
