package io.tallystick.consent;

import io.tallystick.venue.Domain;
import java.time.Instant;
import java.util.List;

/**
 * Says which connections of a holder a client may read a kind of record from, in this transaction.
 * Only {@link Permits} makes one.
 */
public final class ReadPermit {
  private final long tenant;
  private final long holder;
  private final Domain domain;
  private final List<Covered> connections;
  private final List<Long> consents;

  /** A connection, the consent that opens it, and the instant before which it stays closed. */
  public record Covered(long connection, long consent, Instant earliest) {}

  ReadPermit(
      long tenant, long holder, Domain domain, List<Covered> connections, List<Long> consents) {
    this.tenant = tenant;
    this.holder = holder;
    this.domain = domain;
    this.connections = List.copyOf(connections);
    this.consents = List.copyOf(consents);
  }

  /** Whose tenant it is. */
  public long tenant() {
    return tenant;
  }

  /** Whose data it is. */
  public long holder() {
    return holder;
  }

  /** The kind of record it covers. */
  public Domain domain() {
    return domain;
  }

  /** The connections that may be read; empty when none was made yet under a fitting consent. */
  public List<Covered> connections() {
    return connections;
  }

  /** The connections' keys, to bind as a parameter next to {@link #earliest}. */
  public Long[] connectionIds() {
    return connections.stream().map(Covered::connection).toArray(Long[]::new);
  }

  /** The earliest instants, in the order of {@link #connectionIds}. */
  public Instant[] earliest() {
    return connections.stream().map(Covered::earliest).toArray(Instant[]::new);
  }

  /** The consents it rests on; never empty. */
  public List<Long> consents() {
    return consents;
  }

  @Override
  public String toString() {
    return "permit to read " + domain.code();
  }
}
