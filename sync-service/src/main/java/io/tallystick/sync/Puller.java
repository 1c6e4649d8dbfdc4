package io.tallystick.sync;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.connection.Link;
import io.tallystick.consent.PullPermit;
import io.tallystick.egress.Gateway;
import io.tallystick.egress.Leave;
import io.tallystick.egress.Outcome;
import io.tallystick.egress.Trace;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads one stream of one partition until the venue has proved that nothing more is there. */
@ApplicationScoped
class Puller {
  private static final Logger LOG = Logger.getLogger(Puller.class);

  /** How a pull of a market ends that the venue does not know. */
  static final String MARKET_REFUSED = "market-refused";

  /** How a pull ends that the venue answers with an error of its own each time. */
  static final String VENUE_ERROR = "venue-error";

  /** How a pull ends that a firewall in front of the venue lets nobody ask for. */
  private static final String WALLED = "firewall";

  /** How pulls end that left something which another run may find readable. */
  static final Set<String> FOR_ANOTHER_RUN =
      Set.of("not-advancing", "bookmark-unusable", "unreadable", WALLED, VENUE_ERROR);

  private static final int MAX_PAGES = 100_000;
  private static final int MAX_STANDSTILLS = 3;

  private static final int FORBIDDEN = 403;

  private final Transactions transactions;
  private final PageCommit commits;
  private final Gateway gateway;
  private final AccessLog log;
  private final Pace pace;
  private final Stopping stopping;
  private final Beginnings beginnings;
  private final Waits waits;
  private final Walls walls;

  Puller(
      Transactions transactions,
      PageCommit commits,
      Gateway gateway,
      AccessLog log,
      Pace pace,
      Stopping stopping,
      Beginnings beginnings,
      Waits waits,
      Walls walls) {
    this.transactions = transactions;
    this.commits = commits;
    this.gateway = gateway;
    this.log = log;
    this.pace = pace;
    this.stopping = stopping;
    this.beginnings = beginnings;
    this.waits = waits;
    this.walls = walls;
  }

  /** What one step of a pull came to. Null means: go on. */
  private record Step(@Nullable Ending ending, @Nullable Bookmark next, boolean moved) {
    static Step end(Ending ending) {
      return new Step(ending, null, false);
    }
  }

  /**
   * Pulls until drained, or until something ends it; reports progress to the run after each page.
   */
  Ending pull(RunContext run, Stream stream, String partition) {
    try {
      return switch (beginnings.begin(run, stream, partition)) {
        case Beginnings.Begun.Not not -> not.ending();
        case Beginnings.Begun.At from -> pull(run, stream, partition, from);
      };
    } catch (Bookmarks.Unusable e) {
      return untrusted(run, stream, partition, String.valueOf(e.getMessage()));
    }
  }

  private Ending pull(RunContext run, Stream stream, String partition, Beginnings.Begun.At from) {
    Link link = run.lease().link();
    @Nullable Bookmark stored = from.place().stored();
    Bookmark at = from.place().at();
    if (!stream.due(at, gateway.venueTime(run.target().venue(), run.target().environment()))) {
      return new Ending.Drained(0);
    }
    int standstills = 0;
    for (int page = 0; page < MAX_PAGES && standstills < MAX_STANDSTILLS; page++) {
      Step step = step(run, stream, partition, from.permit(), stored, at);
      if (step.ending() != null) {
        return step.ending();
      }
      standstills = step.moved() ? 0 : standstills + 1;
      if (step.next() != null) {
        stored = step.next();
        at = step.next();
      }
    }
    gap(link, stream, partition, Gaps.Reason.NOT_ADVANCING);
    return new Ending.Skipped("not-advancing");
  }

  // Reading on from a position nobody can vouch for could leave a hole that is never seen again.
  private Ending untrusted(RunContext run, Stream stream, String partition, String why) {
    LOG.errorf("sync.bookmark unusable: %s", why);
    run.trouble(why);
    gap(run.lease().link(), stream, partition, Gaps.Reason.BOOKMARK_UNUSABLE);
    return new Ending.Skipped("bookmark-unusable");
  }

  private Step step(
      RunContext run,
      Stream stream,
      String partition,
      PullPermit permit,
      @Nullable Bookmark stored,
      Bookmark at) {
    Instant venueNow = gateway.venueTime(run.target().venue(), run.target().environment());
    Source source = new Source(stream, partition, stream.next(partition, at, venueNow));
    Outcome outcome =
        gateway.send(
            run.target(),
            source.call(),
            new Leave(
                () -> beginnings.permit(run.lease().link(), stream).isPresent(),
                walls.suspects(run, source)));
    run.spent(source.call(), outcome.trace());
    return switch (outcome) {
      case Outcome.Answered answered -> {
        walls.passed(run, source);
        yield switch (stream.read(partition, at, venueNow, answered.answer())) {
          case Fetch.Page page -> stored(run, source, permit, stored, at, page, answered.trace());
          case Fetch.Unreadable _ -> unreadable(run, source, permit, answered);
        };
      }
      case Outcome.Waiting waiting -> waited(run, source, waiting);
      case Outcome.Refused refused -> refused(run, source, refused);
      case Outcome.Unreadable unreadable ->
          skip(run, source, unreadable.trace(), Gaps.Reason.UNREADABLE_PAGE, "unreadable");
      case Outcome.Unreachable unreachable -> unreachable(run, source, unreachable);
    };
  }

  // A list that fails alone must not end each run: one that was answered with an error time and
  // again, or at which the run before ended too, while all that comes first is answered.
  private Step unreachable(RunContext run, Source source, Outcome.Unreachable unreachable) {
    Link link = run.lease().link();
    Trace trace = unreachable.trace();
    boolean asked = trace.attempts() > 0 && !stopping.now();
    if (asked && (trace.status() > 0 || endedHere(link, source))) {
      return skip(run, source, trace, Gaps.Reason.VENUE_ERROR, VENUE_ERROR);
    }
    note(link, source, trace, "unreachable");
    if (asked) {
      gap(link, source.stream(), source.partition(), Gaps.Reason.VENUE_ERROR);
    }
    return Step.end(stopping.unreachable(unreachable.why()));
  }

  private boolean endedHere(Link link, Source source) {
    Gaps.Missing missing =
        Gaps.Missing.of(link, source.stream(), source.partition(), Gaps.Reason.VENUE_ERROR);
    return transactions.as(link.tenant(), tx -> Gaps.isOpen(tx, missing));
  }

  private Step stored(
      RunContext run,
      Source source,
      PullPermit permit,
      @Nullable Bookmark stored,
      Bookmark at,
      Fetch.Page page,
      Trace trace) {
    PageCommit.Result result =
        commits.commit(
            new PageCommit.Input(run.lease(), permit, source, stored, page, run.listings(), trace));
    return switch (result) {
      case PageCommit.Result.Stored done -> {
        run.stored(source.stream().domain(), done.records(), done.fresh());
        yield page.drained()
            ? Step.end(new Ending.Drained(done.fresh()))
            : new Step(null, page.next(), !page.next().equals(at));
      }
      case PageCommit.Result.LeaseLost _ -> Step.end(new Ending.LeaseLost());
      case PageCommit.Result.ConsentEnded _ -> Step.end(new Ending.NotPermitted());
    };
  }

  private Step unreadable(
      RunContext run, Source source, PullPermit permit, Outcome.Answered answered) {
    PageCommit.Unreadable page =
        new PageCommit.Unreadable(
            run.lease(), permit, source, answered.answer().body(), answered.trace());
    return Step.end(
        switch (commits.keep(page)) {
          case PageCommit.Result.Stored _ -> new Ending.Skipped("unreadable");
          case PageCommit.Result.LeaseLost _ -> new Ending.LeaseLost();
          case PageCommit.Result.ConsentEnded _ -> new Ending.NotPermitted();
        });
  }

  // Waiting is the venue's right: wait, keep the lease and the consent under watch, then ask again.
  private Step waited(RunContext run, Source source, Outcome.Waiting waiting) {
    if (waiting.trace().attempts() > 0) {
      note(run.lease().link(), source, waiting.trace(), "waited");
    }
    if (waiting.trace().status() == FORBIDDEN) {
      walls.met(run, source);
    }
    if (run.isBeside() && waiting.scope() == Verdict.Scope.POOL) {
      return Step.end(new Ending.Later(waiting.until()));
    }
    Ending ending = await(run, source.stream(), waiting.until(), waiting.cause());
    return ending instanceof Ending.Drained ? new Step(null, null, true) : Step.end(ending);
  }

  /** Waits, keeping lease and consent under watch; drained when the run may go on. */
  Ending await(RunContext run, Stream stream, Instant until, String cause) {
    Ending ending =
        waits.until(
            run, until, cause, () -> beginnings.permit(run.lease().link(), stream).isPresent());
    return ending == null ? new Ending.Drained(0) : ending;
  }

  private Step refused(RunContext run, Source source, Outcome.Refused refused) {
    return switch (refused.denial()) {
      case UNKNOWN_MARKET -> unknown(run, source, refused.trace());
      case NOT_OFFERED, BAD_REQUEST ->
          skip(run, source, refused.trace(), Gaps.Reason.NOT_OFFERED, "not-offered");
      case FIREWALL -> {
        walls.left(run, source);
        yield skip(run, source, refused.trace(), Gaps.Reason.FIREWALL, WALLED);
      }
      case KEY_OR_ADDRESS_OR_RIGHT, KEY_MALFORMED, SIGNATURE, REGION -> {
        note(run.lease().link(), source, refused.trace(), refused.denial().code());
        yield Step.end(new Ending.Denied(refused.denial()));
      }
    };
  }

  private Step unknown(RunContext run, Source source, Trace trace) {
    Link link = run.lease().link();
    note(link, source, trace, MARKET_REFUSED);
    Instant now = pace.instant();
    Gaps.Missing missing =
        RefusedRows.refused(link, source.stream(), source.partition(), run.listings(), now);
    transactions.as(link.tenant(), tx -> Gaps.open(tx, missing, now));
    return Step.end(new Ending.Skipped(MARKET_REFUSED));
  }

  private Step skip(
      RunContext run, Source source, Trace trace, Gaps.Reason reason, String outcome) {
    note(run.lease().link(), source, trace, outcome);
    gap(run.lease().link(), source.stream(), source.partition(), reason);
    return Step.end(new Ending.Skipped(outcome));
  }

  private void note(Link link, Source source, Trace trace, String outcome) {
    Leaf leaf = PullLeaf.other(link, source, trace, outcome);
    transactions.as(link.tenant(), tx -> log.append(tx, leaf));
  }

  private void gap(Link link, Stream stream, String partition, Gaps.Reason reason) {
    Gaps.Missing missing = Gaps.Missing.of(link, stream, partition, reason);
    transactions.as(link.tenant(), tx -> Gaps.open(tx, missing, pace.instant()));
  }
}
