package io.tallystick.reconcile;

import io.tallystick.venue.Domain;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A gap as it is stored.
 *
 * @param from null for as far back as the consent goes
 * @param to null for as long as the gap is open
 */
record GapRow(
    UUID id,
    String domain,
    String stream,
    String partition,
    String reason,
    @Nullable Instant from,
    @Nullable Instant to,
    String remedy,
    @Nullable UUID evidence,
    Instant openedAt,
    @Nullable Instant closedAt) {
  /** The kinds of record for which venues are asked market by market. */
  static final Set<String> BY_MARKET = Set.of(Domain.TRADES.code(), Domain.ORDERS.code());

  /** The market; null when the gap is not about one. */
  @Nullable String market() {
    return partition.isEmpty() || !BY_MARKET.contains(domain) ? null : partition;
  }

  /** The part of a source that is asked for one by one, but not by market; null for none. */
  @Nullable String part() {
    return partition.isEmpty() || BY_MARKET.contains(domain) ? null : partition;
  }
}
