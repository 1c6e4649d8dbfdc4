package io.tallystick.sync;

import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.connection.RightsChecks;
import io.tallystick.consent.Permits;
import io.tallystick.consent.PullDecision;
import io.tallystick.consent.Refusal;
import io.tallystick.egress.Environments;
import io.tallystick.egress.Gateway;
import io.tallystick.egress.Leave;
import io.tallystick.egress.Outcome;
import io.tallystick.egress.Priority;
import io.tallystick.egress.Target;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.SealedCredential;
import io.tallystick.venue.Denial;
import io.tallystick.venue.Domain;
import io.tallystick.venue.KeyVerdict;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets a run in: consent active, key still read-only, markets known. Rights are read again whenever
 * the last reading is older than a quarter of an hour.
 */
@ApplicationScoped
class Entrance {
  private static final Duration RIGHTS_GOOD_FOR = Duration.ofMinutes(15);
  private static final int MAX_WAITS = 200;

  private final Transactions transactions;
  private final Connections connections;
  private final RightsChecks checks;
  private final Permits permits;
  private final Catalogue catalogue;
  private final Gateway gateway;
  private final Environments environments;
  private final Runs runs;
  private final Pace pace;
  private final Stopping stopping;
  private final Waits waits;
  private final Map<Long, Instant> rightsReadAt = new ConcurrentHashMap<>();

  Entrance(
      Transactions transactions,
      Connections connections,
      RightsChecks checks,
      Permits permits,
      Catalogue catalogue,
      Gateway gateway,
      Environments environments,
      Runs runs,
      Pace pace,
      Stopping stopping,
      Waits waits) {
    this.transactions = transactions;
    this.connections = connections;
    this.checks = checks;
    this.permits = permits;
    this.catalogue = catalogue;
    this.gateway = gateway;
    this.environments = environments;
    this.runs = runs;
    this.pace = pace;
    this.stopping = stopping;
    this.waits = waits;
  }

  /** Whether the run may begin. */
  sealed interface Result {
    record Open(Venue venue, Target target, Catalogue.Loaded markets) implements Result {}

    record Shut(Ending ending) implements Result {}
  }

  Result enter(Lease lease, UUID run, Progress progress) {
    Link link = lease.link();
    if (consentGone(link)) {
      return new Result.Shut(new Ending.NotPermitted());
    }
    Venue venue = venue(link);
    List<SealedCredential> known = known(link);
    if (known.isEmpty()) {
      return new Result.Shut(new Ending.NotPermitted());
    }
    SealedCredential credential =
        known.stream().filter(key -> !refused(key, progress)).findFirst().orElse(known.getFirst());
    progress.key = credential.context().version();
    Target target = Target.of(credential, Priority.BACKFILL);
    RunContext context = new RunContext(runs, run, lease, target, Catalogue.Loaded.NONE, progress);
    transactions.as(link.tenant(), tx -> reopened(tx, link, venue.streams()));
    context.phase("rights", Priority.LIVE);
    Ending ending = rights(context, venue);
    if (ending != null) {
      return new Result.Shut(ending);
    }
    context.phase("markets", Priority.BACKFILL);
    for (int waits = 0; waits < MAX_WAITS; waits++) {
      switch (catalogue.markets(venue, target, link.tenant())) {
        case Catalogue.Result.Ready ready -> {
          if (ready.trace() != null) {
            context.spent(venue.catalogueCall(), ready.trace());
          }
          return new Result.Open(venue, target, ready.markets());
        }
        case Catalogue.Result.Failed failed -> {
          context.spent(venue.catalogueCall(), failed.outcome().trace());
          Ending end = afterFailure(context, failed.outcome());
          if (end != null) {
            return new Result.Shut(end);
          }
        }
      }
    }
    return new Result.Shut(new Ending.VenueDown("the venue's catalogue could not be read"));
  }

  // One look-back holds for all that a consent covers.
  private boolean reopened(TenantTx tx, Link link, List<Stream> streams) throws SQLException {
    for (Domain domain : Domain.values()) {
      if (permits.forPull(tx, link.holder(), link.consent(), domain)
          instanceof PullDecision.Granted granted) {
        RestartRows.reopen(tx, link, streams, granted.permit().earliest(), pace.instant());
        return true;
      }
    }
    return false;
  }

  private List<SealedCredential> known(Link link) {
    return transactions.as(link.tenant(), tx -> connections.credentials(tx, link));
  }

  private static boolean refused(SealedCredential key, Progress progress) {
    return progress.refusedKeys.contains(key.context().version());
  }

  /**
   * Whether the run may go on with another key than the one that the venue just refused: with the
   * new one when the key was changed meanwhile, or with the former one while its overlap lasts.
   */
  boolean hasAnotherKey(Link link, Progress progress, Denial denial) {
    progress.refusedKeys.add(progress.key);
    List<SealedCredential> known = known(link);
    boolean another = known.stream().anyMatch(key -> !refused(key, progress));
    if (another && refused(known.getFirst(), progress)) {
      progress.trouble =
          "the venue refused the new key (%s) and the former one reads while its overlap lasts"
              .formatted(denial.code());
    }
    return another;
  }

  /** Whether the connection came under another consent, which may allow what the former did. */
  boolean hasAnotherConsent(Link link) {
    Link now =
        transactions.find(link.tenant(), tx -> connections.find(tx, link.holder(), link.id()));
    return now != null && now.consent() != link.consent();
  }

  /** Null while the rights are known to be good; else what ends the run. */
  @Nullable Ending rightsStillGood(RunContext run) {
    Instant last = rightsReadAt.get(run.lease().link().id());
    // Our own clock set back makes the age negative, and the reading old.
    Duration age = last == null ? Duration.ofNanos(-1) : Duration.between(last, pace.instant());
    boolean good = !age.isNegative() && age.compareTo(RIGHTS_GOOD_FOR) < 0;
    return good ? null : rights(run, venue(run.lease().link()));
  }

  /**
   * Null when the venue tells the key's rights at this moment, so that it is not the key that it
   * refused; else what ends the run: the refusal itself where rights cannot be read.
   */
  @Nullable Ending rightsTold(RunContext run, Ending.Denied refusal) {
    Link link = run.lease().link();
    return tellsRights(link) ? rights(run, venue(link)) : refusal;
  }

  /** Whether no domain of the consent may be pulled any more. */
  boolean consentGone(Link link) {
    return transactions.as(link.tenant(), tx -> consentGone(tx, link));
  }

  boolean consentGone(TenantTx tx, Link link) throws SQLException {
    return permits.forPull(tx, link.holder(), link.consent(), Domain.BALANCES)
            instanceof PullDecision.Refused refused
        && refused.reason() != Refusal.WRONG_DOMAIN;
  }

  private Venue venue(Link link) {
    return environments
        .venue(link.venue())
        .orElseThrow(() -> new IllegalStateException("no adapter is registered for this venue"));
  }

  private boolean tellsRights(Link link) {
    return environments
        .find(link.venue(), link.environment())
        .orElseThrow(() -> new IllegalStateException("the environment is not configured any more"))
        .tellsRights();
  }

  private @Nullable Ending rights(RunContext run, Venue venue) {
    Link link = run.lease().link();
    if (!tellsRights(link)) {
      rightsReadAt.put(link.id(), pace.instant());
      return null;
    }
    for (int waits = 0; waits < MAX_WAITS; waits++) {
      Outcome outcome =
          gateway.send(
              run.target(),
              venue.rightsCall(),
              Leave.asked(() -> !consentGone(run.lease().link())));
      run.spent(venue.rightsCall(), outcome.trace());
      if (outcome instanceof Outcome.Answered answered) {
        return judged(link, venue.rights(answered.answer()));
      }
      Ending ending = afterFailure(run, outcome);
      if (ending != null) {
        return ending;
      }
    }
    return new Ending.VenueDown("the key's rights could not be read");
  }

  private @Nullable Ending judged(Link link, KeyVerdict verdict) {
    return switch (verdict) {
      case KeyVerdict.ReadOnly _ -> {
        read(link, verdict);
        rightsReadAt.put(link.id(), pace.instant());
        yield null;
      }
      case KeyVerdict.TooPowerful _ -> {
        transactions.as(link.tenant(), tx -> checks.judge(tx, link, verdict));
        yield new Ending.Stopped("rights-widened", "the key gained a right beyond reading");
      }
      case KeyVerdict.Rejected rejected -> {
        read(link, verdict);
        yield new Ending.Denied(rejected.denial());
      }
      case KeyVerdict.Unverifiable _ -> {
        read(link, verdict);
        yield new Ending.VenueDown("the venue did not tell the key's rights");
      }
    };
  }

  private void read(Link link, KeyVerdict verdict) {
    transactions.as(
        link.tenant(),
        tx -> {
          connections.rightsRead(tx, link, verdict);
          return link;
        });
  }

  /** Null when the run may ask again, after having waited. */
  private @Nullable Ending afterFailure(RunContext run, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Waiting waiting ->
          waits.until(
              run, waiting.until(), waiting.cause(), () -> !consentGone(run.lease().link()));
      case Outcome.Refused refused -> new Ending.Denied(refused.denial());
      case Outcome.Unreadable unreadable -> new Ending.VenueDown(unreadable.why());
      case Outcome.Unreachable unreachable -> stopping.unreachable(unreachable.why());
      case Outcome.Answered _ -> null;
    };
  }
}
