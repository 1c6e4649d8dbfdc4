package io.tallystick.sync;

import io.tallystick.connection.ConnectionReady;
import io.tallystick.connection.Link;
import io.tallystick.kernel.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.Date;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

/**
 * Says when which connection is synced: a durable Quartz job each, fired by whichever node is free.
 * It only starts work; the lease decides who may commit.
 */
@ApplicationScoped
class Schedule {
  private final Scheduler scheduler;
  private final SyncSettings settings;

  private final Pace pace;

  Schedule(Scheduler scheduler, SyncSettings settings, Pace pace) {
    this.scheduler = scheduler;
    this.settings = settings;
    this.pace = pace;
  }

  /** Begins the schedule of a connection that is ready: now, then at every interval. */
  void ready(@Observes ConnectionReady event) {
    Link link = event.link();
    JobDetail job =
        JobBuilder.newJob(SyncJob.class)
            .withIdentity(key(link))
            .usingJobData("tenant", Long.toString(link.tenant()))
            .usingJobData("holder", Long.toString(link.holder()))
            .usingJobData("connection", Long.toString(link.id()))
            .storeDurably()
            .requestRecovery(true)
            .build();
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity("regular/" + key(link).getName(), "sync")
            .forJob(job)
            .startNow()
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withIntervalInMilliseconds(settings.interval().toMillis())
                    .repeatForever()
                    .withMisfireHandlingInstructionNextWithRemainingCount())
            .build();
    try {
      scheduler.addJob(job, true);
      if (!scheduler.checkExists(trigger.getKey())) {
        scheduler.scheduleJob(trigger);
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException("the sync schedule could not be written", e);
    }
  }

  /** Runs the connection once more, as soon as a worker is free. */
  void now(Link link) {
    // A start in the past would be a misfire, which Quartz looks for only once a minute.
    once(link, pace.instant(), "manual");
  }

  /** Runs the connection once more at this time. */
  void once(Link link, Instant at) {
    once(link, at, "schedule");
  }

  private void once(Link link, Instant at, String why) {
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity("once/" + key(link).getName(), "sync")
            .forJob(key(link))
            .usingJobData("trigger", why)
            .startAt(Date.from(at))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
            .build();
    try {
      if (scheduler.checkExists(trigger.getKey())) {
        scheduler.rescheduleJob(trigger.getKey(), trigger);
      } else {
        scheduler.scheduleJob(trigger);
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException("the sync schedule could not be written", e);
    }
  }

  private static JobKey key(Link link) {
    return new JobKey(link.tenant() + "/" + link.holder() + "/" + link.id(), "sync");
  }
}
