package io.tallystick.sync;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.Unopenable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Runs one sync of one connection: takes its lease, lets it in, goes the course, settles what the
 * ending means. Whatever happens, the lease is given back.
 */
@ApplicationScoped
public class Engine {
  private static final Logger LOG = Logger.getLogger(Engine.class);

  private static final int MOST_CHANGES = 5;

  private final Transactions transactions;
  private final Connections connections;
  private final Leases leases;
  private final Runs runs;
  private final Course course;
  private final Entrance entrance;
  private final Aftermath aftermath;
  private final Stopping stopping;
  private final Outages outages;
  private final Tracer tracer;
  private final SyncSettings settings;

  Engine(
      Transactions transactions,
      Connections connections,
      Leases leases,
      Runs runs,
      Course course,
      Entrance entrance,
      Aftermath aftermath,
      Stopping stopping,
      Outages outages,
      Tracer tracer,
      SyncSettings settings) {
    this.transactions = transactions;
    this.connections = connections;
    this.leases = leases;
    this.runs = runs;
    this.course = course;
    this.entrance = entrance;
    this.aftermath = aftermath;
    this.stopping = stopping;
    this.outages = outages;
    this.tracer = tracer;
    this.settings = settings;
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
    Span span = tracer.spanBuilder("sync run").startSpan();
    try (Scope _ = span.makeCurrent()) {
      UUID id = runs.begin(link, trigger);
      span.setAttribute("tallystick.run", id.toString());
      span.setAttribute("tallystick.trigger", trigger);
      run(lease, id, trigger);
    } finally {
      outages.outlast(() -> leases.release(lease));
      span.end();
    }
  }

  private void run(Lease lease, UUID id, String trigger) {
    Link link = lease.link();
    Lease current = lease;
    Progress progress = new Progress();
    if (trigger.equals("manual") && runs.anyFinished(link)) {
      progress.outOfTurn = runs.now().plus(settings.interval());
    }
    // Somebody waits for a first run or a manual one: what nothing points to can wait for the next.
    progress.sweeps = trigger.equals("schedule") && runs.anyFinished(link);
    try {
      Ending ending = outages.outlast(() -> guarded(lease, id, progress));
      for (int changes = 0;
          changes < MOST_CHANGES && goesOn(current.link(), progress, ending);
          changes++) {
        Link now =
            transactions.find(link.tenant(), tx -> connections.find(tx, link.holder(), link.id()));
        if (now == null || !now.state().mayPull()) {
          break;
        }
        Lease next = new Lease(now, lease.token());
        current = next;
        ending = outages.outlast(() -> guarded(next, id, progress));
      }
      settle(current.link(), id, progress, ending);
    } catch (Problem unreadable) {
      // An adapter's word for an answer that is whole, but not in the venue's language.
      settle(link, id, progress, new Ending.VenueDown(unreadable.detail()));
    } catch (Unopenable closed) {
      aftermath.unopenable(link, id, progress, closed, entrance.consentGone(link));
    } catch (RuntimeException e) {
      LOG.errorf(e, "sync.run failed run=%s", id);
      progress.state = "failed";
      progress.detail = "an unexpected fault; it is in the service's log under this run's id";
      runs.note(link, id, progress);
    }
  }

  private void settle(Link link, UUID id, Progress progress, Ending ending) {
    outages.outlast(() -> aftermath.settle(link, id, progress, ending));
  }

  // With the key that there is now, or the former one while that is known, and the consent of now.
  private boolean goesOn(Link link, Progress progress, Ending ending) {
    return ending instanceof Ending.Replaced
        || (ending instanceof Ending.NotPermitted && entrance.hasAnotherConsent(link))
        || (ending instanceof Ending.Denied denied
            && denied.denial().ofTheKey()
            && entrance.hasAnotherKey(link, progress, denied.denial()));
  }

  private Ending guarded(Lease lease, UUID id, Progress progress) {
    return switch (entrance.enter(lease, id, progress)) {
      case Entrance.Result.Shut shut -> shut.ending();
      case Entrance.Result.Open open -> {
        RunContext run = new RunContext(runs, id, lease, open.target(), open.markets(), progress);
        yield course.go(run, open.venue());
      }
    };
  }
}
