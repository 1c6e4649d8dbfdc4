package io.tallystick.retention;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Rounds;
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
  private final boolean enabled;
  private final Rounds rounds = new Rounds("key-rotation", this::round);

  KeyRotation(
      Seals seals,
      Pace pace,
      VaultSettings settings,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.seals = seals;
    this.pace = pace;
    this.age = settings.rotateKeysAfter();
    // A command beside the service changes nothing.
    this.enabled = age.isPositive() && !schedulerMode.equals("halted");
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
      int rotated = seals.rotate(pace.instant().minus(age));
      if (rotated > 0) {
        LOG.infof("keys rotated=%d", rotated);
      }
    } catch (RuntimeException e) {
      // What was rotated stays so; the next round goes on with the others.
      LOG.warnf("key.rotation fails and goes on trying: %s", e.getClass().getSimpleName());
    }
    return REST;
  }
}
