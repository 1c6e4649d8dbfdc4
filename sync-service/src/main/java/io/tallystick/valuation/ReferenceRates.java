package io.tallystick.valuation;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.egress.Environments;
import io.tallystick.egress.Gateway;
import io.tallystick.egress.Outcome;
import io.tallystick.egress.Priority;
import io.tallystick.egress.Target;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Rounds;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Call;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Loads the reference rates of a central bank: all of them first and after a long rest, the latest
 * ones four times a day. Off unless an operator names the place to load them from. Goes the one way
 * out, without a credential; rates belong to nobody.
 */
@ApplicationScoped
class ReferenceRates {
  private static final String OFF = "off";
  private static final String BANK = "ecb";
  private static final Duration REST = Duration.ofHours(6);
  private static final Duration LATEST = Duration.ofDays(60);
  private static final Duration SOON = Duration.ofMinutes(10);
  private static final Logger LOG = Logger.getLogger(ReferenceRates.class);
  // Published prices are no tenant's; a transaction has one all the same.
  private static final long NOBODY = 0;

  private final Gateway gateway;
  private final Environments environments;
  private final Transactions transactions;
  private final Pace pace;
  private final String from;
  private final boolean enabled;
  private final Rounds rounds = new Rounds("reference-rates", this::round);

  ReferenceRates(
      Gateway gateway,
      Environments environments,
      Transactions transactions,
      Pace pace,
      @ConfigProperty(name = "tallystick.rates.from", defaultValue = OFF) String from,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.gateway = gateway;
    this.environments = environments;
    this.transactions = transactions;
    this.pace = pace;
    this.from = from;
    // A command beside the service schedules nothing.
    this.enabled = !from.equals(OFF) && !schedulerMode.equals("halted");
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
      return load(from) < 0 ? SOON : REST;
    } catch (RuntimeException e) {
      // What is missing stays missing, and is listed in every report that would need it.
      LOG.warnf("reference rates fail and are tried again: %s", e.getClass().getSimpleName());
      return SOON;
    }
  }

  /**
   * Loads what is not known yet from one of the bank's environments.
   *
   * @return how many rates were new; below zero when nothing came
   */
  int load(String environment) {
    Venue bank = environments.publisher(BANK).orElseThrow();
    if (environments.find(BANK, environment).isEmpty()) {
      LOG.warnf("reference rates cannot come from %s: no such place is set", environment);
      return -1;
    }
    String origin = Valuation.place(BANK, environment);
    Instant newest = transactions.find(NOBODY, tx -> PriceStore.newest(tx, origin));
    // The latest ones reach back ninety days: who was away for longer would keep a hole.
    boolean all = newest == null || newest.isBefore(pace.instant().minus(LATEST));
    Call call = Objects.requireNonNull(bank.ratesCall(all));
    Target target = Target.open(BANK, environment, Priority.BACKFILL);
    if (!(gateway.send(target, call) instanceof Outcome.Answered answered)) {
      LOG.warnf("reference rates did not come from %s", origin);
      return -1;
    }
    List<Quote> quotes =
        bank.rates(answered.answer()).stream()
            .filter(rate -> Prices.CURRENCIES.contains(rate.currency()))
            .map(rate -> quote(rate, origin))
            .toList();
    int fresh = transactions.as(NOBODY, tx -> PriceStore.publish(tx, quotes));
    LOG.infof("reference rates from=%s rates=%d new=%d", origin, quotes.size(), fresh);
    return fresh;
  }

  private static Quote quote(Venue.Rate rate, String origin) {
    Instant day = rate.day().atStartOfDay(ZoneOffset.UTC).toInstant();
    return new Quote(
        Quote.Source.RATES,
        "EUR",
        rate.currency(),
        day,
        day.plus(Duration.ofDays(1)),
        rate.perEuro(),
        origin);
  }
}
