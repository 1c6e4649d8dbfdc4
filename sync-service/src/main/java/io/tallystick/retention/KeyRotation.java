package io.tallystick.retention;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Sweep;
import io.tallystick.vault.Seals;
import io.tallystick.vault.VaultSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Gives keys that have sealed long enough a successor, in each process and while all of them work.
 * What a key sealed stays under it, for rows are never changed and the log holds their digests; so
 * former keys go with the class of their holder, and not before.
 */
@ApplicationScoped
class KeyRotation {
  private static final Duration REST = Duration.ofHours(24);
  private static final Logger LOG = Logger.getLogger(KeyRotation.class);

  private final Seals seals;
  private final Pace pace;
  private final Duration age;
  private final String schedulerMode;
  private final Sweep sweep = new Sweep("key-rotation", REST, this::pass);

  KeyRotation(
      Seals seals,
      Pace pace,
      VaultSettings settings,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.seals = seals;
    this.pace = pace;
    this.age = settings.rotateKeysAfter();
    this.schedulerMode = schedulerMode;
  }

  void begin(@Observes StartupEvent event) {
    if (age.isPositive()) {
      sweep.begin(schedulerMode);
    }
  }

  void end(@Observes ShutdownEvent event) throws InterruptedException {
    sweep.end();
  }

  private int pass() {
    int rotated = seals.rotate(pace.instant().minus(age));
    if (rotated > 0) {
      LOG.infof("keys rotated=%d", rotated);
    }
    return rotated;
  }
}
