package io.tallystick.feed;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gives committed changes their positions. Every process runs one; a lock of the database lets one
 * at a time work, for one tenant and one short transaction each, so any of them may die anywhere:
 * what it had not committed still waits, and nobody saw it.
 *
 * <p>It acts as the tenant whose changes it numbers. Only the question who has some is asked across
 * tenants, under a policy that shows waiting rows and nothing else.
 */
@ApplicationScoped
class Sequencer {
  private static final Logger LOG = Logger.getLogger(Sequencer.class);
  private static final int MOST_PAGES = 1000;
  private static final Duration REST_AFTER_TROUBLE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final FeedSettings settings;

  // Waited on instead of slept through: a stop is heard at once. The clock that tests drive stays
  // out of it, or resting here would move time for everybody.
  private final CountDownLatch stop = new CountDownLatch(1);
  private @Nullable Thread worker;

  Sequencer(Transactions transactions, FeedSettings settings) {
    this.transactions = transactions;
    this.settings = settings;
  }

  void begin(@Observes StartupEvent event) {
    worker = Thread.ofVirtual().name("feed-sequencer").start(this::work);
  }

  void end(@Observes ShutdownEvent event) throws InterruptedException {
    stop.countDown();
    if (worker != null && !worker.join(PATIENCE)) {
      LOG.warn("feed.sequencer did not end in time; its transaction is rolled back");
    }
  }

  /** Numbers what waits, of every tenant; returns how many pages that were. */
  int pass() {
    int pages = 0;
    for (long tenant : transactions.asSequencer(FeedStore::waiting)) {
      pages +=
          transactions.as(tenant, tx -> FeedStore.alone(tx) ? FeedStore.number(tx, MOST_PAGES) : 0);
    }
    return pages;
  }

  private void work() {
    boolean troubled = false;
    Duration rest = Duration.ZERO;
    try {
      while (!stop.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          rest = pass() == 0 ? settings.rest() : Duration.ZERO;
          troubled = false;
        } catch (RuntimeException e) {
          if (!troubled) {
            LOG.warn("feed.sequencer cannot number changes; it goes on trying", e);
          }
          troubled = true;
          rest = REST_AFTER_TROUBLE;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
