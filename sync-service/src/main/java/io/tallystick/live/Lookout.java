package io.tallystick.live;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.connection.ConnectionMade;
import io.tallystick.connection.ConnectionReady;
import io.tallystick.connection.Link;
import io.tallystick.egress.Environments;
import io.tallystick.egress.Lines;
import io.tallystick.kernel.Pace;
import io.tallystick.sync.News;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks every few seconds for connections that nobody listens to, and has a thread of its own
 * listen to each: of all processes, the one that gets the watch.
 */
@ApplicationScoped
public class Lookout {
  private static final Logger LOG = Logger.getLogger(Lookout.class);
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final Duration REST = Duration.ofSeconds(20);
  private static final Duration VAIN = Duration.ofSeconds(10);
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final Watches watches;
  private final News news;
  private final Pace pace;
  private final Means means;
  private final Map<Key, Thread> listeners = new ConcurrentHashMap<>();
  private final Map<Key, Instant> resting = new ConcurrentHashMap<>();
  private final Map<Long, Instant> inVain = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();
  private final Semaphore wake = new Semaphore(0);
  private volatile @Nullable Thread thread;
  private volatile boolean stopping;
  private final String schedulerMode;

  /** A connection's name in the map. */
  private record Key(long tenant, long holder, long connection) {
    static Key of(Link link) {
      return new Key(link.tenant(), link.holder(), link.id());
    }
  }

  Lookout(
      Watches watches,
      Lines lines,
      News news,
      NewsCommit commits,
      Environments environments,
      Pace pace,
      RandomGenerator random,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.schedulerMode = schedulerMode;
    this.watches = watches;
    this.news = news;
    this.pace = pace;
    this.means = new Means(watches, lines, news, commits, environments, pace, random);
  }

  void begin(@Observes StartupEvent event) {
    // A command beside the service listens to nobody.
    if (news.wanted() && !schedulerMode.equals("halted")) {
      thread = Thread.ofVirtual().name("lookout").start(this::look);
    }
  }

  /** A new connection is listened to at once. */
  void made(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConnectionMade event) {
    called();
  }

  /** So is one that can be read again. */
  void ready(@Observes ConnectionReady event) {
    resting.remove(Key.of(event.link()));
    called();
  }

  // Watches go back at once, so that another process need not wait for them to run out.
  void end(@Observes ShutdownEvent event) {
    stopping = true;
    Thread looking = thread;
    if (looking != null) {
      looking.interrupt();
    }
    listeners.values().forEach(Thread::interrupt);
    for (Thread listener : listeners.values()) {
      try {
        listener.join(FAREWELL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void look() {
    while (!stopping) {
      try {
        watches.lonely().forEach(this::look);
        rest();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.warnf(e, "live look-out failed; it looks again");
        if (!rested()) {
          return;
        }
      }
    }
  }

  // A connection that nobody may listen to would have its tenant looked at for nothing, each time.
  private void look(long tenant) {
    if (pace.isAhead(inVain.get(tenant), VAIN)) {
      return;
    }
    long before = calls.get();
    List<Link> alone = watches.alone(tenant);
    if (alone.isEmpty() && calls.get() == before) {
      inVain.put(tenant, pace.instant().plus(VAIN));
    }
    alone.forEach(this::listen);
  }

  private void called() {
    calls.incrementAndGet();
    inVain.clear();
    wake.release();
  }

  private boolean rested() {
    try {
      rest();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void rest() throws InterruptedException {
    if (wake.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  private void listen(Link link) {
    Key key = Key.of(link);
    if (stopping || pace.isAhead(resting.get(key), REST) || listeners.containsKey(key)) {
      return;
    }
    resting.remove(key);
    Watch watch = watches.take(link);
    if (watch == null) {
      return;
    }
    Thread listener = Thread.ofVirtual().name("live-" + link.id()).unstarted(() -> listen(watch));
    listeners.put(key, listener);
    listener.start();
  }

  private void listen(Watch watch) {
    Listener listener = new Listener(means, watch);
    try {
      listener.run();
    } finally {
      // What ended it may still hold: it is not tried again at once.
      resting.put(Key.of(watch.link()), pace.instant().plus(REST));
      listeners.remove(Key.of(watch.link()));
      // The flag would end the last transaction before it began.
      boolean interrupted = Thread.interrupted();
      try {
        watches.release(watch, listener.listened() ? listener.why() : null);
      } catch (RuntimeException e) {
        LOG.warnf(e, "live watch not given back; it runs out by itself");
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
