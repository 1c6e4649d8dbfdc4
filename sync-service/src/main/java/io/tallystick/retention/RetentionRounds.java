package io.tallystick.retention;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Sweep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Enforces retention, once an hour: periods are counted in days and years. */
@ApplicationScoped
class RetentionRounds {
  private static final Duration REST = Duration.ofHours(1);
  private static final Logger LOG = Logger.getLogger(RetentionRounds.class);

  private final Retention retention;
  private final Pace pace;
  private final boolean enforce;
  private final String schedulerMode;
  private final Sweep sweep = new Sweep("retention", REST, this::pass);

  RetentionRounds(
      Retention retention,
      Pace pace,
      RetentionSettings settings,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.retention = retention;
    this.pace = pace;
    this.enforce = settings.enforce();
    this.schedulerMode = schedulerMode;
  }

  void begin(@Observes StartupEvent event) {
    if (enforce) {
      sweep.begin(schedulerMode);
    }
  }

  void end(@Observes ShutdownEvent event) throws InterruptedException {
    sweep.end();
  }

  private int pass() {
    int erased = retention.pass(pace.instant());
    if (erased > 0) {
      LOG.infof("retention classes_erased=%d", erased);
    }
    return erased;
  }
}
