package io.tallystick.sync;

import io.tallystick.connection.ConnectionRead;
import io.tallystick.connection.ConnectionState;
import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.kernel.Pace;
import io.tallystick.ledger.Books;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.Unopenable;
import io.tallystick.venue.Denial;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Settles what a run's ending means for the connection, and when to try again. */
@ApplicationScoped
class Aftermath {
  private static final Duration VENUE_REST = Duration.ofMinutes(2);
  private static final Duration DOUBT_REST = Duration.ofMinutes(5).plusSeconds(5);
  private static final Duration LEASE_REST = Duration.ofSeconds(10);
  private static final Duration RESTART_REST = Duration.ofSeconds(15);
  private static final Duration FIREWALL_REST = Duration.ofMinutes(10);

  private final Transactions transactions;
  private final Connections connections;
  private final Runs runs;
  private final Schedule schedule;
  private final Pace pace;
  private final Stopping stopping;
  private final Event<ConnectionRead> read;

  Aftermath(
      Transactions transactions,
      Connections connections,
      Runs runs,
      Schedule schedule,
      Pace pace,
      Stopping stopping,
      Event<ConnectionRead> read) {
    this.transactions = transactions;
    this.connections = connections;
    this.runs = runs;
    this.schedule = schedule;
    this.pace = pace;
    this.stopping = stopping;
    this.read = read;
  }

  // Quartz never runs one connection twice at a time, so the lease is a dead run's, or one's that
  // is just ending: without another try the connection would lie still until its next interval.
  void leaseElsewhere(Link link) {
    schedule.once(link, pace.instant().plus(LEASE_REST));
  }

  void settle(Link link, UUID run, Progress progress, Ending ending) {
    switch (ending) {
      case Ending.Drained _, Ending.Skipped _, Ending.Later _ -> {
        progress.state = "finished";
        progress.detail = summary(move(link, ConnectionState.ACTIVE, "", null, true), progress);
        if (!progress.partial) {
          read.fire(new ConnectionRead(link));
        }
      }
      case Ending.NotPermitted _ -> {
        progress.state = "stopped";
        progress.detail = "no active consent";
        move(link, ConnectionState.CONSENT_MISSING, "no active consent covers it", null, false);
      }
      case Ending.Replaced _ -> {
        progress.state = "stopped";
        progress.detail = "the connection changed; the next run goes on here";
        schedule.once(link, pace.instant().plus(LEASE_REST));
      }
      case Ending.LeaseLost _ -> {
        progress.state = "stopped";
        progress.detail = "another run took over";
      }
      case Ending.Denied denied -> denied(link, progress, denied.denial());
      case Ending.VenueDown down -> {
        progress.state = "stopped";
        progress.detail = down.why();
        later(link, ConnectionState.VENUE_DOWN, down.why(), VENUE_REST);
      }
      case Ending.Stopped stopped -> {
        progress.state = "stopped";
        progress.detail = stopped.detail();
        if (stopping.now()) {
          // Far enough ahead that it is not this process, which stops, but the next that takes it.
          schedule.once(link, pace.instant().plus(RESTART_REST));
        }
      }
    }
    runs.note(link, run, progress);
  }

  /** What it means that the credential did not open. */
  void unopenable(Link link, UUID run, Progress progress, Unopenable closed, boolean consentGone) {
    if (consentGone) {
      settle(link, run, progress, new Ending.NotPermitted());
      return;
    }
    progress.state = "stopped";
    progress.detail = "the stored key does not open";
    switch (closed.reason()) {
      case KEY_DESTROYED, KEY_MISSING, TAMPERED ->
          move(link, ConnectionState.KEY_REJECTED, "credential-unopenable", null, false);
      // The service's own trouble says nothing about the connection.
      case MASTER_KEY, STORE_UNAVAILABLE -> schedule.once(link, pace.instant().plus(VENUE_REST));
    }
    runs.note(link, run, progress);
  }

  private void denied(Link link, Progress progress, Denial denial) {
    progress.state = "stopped";
    progress.detail = denial.code();
    switch (denial) {
      case REGION ->
          move(link, ConnectionState.REGION_REFUSED, "the venue refuses this place", null, false);
      case FIREWALL ->
          later(link, ConnectionState.VENUE_DOWN, "a firewall refused the request", FIREWALL_REST);
      case KEY_OR_ADDRESS_OR_RIGHT, KEY_MALFORMED, SIGNATURE -> doubted(link, denial);
      case UNKNOWN_MARKET, NOT_OFFERED, BAD_REQUEST ->
          later(link, ConnectionState.VENUE_DOWN, denial.code(), VENUE_REST);
    }
  }

  // The venue's "no" to a key may pass: it counts when it was heard again and again, spaced.
  private void doubted(Link link, Denial denial) {
    ConnectionState state =
        transactions.as(link.tenant(), tx -> connections.keyRefused(tx, link, denial));
    if (state == ConnectionState.KEY_DOUBTED) {
      schedule.once(link, pace.instant().plus(DOUBT_REST));
    }
  }

  private void later(Link link, ConnectionState state, String reason, Duration rest) {
    Instant at = pace.instant().plus(rest);
    move(link, state, reason, at, false);
    schedule.once(link, at);
  }

  private @Nullable String move(
      Link link, ConnectionState state, String reason, @Nullable Instant until, boolean compare) {
    return transactions.find(
        link.tenant(),
        tx -> {
          connections.moveTo(tx, link, state, reason, until);
          return compare ? residuals(tx, link) : null;
        });
  }

  private static @Nullable String summary(@Nullable String compared, Progress progress) {
    return progress.trouble == null ? compared : compared + "; " + progress.trouble;
  }

  private static String residuals(TenantTx tx, Link link) throws SQLException {
    String prefix = "venue/" + Books.accountName(link.publicId()) + "/";
    List<String> open = RecordStore.residuals(tx, link, prefix);
    return open.isEmpty()
        ? "derived and reported balances agree"
        : "derived and reported balances differ in " + open.size() + " assets";
  }
}
