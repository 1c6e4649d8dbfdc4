package io.tallystick.retention;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Rounds;
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
  private final boolean enabled;
  private final Rounds rounds = new Rounds("retention", this::round);

  RetentionRounds(
      Retention retention,
      Pace pace,
      RetentionSettings settings,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.retention = retention;
    this.pace = pace;
    // A command beside the service schedules nothing.
    this.enabled = settings.enforce() && !schedulerMode.equals("halted");
  }

  void begin(@Observes StartupEvent event) {
    if (enabled) {
      rounds.begin();
    }
  }

  void end(@Observes ShutdownEvent event) throws InterruptedException {
    rounds.end();
  }

  private Duration round() {
    try {
      int erased = retention.pass(pace.instant());
      if (erased > 0) {
        LOG.infof("retention classes_erased=%d", erased);
      }
    } catch (RuntimeException e) {
      // Nothing is lost by waiting; what was begun is finished at the next start or round.
      LOG.warnf("retention fails and goes on trying: %s", e.getClass().getSimpleName());
    }
    return REST;
  }
}
