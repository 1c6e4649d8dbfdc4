package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.egress.Target;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The engine's door for whoever listens to a venue: what he needs to put down what he heard, and
 * where he asks for a run when something may have been missed.
 */
@ApplicationScoped
public class News {
  /** How far a venue's lists may lag behind its events: a run that is asked for begins later. */
  public static final Duration LAG = Duration.ofSeconds(2);

  private final Leases leases;
  private final Entrance entrance;
  private final Catalogue catalogue;
  private final Schedule schedule;
  private final SyncSettings settings;

  News(
      Leases leases,
      Entrance entrance,
      Catalogue catalogue,
      Schedule schedule,
      SyncSettings settings) {
    this.leases = leases;
    this.entrance = entrance;
    this.catalogue = catalogue;
    this.schedule = schedule;
    this.settings = settings;
  }

  /** Whether this process is to listen at all. */
  public boolean wanted() {
    return settings.live();
  }

  /** A connection for which runs are planned, whatever its state. */
  public record Planned(long tenant, long holder, long connection) {}

  /** The connections of all tenants for which runs are planned. */
  public List<Planned> planned() {
    return schedule.planned();
  }

  /** Whether no domain of the connection's consent may be pulled any more. */
  public boolean consentGone(TenantTx tx, Link link) throws SQLException {
    return entrance.consentGone(tx, link);
  }

  /**
   * The markets ever listed at the target's place, as last read: news does not wait for a newer
   * list. Null when there is none and it cannot be read now.
   */
  public Stream.@Nullable Markets markets(Venue venue, Target target, long tenant) {
    Catalogue.Loaded known = catalogue.known(venue.id(), target.environment());
    if (known != null) {
      return known;
    }
    return switch (catalogue.markets(venue, target, tenant)) {
      case Catalogue.Result.Ready ready -> ready.markets();
      case Catalogue.Result.Failed _ -> null;
    };
  }

  /**
   * Asks for a run that reads on from the bookmarks, once the venue's lists have caught up.
   *
   * @param after not before this instant of ours
   */
  public void readOn(Link link, Instant after) {
    schedule.readOn(link, after.plus(LAG));
  }

  /**
   * Keeps pages of the connection from being committed until this transaction ends: the first lock
   * of every transaction that puts down news, as it is of those that put down pages.
   */
  public void holdPages(TenantTx tx, Link link) throws SQLException {
    leases.lock(tx, link);
  }

  /** Stores an order's present state, unless a later one is there. */
  public void order(TenantTx tx, Link link, Reading.Order order, UUID evidence)
      throws SQLException {
    RecordStore.order(tx, link, order, evidence);
  }

  /** Notes assets the account has touched. */
  public void assets(TenantTx tx, Link link, Collection<String> codes, Instant at)
      throws SQLException {
    RecordStore.assets(tx, link, codes, at);
  }

  /** Stores what the venue reports of one wallet. */
  public void balances(TenantTx tx, Link link, Reading.BalancesSeen seen, UUID evidence, Instant at)
      throws SQLException {
    RecordStore.balances(tx, link, seen, evidence, at, at);
  }

  /** Stores two parts of reported balances, where nothing newer was reported. */
  public void parts(TenantTx tx, Link link, Reading.PartsSeen seen, UUID evidence, Instant at)
      throws SQLException {
    RecordStore.parts(tx, link, seen, evidence, at);
  }
}
