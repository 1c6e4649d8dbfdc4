package io.tallystick.sync;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.connection.ConnectionMade;
import io.tallystick.connection.ConnectionReady;
import io.tallystick.connection.Link;
import io.tallystick.kernel.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * Says when which connection is synced: a durable Quartz job each, fired by whichever node is free.
 * It only starts work; the lease decides who may commit.
 */
@ApplicationScoped
class Schedule {
  private static final Logger LOG = Logger.getLogger(Schedule.class);

  private final Scheduler scheduler;
  private final SyncSettings settings;
  private final Pace pace;
  private final Outages outages;
  private final String schedulerMode;

  Schedule(
      Scheduler scheduler,
      SyncSettings settings,
      Pace pace,
      Outages outages,
      @ConfigProperty(name = "quarkus.scheduler.start-mode", defaultValue = "normal")
          String schedulerMode) {
    this.scheduler = scheduler;
    this.settings = settings;
    this.pace = pace;
    this.outages = outages;
    this.schedulerMode = schedulerMode;
  }

  /**
   * Writes the schedule of a new connection in the transaction that makes it: a process that dies
   * right after it leaves no connection that nobody would ever read.
   */
  void made(@Observes ConnectionMade event) {
    write(() -> begin(event.link()));
  }

  // The thread that just committed cannot open a transaction yet, and the store may want one.
  void afterMade(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConnectionMade event) {
    Thread.ofVirtual().name("first-run").start(() -> look(event.link()));
  }

  /** A connection can be read again: its next run need not wait for the interval. */
  void ready(@Observes ConnectionReady event) {
    Link link = event.link();
    write(() -> {
      begin(link);
      once(link, pace.instant(), "schedule");
    });
    look(link);
  }

  /** The connections for which runs are planned. */
  List<News.Planned> planned() {
    try {
      return scheduler.getJobKeys(GroupMatcher.jobGroupEquals("sync")).stream()
          .map(Schedule::planned)
          .toList();
    } catch (SchedulerException e) {
      throw new IllegalStateException("the sync schedule could not be read", e);
    }
  }

  private static News.Planned planned(JobKey key) {
    String[] ids = key.getName().split("/", 3);
    return new News.Planned(Long.parseLong(ids[0]), Long.parseLong(ids[1]), Long.parseLong(ids[2]));
  }

  private void begin(Link link) throws SchedulerException {
    job(link);
    if (!scheduler.checkExists(regular(link))) {
      scheduler.scheduleJob(every(regular(link), key(link), pace.instant()));
    }
  }

  private Trigger every(TriggerKey name, JobKey job, Instant first) {
    return TriggerBuilder.newTrigger()
        .withIdentity(name)
        .forJob(job)
        .startAt(Date.from(first))
        .withSchedule(
            SimpleScheduleBuilder.simpleSchedule()
                .withIntervalInMilliseconds(settings.interval().toMillis())
                .repeatForever()
                .withMisfireHandlingInstructionNextWithRemainingCount())
        .build();
  }

  // A process that only runs a command beside the service plans nothing.
  void begin(@Observes StartupEvent event) {
    if (!schedulerMode.equals("halted")) {
      Thread.ofVirtual()
          .name("schedule")
          .start(() -> {
            try {
              outages.outlast(this::follow);
            } catch (RuntimeException e) {
              LOG.error("sync.schedule could not be brought to the interval that is set", e);
            }
          });
    }
  }

  /**
   * Has connections that were made under another interval read as often as the setting says now;
   * none waits longer than that for its next run.
   */
  void follow() {
    try {
      for (TriggerKey name : scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals("sync"))) {
        if (scheduler.getTrigger(name) instanceof SimpleTrigger old
            && old.getRepeatCount() == SimpleTrigger.REPEAT_INDEFINITELY
            && old.getRepeatInterval() != settings.interval().toMillis()) {
          Instant latest = pace.instant().plus(settings.interval());
          Date next = old.getNextFireTime();
          boolean soon = next != null && next.toInstant().isBefore(latest);
          Trigger anew = every(name, old.getJobKey(), soon ? next.toInstant() : latest);
          write(() -> scheduler.rescheduleJob(name, anew));
        }
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException("the sync schedule could not be read", e);
    }
  }

  private void job(Link link) throws SchedulerException {
    JobDetail job =
        JobBuilder.newJob(SyncJob.class)
            .withIdentity(key(link))
            .usingJobData("tenant", Long.toString(link.tenant()))
            .usingJobData("holder", Long.toString(link.holder()))
            .usingJobData("connection", Long.toString(link.id()))
            .storeDurably()
            .requestRecovery(true)
            .build();
    scheduler.addJob(job, true);
  }

  /** Runs the connection once more, as soon as a worker is free. */
  void now(Link link) {
    // A start in the past would be a misfire, which Quartz looks for only now and then.
    write(() -> {
      begin(link);
      once(link, pace.instant(), "manual");
    });
    look(link);
  }

  /** Runs the connection once more at this time. */
  void once(Link link, Instant at) {
    write(() -> once(link, at, "schedule"));
    look(link);
  }

  /**
   * The same for who heard of something, unless runs are no longer planned for it. A run that
   * others asked for stays as it is: it may begin too early to read of this.
   */
  void readOn(Link link, Instant at) {
    write(() -> {
      if (scheduler.checkExists(key(link))) {
        trigger(link, "news/", at, "news");
      }
    });
    look(link);
  }

  private void once(Link link, Instant at, String why) throws SchedulerException {
    trigger(link, "once/", at, why);
  }

  private void trigger(Link link, String name, Instant at, String why) throws SchedulerException {
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(name + key(link).getName(), "sync")
            .forJob(key(link))
            .usingJobData("trigger", why)
            .startAt(Date.from(at))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
            .build();
    if (scheduler.checkExists(trigger.getKey())) {
      scheduler.rescheduleJob(trigger.getKey(), trigger);
    } else {
      scheduler.scheduleJob(trigger);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws SchedulerException;
  }

  // Quartz leaves commits to the container: without a transaction around them, the statements of
  // one call would be kept one by one.
  private static void write(Writing writing) {
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          try {
            writing.run();
          } catch (SchedulerException e) {
            throw new IllegalStateException("the sync schedule could not be written", e);
          }
        });
  }

  // The scheduler is told to look when a trigger is written, which is before others can see it; it
  // would look again only after half a minute. Resuming what does not rest is a mere nudge.
  private void look(Link link) {
    try {
      scheduler.resumeTrigger(regular(link));
    } catch (SchedulerException e) {
      throw new IllegalStateException("the scheduler could not be woken", e);
    }
  }

  private static TriggerKey regular(Link link) {
    return new TriggerKey("regular/" + key(link).getName(), "sync");
  }

  private static JobKey key(Link link) {
    return new JobKey(link.tenant() + "/" + link.holder() + "/" + link.id(), "sync");
  }
}
