package io.tallystick.feed;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.tenancy.Bell;
import io.tallystick.tenancy.Rounds;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Gives committed changes their positions. Every process runs one; a lock of the database lets one
 * at a time work, for one tenant and one short transaction each, so any of them may die anywhere:
 * what it had not committed still waits, and nobody saw it. Who commits wakes the one of his own
 * process; it looks by itself only for what a process left that died in between.
 *
 * <p>It acts as the tenant whose changes it numbers. Only the question who has some is asked across
 * tenants, under a policy that shows waiting rows and nothing else.
 */
@ApplicationScoped
class Sequencer {
  private static final Logger LOG = Logger.getLogger(Sequencer.class);
  private static final int MOST_PAGES = 1000;
  private static final Duration REST_AFTER_TROUBLE = Duration.ofSeconds(1);

  /** What is committed within so long is numbered in one pass. */
  private static final Duration TOGETHER = Duration.ofMillis(25);

  /** While another process numbers: it may have looked before what waits here was there. */
  private static final Duration TURN = Duration.ofMillis(50);

  private final Transactions transactions;
  private final FeedSettings settings;
  private final Bell bell;
  private final Rounds rounds = new Rounds("feed-sequencer", TOGETHER, this::round);
  private boolean troubled;

  Sequencer(Transactions transactions, FeedSettings settings, Bell bell) {
    this.transactions = transactions;
    this.settings = settings;
    this.bell = bell;
  }

  void begin(@Observes StartupEvent event) {
    bell.wakes(rounds);
    rounds.begin();
  }

  void end(@Observes ShutdownEvent event) throws InterruptedException {
    rounds.end();
  }

  /**
   * What a pass did.
   *
   * @param pages how many were numbered
   * @param taken whether others are at work on some of what waited
   * @param more whether as many waited as one pass takes
   */
  record Pass(int pages, boolean taken, boolean more) {}

  /** Numbers what waits, of every tenant. */
  Pass pass() {
    List<Long> tenants = transactions.asSequencer(FeedStore::waiting);
    int pages = 0;
    boolean taken = false;
    boolean more = false;
    for (long tenant : tenants) {
      int now =
          transactions.as(tenant, tx -> FeedStore.alone(tx) ? FeedStore.number(tx, MOST_PAGES) : 0);
      pages += now;
      taken |= now == 0;
      more |= now == MOST_PAGES;
    }
    return new Pass(pages, taken, more);
  }

  private Duration round() {
    try {
      Pass pass = pass();
      troubled = false;
      if (pass.more()) {
        return Duration.ZERO;
      }
      // What is committed from here on rings.
      return pass.taken() ? TURN : settings.rest();
    } catch (RuntimeException e) {
      if (!troubled) {
        LOG.warn("feed.sequencer cannot number changes; it goes on trying", e);
      }
      troubled = true;
      return REST_AFTER_TROUBLE;
    }
  }
}
