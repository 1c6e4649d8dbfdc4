package io.tallystick.connection;

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
 * Destroys keys whose time is over: former ones after their overlap, pairs that nobody took up. It
 * looks for them, in each process, so that no alarm has to be kept and none can be lost.
 */
@ApplicationScoped
class KeySweep {
  private static final Logger LOG = Logger.getLogger(KeySweep.class);
  private static final Duration REST = Duration.ofSeconds(15);
  private static final int BATCH = 200;

  private final Transactions transactions;
  private final Offers offers;
  private final KeyOverlap overlaps;
  private final HolderKeys keys;
  private final boolean enabled;
  private final Rounds rounds = new Rounds("key-sweep", this::round);

  KeySweep(
      Transactions transactions,
      Offers offers,
      KeyOverlap overlaps,
      HolderKeys keys,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.transactions = transactions;
    this.offers = offers;
    this.overlaps = overlaps;
    this.keys = keys;
    // A command beside the service sweeps nothing.
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

  /** Destroys what is over, of every tenant; returns of how many holders something was. */
  int pass() {
    List<ConnectionStore.Over> over =
        transactions.asSequencer(tx -> ConnectionStore.over(tx, BATCH));
    for (ConnectionStore.Over one : over) {
      try {
        end(one);
      } catch (RuntimeException e) {
        // One that cannot be swept must not keep the others waiting.
        trouble(e);
      }
    }
    return over.size();
  }

  private void end(ConnectionStore.Over one) {
    transactions.as(one.tenant(), tx -> overlaps.end(tx, one.holder()));
    if (transactions.as(one.tenant(), tx -> offers.expireOffers(tx, one.holder())) > 0) {
      keys.destroyIfUnused(one.tenant(), one.holder());
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

  private static void trouble(RuntimeException e) {
    LOG.warnf("connection.sweep fails and goes on trying: %s", e.getClass().getSimpleName());
  }
}
