package io.tallystick.tenancy;

import java.time.Instant;
import java.util.List;

/**
 * Who reviews the access log under an engagement, as his token proved for this request.
 *
 * @param client the client that made the engagement
 * @param connections whose entries he may read
 * @param consents the consents that they stood under
 * @param from the first instant of the log that he may read
 * @param to the instant before which he may read
 */
public record Reviewer(
    long tenant,
    long engagement,
    long client,
    List<Long> connections,
    List<Long> consents,
    Instant from,
    Instant to) {
  /** The identity attribute that carries the reviewer. */
  static final String ATTRIBUTE = "tallystick.reviewer";

  /** The role that routes for reviewers ask for. */
  public static final String ROLE = "reviewer";
}
