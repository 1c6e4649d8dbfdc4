package io.tallystick.sync;

import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.ledger.Books;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs one sync of one connection: rights first, then balances, then history; trades where evidence
 * points; balances again at the end, so that derived and reported are of one moment.
 */
@ApplicationScoped
public class Engine {
  private static final Logger LOG = Logger.getLogger(Engine.class);
  private static final String NOT_IN_CONSENT = "domain-not-in-consent";

  private final Transactions transactions;
  private final Connections connections;
  private final Leases leases;
  private final Runs runs;
  private final Puller puller;
  private final Entrance entrance;
  private final Aftermath aftermath;
  private final Stopping stopping;
  private final Pace pace;

  Engine(
      Transactions transactions,
      Connections connections,
      Leases leases,
      Runs runs,
      Puller puller,
      Entrance entrance,
      Aftermath aftermath,
      Stopping stopping,
      Pace pace) {
    this.transactions = transactions;
    this.connections = connections;
    this.leases = leases;
    this.runs = runs;
    this.puller = puller;
    this.entrance = entrance;
    this.aftermath = aftermath;
    this.stopping = stopping;
    this.pace = pace;
  }

  /**
   * Runs now, unless another run of the connection is under way or its state forbids it.
   *
   * @param recovers whether the run of a process that died is taken up again
   */
  public void run(long tenant, long holder, long connection, String trigger, boolean recovers) {
    Link link = transactions.find(tenant, tx -> connections.find(tx, holder, connection));
    if (link == null || !link.state().mayPull() || stopping.now()) {
      return;
    }
    Lease lease = leases.take(link, recovers);
    if (lease == null) {
      aftermath.leaseElsewhere(link);
      return;
    }
    UUID id = runs.begin(link, trigger);
    Progress progress = new Progress();
    try {
      Ending ending = guarded(lease, id, progress);
      aftermath.settle(link, id, progress, ending);
    } catch (Problem unreadable) {
      // An adapter's word for an answer that is whole, but not in the venue's language.
      aftermath.settle(link, id, progress, new Ending.VenueDown(unreadable.detail()));
    } catch (RuntimeException e) {
      LOG.errorf(e, "sync.run failed run=%s", id);
      progress.state = "failed";
      progress.detail = "an unexpected fault; it is in the service's log under this run's id";
      runs.note(link, id, progress);
    } finally {
      leases.release(lease);
    }
  }

  private Ending guarded(Lease lease, UUID id, Progress progress) {
    return switch (entrance.enter(lease, id, progress)) {
      case Entrance.Result.Shut shut -> shut.ending();
      case Entrance.Result.Open open -> {
        RunContext run = new RunContext(runs, id, lease, open.target(), open.markets(), progress);
        yield read(run, open.venue(), open.markets());
      }
    };
  }

  private Ending read(RunContext run, Venue venue, Catalogue.Loaded markets) {
    List<Stream> streams = venue.streams();
    Ending ending = whole(run, "balances", balances(streams));
    if (over(ending)) {
      return ending;
    }
    ending =
        whole(
            run,
            "history",
            streams.stream()
                .filter(stream -> stream.partition() == Stream.Partition.NONE)
                .filter(stream -> !stream.tellsBalances())
                .toList());
    if (over(ending)) {
      return ending;
    }
    ending = trades(run, streams, markets);
    if (over(ending)) {
      return ending;
    }
    ending = orders(run, streams);
    if (over(ending)) {
      return ending;
    }
    return run.progress().newRecords > 0
        ? whole(run, "closing-balances", balances(streams))
        : new Ending.Drained(0);
  }

  private static List<Stream> balances(List<Stream> streams) {
    return streams.stream()
        .filter(stream -> stream.partition() == Stream.Partition.NONE)
        .filter(Stream::tellsBalances)
        .toList();
  }

  private Ending whole(RunContext run, String phase, List<Stream> streams) {
    run.phase(phase);
    for (Stream stream : streams) {
      Ending ending = parts(run, stream, stream.parts());
      if (over(ending)) {
        return ending;
      }
    }
    return new Ending.Drained(0);
  }

  // New fills name new assets, and those name new markets: until nothing new turns up.
  private Ending trades(RunContext run, List<Stream> streams, Catalogue.Loaded markets) {
    Set<String> asked = new HashSet<>();
    run.phase("trades");
    while (true) {
      List<String> next = candidates(run, streams, markets, asked);
      if (next.isEmpty()) {
        return new Ending.Drained(0);
      }
      Ending ending = each(run, streams, Stream.Partition.MARKET, next);
      asked.addAll(next);
      if (over(ending)) {
        return ending;
      }
    }
  }

  private List<String> candidates(
      RunContext run, List<Stream> streams, Catalogue.Loaded markets, Collection<String> asked) {
    Link link = run.lease().link();
    String prefix = "venue/" + Books.accountName(link.publicId()) + "/";
    return transactions.as(
        link.tenant(),
        tx -> {
          List<String> seen = RecordStore.seenAssets(tx, link);
          List<String> residuals = RecordStore.residuals(tx, link, prefix);
          List<String> likely = Discovery.likely(markets.listed(), seen, residuals);
          List<String> open = likely.stream().filter(symbol -> !asked.contains(symbol)).toList();
          return !open.isEmpty()
              ? open
              : possible(tx, run, streams, markets, seen, residuals).stream()
                  .filter(symbol -> !asked.contains(symbol))
                  .toList();
        });
  }

  // A residual that no market explains must not have all of them asked again by every run.
  private List<String> possible(
      TenantTx tx,
      RunContext run,
      List<Stream> streams,
      Catalogue.Loaded markets,
      List<String> seen,
      List<String> residuals)
      throws SQLException {
    Link link = run.lease().link();
    Map<String, Instant> answered = new HashMap<>();
    for (Stream stream : streams) {
      if (stream.partition() == Stream.Partition.MARKET) {
        answered.putAll(Bookmarks.answered(tx, link, stream.name()));
      }
    }
    Map<String, Instant> moved = RecordStore.moved(tx, link);
    Instant now = pace.instant();
    return Discovery.possible(
        markets.listed().stream()
            .filter(market -> Discovery.due(market, answered, moved, now))
            .toList(),
        seen,
        residuals);
  }

  private Ending orders(RunContext run, List<Stream> streams) {
    Link link = run.lease().link();
    Set<String> traded = new LinkedHashSet<>();
    transactions.as(
        link.tenant(),
        tx -> {
          for (Stream stream : streams) {
            if (stream.partition() == Stream.Partition.MARKET) {
              traded.addAll(Bookmarks.advanced(tx, link, stream.name()));
            }
          }
          return traded.addAll(RecordStore.openOrderMarkets(tx, link));
        });
    run.phase("orders");
    return each(run, streams, Stream.Partition.TRADED_MARKET, List.copyOf(traded));
  }

  private Ending each(
      RunContext run, List<Stream> streams, Stream.Partition kind, List<String> partitions) {
    for (Stream stream : streams) {
      if (stream.partition() == kind) {
        Ending ending = parts(run, stream, partitions);
        if (over(ending)) {
          return ending;
        }
      }
    }
    return new Ending.Drained(0);
  }

  // What the consent leaves out is left out for every part.
  private Ending parts(RunContext run, Stream stream, List<String> partitions) {
    run.progress().stepsTotal += partitions.size();
    int left = partitions.size();
    for (String partition : partitions) {
      Ending ending = pull(run, stream, partition);
      left--;
      if (ending instanceof Ending.Skipped skipped && skipped.why().equals(NOT_IN_CONSENT)) {
        run.progress().stepsDone += left;
        break;
      }
      if (over(ending)) {
        return ending;
      }
    }
    return new Ending.Drained(0);
  }

  private Ending pull(RunContext run, Stream stream, String partition) {
    if (stopping.now()) {
      return new Ending.Stopped("stopping", "the service is stopping; the next run goes on here");
    }
    @Nullable Ending shut = entrance.rightsStillGood(run);
    if (shut != null) {
      return shut;
    }
    Ending ending = puller.pull(run, stream, partition);
    run.progress().stepsDone++;
    if (ending instanceof Ending.NotPermitted && !entrance.consentGone(run.lease().link())) {
      return new Ending.Skipped(NOT_IN_CONSENT);
    }
    return ending;
  }

  /** Whether a pull's ending ends the run too. */
  private static boolean over(Ending ending) {
    return switch (ending) {
      case Ending.Drained _, Ending.Skipped _ -> false;
      case Ending.NotPermitted _,
          Ending.LeaseLost _,
          Ending.Denied _,
          Ending.VenueDown _,
          Ending.Stopped _ ->
          true;
    };
  }
}
