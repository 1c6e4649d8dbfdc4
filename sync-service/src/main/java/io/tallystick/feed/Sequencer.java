package io.tallystick.feed;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.tenancy.Rounds;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

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

  private final Transactions transactions;
  private final FeedSettings settings;
  private final Rounds rounds = new Rounds("feed-sequencer", this::round);
  private boolean troubled;

  Sequencer(Transactions transactions, FeedSettings settings) {
    this.transactions = transactions;
    this.settings = settings;
  }

  void begin(@Observes StartupEvent event) {
    rounds.begin();
  }

  void end(@Observes ShutdownEvent event) throws InterruptedException {
    rounds.end();
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

  private Duration round() {
    try {
      int pages = pass();
      troubled = false;
      return pages == 0 ? settings.rest() : Duration.ZERO;
    } catch (RuntimeException e) {
      if (!troubled) {
        LOG.warn("feed.sequencer cannot number changes; it goes on trying", e);
      }
      troubled = true;
      return REST_AFTER_TROUBLE;
    }
  }
}
