package io.tallystick.connection;

import io.tallystick.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Date;
import org.jboss.logging.Logger;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;

/**
 * Rings when a waiting key pair has lived its day, or a former key its overlap, on whichever
 * process is up then. What lost its alarm is refused all the same, and destroyed when its holder's
 * offers or keys are next touched.
 */
@ApplicationScoped
class OfferAlarm {
  private static final Logger LOG = Logger.getLogger(OfferAlarm.class);

  /** The group of the alarms among the jobs. */
  static final String GROUP = "key-offers";

  private static final String TENANT = "tenant";
  private static final String HOLDER = "holder";

  private final Scheduler scheduler;

  OfferAlarm(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void set(long tenant, long holder, Instant at) {
    // The job looks at the clock itself: a second later it finds the pair expired.
    Date when = Date.from(at.plusSeconds(1));
    String name = tenant + "/" + holder + "/" + at;
    JobDetail job =
        JobBuilder.newJob(Ring.class)
            .withIdentity(name, GROUP)
            .usingJobData(TENANT, Long.toString(tenant))
            .usingJobData(HOLDER, Long.toString(holder))
            .requestRecovery()
            .build();
    try {
      scheduler.scheduleJob(
          job, TriggerBuilder.newTrigger().withIdentity(name, GROUP).startAt(when).build());
    } catch (SchedulerException e) {
      LOG.warnf(
          "the alarm of a key offer or overlap could not be set: %s", e.getClass().getSimpleName());
    }
  }

  /** Destroys what has expired, and the holder's key when nothing is sealed with it any more. */
  @ApplicationScoped
  static class Ring implements Job {
    private final Transactions transactions;
    private final Offers offers;
    private final KeyOverlap overlaps;
    private final HolderKeys keys;

    Ring(Transactions transactions, Offers offers, KeyOverlap overlaps, HolderKeys keys) {
      this.transactions = transactions;
      this.offers = offers;
      this.overlaps = overlaps;
      this.keys = keys;
    }

    @Override
    public void execute(JobExecutionContext context) {
      long tenant = Long.parseLong(context.getMergedJobDataMap().getString(TENANT));
      long holder = Long.parseLong(context.getMergedJobDataMap().getString(HOLDER));
      int expired = transactions.as(tenant, tx -> offers.expireOffers(tx, holder));
      transactions.as(tenant, tx -> overlaps.end(tx, holder));
      if (expired > 0) {
        keys.destroyIfUnused(tenant, holder);
      }
    }
  }
}
