package io.tallystick.consent;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.Sweep;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Does what follows from the end of a consent's time: its keys are destroyed as by a withdrawal,
 * and a leaf and a receipt say so. That nothing is pulled or read any more does not wait for it:
 * each permit asks the database's clock. While it lasts, the holder is reminded of it.
 */
@ApplicationScoped
class Expiry {
  /** Several rounds fit into the minute in which a key must be gone. */
  private static final Duration REST = Duration.ofSeconds(15);

  private static final int BATCH = 100;

  private final Transactions transactions;
  private final ConsentSteps steps;
  private final String schedulerMode;
  private final Sweep sweep = new Sweep("consent-expiry", REST, BATCH, this::pass);

  Expiry(
      Transactions transactions,
      ConsentSteps steps,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.transactions = transactions;
    this.steps = steps;
    this.schedulerMode = schedulerMode;
  }

  void begin(@Observes StartupEvent event) {
    sweep.begin(schedulerMode);
  }

  void end(@Observes ShutdownEvent event) throws InterruptedException {
    sweep.end();
  }

  /**
   * Ends what is over, pauses what was not confirmed in time, and reminds holders of what is due,
   * of every tenant; returns how many consents that were.
   */
  int pass() {
    return each(ConsentStore::over, steps::expire)
        + each(ConsentStore::unconfirmed, steps::lapse)
        + each(ConsentStore::unreminded, steps::remind);
  }

  private int each(Look look, Step step) {
    List<ConsentStore.Due> due = transactions.asSequencer(tx -> look.at(tx, BATCH));
    return sweep.each(
        due, one -> transactions.as(one.tenant(), tx -> step.take(tx, one.consent())));
  }

  @FunctionalInterface
  private interface Look {
    List<ConsentStore.Due> at(SequencerTx tx, int limit) throws SQLException;
  }

  @FunctionalInterface
  private interface Step {
    boolean take(TenantTx tx, PublicIds.Keyed consent) throws SQLException;
  }
}
