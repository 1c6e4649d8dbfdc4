package io.tallystick.live;

import io.tallystick.connection.Link;
import io.tallystick.egress.Line;
import io.tallystick.egress.Lines;
import io.tallystick.egress.Outcome;
import io.tallystick.egress.Target;
import io.tallystick.venue.Denial;
import io.tallystick.venue.Heard;
import io.tallystick.venue.Live;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one connection until it may not any more. Whatever ends a line, a run is asked for as
 * soon as the next one is open: only then can nothing fall between the two. Used by one thread.
 */
final class Listener {
  private static final Logger LOG = Logger.getLogger(Listener.class);

  /** Half of what a withdrawal may take to be obeyed, and some. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private static final Duration STEP = LOOK.dividedBy(4);

  /** The right to listen runs out after thirty seconds, and looks come late when work is heavy. */
  private static final Duration HOLD = Duration.ofSeconds(8);

  /** How long before its end a line is replaced. */
  private static final Duration BEFORE_END = Duration.ofMinutes(10);

  /** A line that has been open for so long was worth opening. */
  private static final Duration SETTLED = Duration.ofSeconds(30);

  private static final int INBOX = 10_000;
  private static final int AT_ONCE = 200;

  private final Means means;
  private final Watch watch;
  private final BlockingQueue<Line.Arrival> inbox = new LinkedBlockingQueue<>(INBOX);
  private final Venue venue;
  private final Live live;
  private final Backoff backoff;
  private final Reruns reruns;
  private final Opener opener;
  private final Former former;
  private final Keys keys = new Keys();
  private int changesBefore;
  private @Nullable Line current;
  private @Nullable String over;
  private Instant nextLook = Instant.EPOCH;
  private Instant nextHold = Instant.EPOCH;
  private Instant replaceAfter = Instant.MAX;
  private boolean listened;

  Listener(Means means, Watch watch) {
    this.means = means;
    this.watch = watch;
    this.venue = means.environments().venue(watch.link().venue()).orElseThrow();
    this.live = Objects.requireNonNull(venue.live(), "only who speaks is listened to");
    this.backoff = new Backoff(means.pace(), means.random());
    this.reruns = new Reruns(means.pace(), means.news(), watch.link());
    this.former = new Former(live);
    this.opener = new Opener(means.lines(), inbox);
  }

  /** Listens; returns when it is over, or when the thread is interrupted. */
  void run() {
    try {
      while (over == null) {
        look();
        if (over == null && current == null) {
          begin();
        }
        if (over == null && current != null) {
          listen();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      over = "stopping";
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) {
        LOG.errorf(e, "live listening failed");
        over = "failed";
      }
    } finally {
      hangUp();
    }
  }

  /** Why it is over. */
  String why() {
    return over == null ? "stopping" : over;
  }

  /** Whether a line was ever open. */
  boolean listened() {
    return listened;
  }

  private Instant now() {
    return means.pace().instant();
  }

  // Consent, state, key and our own right to listen, every two seconds.
  private void look() {
    if (means.pace().isAhead(nextLook, LOOK)) {
      return;
    }
    nextLook = now().plus(LOOK);
    boolean prolong = !means.pace().isAhead(nextHold, HOLD);
    nextHold = prolong ? now().plus(HOLD) : nextHold;
    switch (means.watches().standing(watch, prolong)) {
      case Watches.Standing.Over ended -> over = ended.why();
      case Watches.Standing.Good good -> {
        if (keys.changed(good.keys())) {
          replaceAfter = Instant.EPOCH;
          backoff.accepted();
        }
      }
    }
  }

  private void begin() throws InterruptedException {
    if (!opener.isBusy()) {
      rest(backoff.beforeTrying());
      if (over != null) {
        return;
      }
      open(keys.next());
    }
    opened(opener.take(STEP));
  }

  private void open(Target with) {
    changesBefore = keys.changes();
    opener.begin(with);
  }

  private void opened(Lines.@Nullable Opening opening) throws InterruptedException {
    switch (opening) {
      case null -> {}
      case Lines.Opening.Open open -> adopt(open);
      case Lines.Opening.Failed failed -> {
        boolean another = failed.outcome() instanceof Outcome.Refused no && refused(no.denial());
        Duration pause = backoff.after(failed.outcome());
        replaceAfter = now().plus(pause);
        if (current == null && !another) {
          rest(pause);
        }
      }
    }
  }

  // A run finds out what a no means that calls would get too; one is enough for a row of them.
  private boolean refused(Denial denial) {
    if (!backoff.isRefused() && (denial.ofTheKey() || denial == Denial.REGION)) {
      reruns.ask();
    }
    return denial.ofTheKey() && keys.refuse(opener.target());
  }

  private void adopt(Lines.Opening.Open open) {
    Line old = current;
    listened = true;
    current = open.line();
    Duration spread = BEFORE_END.multipliedBy(1 + means.random().nextInt(3));
    if (keys.accepted(opener.target())) {
      backoff.accepted();
      replaceAfter = open.line().openedAt().plus(live.lifetime()).minus(spread);
    } else if (!keys.isRefused(keys.newest())) {
      replaceAfter = Instant.EPOCH;
    }
    // The new line is open before the old one goes: what both tell is the same record.
    boolean missed = old == null || former.followed(old, now());
    means.watches().opened(watch, open.trace());
    if (missed) {
      // Only now: what happens from here on is heard, what happened before is listed.
      reruns.ask();
    }
  }

  // A pause that a venue's no to a key made ends with that key: it says nothing about another.
  private void rest(Duration pause) throws InterruptedException {
    Instant until = now().plus(pause);
    while (over == null && means.pace().isAhead(until, pause) && keys.changes() == changesBefore) {
      Duration left = Duration.between(now(), until);
      means.pace().pause(left.compareTo(LOOK) > 0 ? LOOK : left);
      look();
    }
  }

  private void listen() throws InterruptedException {
    Line.Arrival first = inbox.poll(STEP.toMillis(), TimeUnit.MILLISECONDS);
    List<Line.Arrival> arrivals = new ArrayList<>();
    if (first != null) {
      arrivals.add(first);
      inbox.drainTo(arrivals, AT_ONCE - 1);
    }
    hear(arrivals);
    reruns.look();
    Line line = current;
    if (over != null || line == null) {
      return;
    }
    if (settled(line)) {
      backoff.forget();
    }
    // Our clock first: a sign that comes meanwhile is then later, never long ago.
    Instant now = now();
    if (Duration.between(line.lastSign(), now).compareTo(live.silence()) > 0) {
      LOG.warnf("live line silent venue=%s", venue.id());
      line.closeAsDead();
      current = null;
    } else if (opener.isBusy()) {
      opened(opener.take(Duration.ZERO));
    } else if (now.isAfter(replaceAfter)) {
      open(keys.newest());
    }
    if (former.look(now())) {
      reruns.ask();
    }
  }

  private void hear(List<Line.Arrival> arrivals) {
    Batch batch = Batch.of(arrivals, venue.id());
    boolean more = batch.moreToRead();
    if (!batch.items().isEmpty()) {
      more |= putDown(batch.items());
    }
    batch.over().forEach(this::lost);
    if (batch.leaving()) {
      replaceAfter = Instant.EPOCH;
    }
    if (more) {
      reruns.ask();
    }
  }

  /** True when the lists must be read for what could not be. */
  private boolean putDown(List<Heard.Item> items) {
    Link link = watch.link();
    Stream.Markets markets = means.news().markets(venue, keys.newest(), link.tenant());
    if (markets == null) {
      return true;
    }
    return switch (means.commits().commit(new NewsCommit.Input(watch, live, items, markets))) {
      case NewsCommit.Result.Stored stored -> stored.unread() > 0;
      case NewsCommit.Result.Overtaken _ -> {
        over = "overtaken";
        yield false;
      }
    };
  }

  private void lost(Line line) {
    line.close();
    if (line.equals(current)) {
      current = null;
      if (!settled(line)) {
        backoff.dropped();
      }
    }
    if (former.lost(line)) {
      reruns.ask();
    }
  }

  private boolean settled(Line line) {
    return Duration.between(line.openedAt(), now()).compareTo(SETTLED) > 0;
  }

  private void hangUp() {
    opener.end();
    former.end();
    if (current != null) {
      current.close();
    }
  }
}
