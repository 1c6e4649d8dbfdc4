package io.tallystick.connection;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.tenancy.Sweep;
import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Destroys keys whose time is over: former ones after their overlap, pairs that nobody took up, and
 * the key of a holder's credentials where whoever ended them did not come to that. It looks for
 * them, in each process, so that no alarm has to be kept and none can be lost.
 */
@ApplicationScoped
class KeySweep {
  private static final Duration REST = Duration.ofSeconds(15);
  private static final int BATCH = 200;

  private final Transactions transactions;
  private final Offers offers;
  private final KeyOverlap overlaps;
  private final HolderKeys keys;
  private final String schedulerMode;
  private final Sweep sweep = new Sweep("key-sweep", REST, BATCH, this::pass);

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
    this.schedulerMode = schedulerMode;
  }

  void begin(@Observes StartupEvent event) {
    sweep.begin(schedulerMode);
  }

  void end(@Observes ShutdownEvent event) throws InterruptedException {
    sweep.end();
  }

  /** Destroys what is over, of every tenant; returns of how many holders something was ended. */
  int pass() {
    List<ConnectionStore.Over> over =
        transactions.asSequencer(tx -> ConnectionStore.over(tx, BATCH));
    return sweep.each(over, this::end);
  }

  private boolean end(ConnectionStore.Over one) {
    long tenant = one.tenant();
    long holder = one.holder();
    Instant by = transactions.as(tenant, tx -> overlaps.end(tx, holder));
    transactions.as(tenant, tx -> offers.expireOffers(tx, holder));
    keys.destroyIfUnused(tenant, holder);
    transactions.as(tenant, tx -> overlaps.forget(tx, holder, by));
    return true;
  }
}
