package io.tallystick.consent;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.tenancy.Rounds;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Does what follows from the end of a consent's time: its keys are destroyed as by a withdrawal,
 * and a leaf and a receipt say so. That nothing is pulled or read any more does not wait for it:
 * each permit asks the database's clock.
 */
@ApplicationScoped
class Expiry {
  /** Several rounds fit into the minute in which a key must be gone. */
  private static final Duration REST = Duration.ofSeconds(15);

  private static final Logger LOG = Logger.getLogger(Expiry.class);
  private static final int BATCH = 100;

  private final Transactions transactions;
  private final ConsentSteps steps;
  private final boolean enabled;
  private final Rounds rounds = new Rounds("consent-expiry", this::round);

  Expiry(
      Transactions transactions,
      ConsentSteps steps,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.transactions = transactions;
    this.steps = steps;
    // A command beside the service schedules nothing.
    this.enabled = !schedulerMode.equals("halted");
  }

  void begin(@Observes StartupEvent event) {
    if (enabled) {
      rounds.begin();
    }
  }

  void end(@Observes ShutdownEvent event) throws InterruptedException {
    rounds.end();
  }

  /** Ends what is over, of every tenant; returns how many consents that were. */
  int pass() {
    List<ConsentStore.Over> over = transactions.asSequencer(tx -> ConsentStore.over(tx, BATCH));
    int ended = 0;
    for (ConsentStore.Over one : over) {
      ended += end(one) ? 1 : 0;
    }
    return ended;
  }

  // One that cannot be ended must not keep the others waiting.
  private boolean end(ConsentStore.Over one) {
    try {
      return transactions.as(one.tenant(), tx -> steps.expire(tx, one.consent()));
    } catch (RuntimeException e) {
      trouble(e);
      return false;
    }
  }

  private Duration round() {
    try {
      return pass() == BATCH ? Duration.ZERO : REST;
    } catch (RuntimeException e) {
      trouble(e);
      return REST;
    }
  }

  // Nothing is read meanwhile; only the keys wait.
  private static void trouble(RuntimeException e) {
    LOG.warnf("consent.expiry fails and goes on trying: %s", e.getClass().getSimpleName());
  }
}
