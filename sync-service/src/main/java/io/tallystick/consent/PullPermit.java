package io.tallystick.consent;

import io.tallystick.venue.Domain;
import java.time.Instant;

/**
 * Says that a holder's consent covered a pull when it was asked. Only {@link Permits} makes one; it
 * must be shown again, by {@link Permits#holds}, in the transaction that stores what was pulled.
 */
public final class PullPermit {
  private final long tenant;
  private final long holder;
  private final long consent;
  private final Domain domain;
  private final Instant earliest;

  PullPermit(long tenant, long holder, long consent, Domain domain, Instant earliest) {
    this.tenant = tenant;
    this.holder = holder;
    this.consent = consent;
    this.domain = domain;
    this.earliest = earliest;
  }

  /** Whose tenant it is. */
  public long tenant() {
    return tenant;
  }

  /** Whose account it is. */
  public long holder() {
    return holder;
  }

  /** The consent it rests on. */
  public long consent() {
    return consent;
  }

  /** The kind of record it covers. */
  public Domain domain() {
    return domain;
  }

  /** Nothing that happened before this instant may be pulled: the consent's look-back. */
  public Instant earliest() {
    return earliest;
  }

  @Override
  public String toString() {
    return "permit to pull " + domain.code();
  }
}
