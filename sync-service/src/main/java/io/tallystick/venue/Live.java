package io.tallystick.venue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a venue tells what happens as it happens, as data and pure functions: where the socket is,
 * what is signed to subscribe, what a frame says. Nothing is told twice and nothing is kept for who
 * was away, so it never replaces paging: it only comes first.
 */
public interface Live {
  /** The path of the socket on each of the environment's live hosts. */
  String path();

  /** What opening a socket costs in budgets beside the one that {@link #subscribing} names. */
  List<Endpoint> opening();

  /** The one request that is ever sent over it, at the weight of request and handshake together. */
  Endpoint subscribing();

  /** How long the venue keeps a socket open. */
  Duration lifetime();

  /** After so long without any frame, pings included, a socket is dead. */
  Duration silence();

  /**
   * What is signed to subscribe.
   *
   * @param apiKey the public half of the key, which the vault fills in
   * @param timestamp the venue's time
   */
  byte[] payload(String apiKey, Instant timestamp);

  /**
   * The frame that subscribes.
   *
   * @param signature as the venue wants it in JSON: hexadecimal for HMAC, base64 otherwise
   */
  String request(String id, String apiKey, Instant timestamp, String signature);

  /** What a frame says; total: it never throws. */
  Heard hear(String frame);

  /** What events become records of. */
  List<LiveStream> streams();
}
