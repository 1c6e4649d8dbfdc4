package io.tallystick.imports;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.tallystick.kernel.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/**
 * What workers are to do: a Quartz job for each batch under way, done by whichever node is free and
 * given to another when that one dies.
 */
@ApplicationScoped
class Agenda {
  private static final String GROUP = "imports";
  private static final String FAILURES = "failures";
  private static final Duration PAUSE = Duration.ofSeconds(30);
  // An hour and four minutes at most between two tries, and six hours of them.
  private static final int DOUBLINGS = 7;
  private static final int TRIES = 12;

  private final Scheduler scheduler;
  private final Pace pace;

  Agenda(Scheduler scheduler, Pace pace) {
    this.scheduler = scheduler;
    this.pace = pace;
  }

  /** Adds the work of a batch, in the transaction that makes it due; nothing when there is none. */
  void add(Batch batch) {
    if (!batch.isUnderWay()) {
      return;
    }
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          try {
            write(batch);
          } catch (SchedulerException e) {
            throw new IllegalStateException("the work of an import could not be scheduled", e);
          }
        });
  }

  private void write(Batch batch) throws SchedulerException {
    JobDetail job =
        JobBuilder.newJob(ImportJob.class)
            .withIdentity(name(batch), GROUP)
            .usingJobData("tenant", Long.toString(batch.link().tenant()))
            .usingJobData("holder", Long.toString(batch.link().holder()))
            .usingJobData("batch", batch.id().toString())
            .storeDurably()
            .requestRecovery(true)
            .build();
    scheduler.addJob(job, true);
    schedule(job.getKey(), pace.instant(), 0);
  }

  /**
   * Has a job that failed done once more, later each time; after some hours it is left to whoever
   * asks for it again.
   *
   * @param data what it was started with
   */
  void again(JobKey job, JobDataMap data) {
    int failures = data.containsKey(FAILURES) ? Integer.parseInt(data.getString(FAILURES)) + 1 : 1;
    if (failures > TRIES) {
      return;
    }
    Duration pause = PAUSE.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          try {
            schedule(job, pace.instant().plus(pause), failures);
          } catch (SchedulerException e) {
            throw new IllegalStateException("the work of an import could not be scheduled", e);
          }
        });
  }

  private void schedule(JobKey job, Instant at, int failures) throws SchedulerException {
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(job.getName(), GROUP)
            .forJob(job)
            .usingJobData(FAILURES, Integer.toString(failures))
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

  /** Wakes the scheduler once the work can be seen: it was told before that, and saw nothing. */
  void look(Batch batch) {
    try {
      scheduler.resumeTrigger(key(batch));
    } catch (SchedulerException e) {
      throw new IllegalStateException("the scheduler could not be woken", e);
    }
  }

  private static TriggerKey key(Batch batch) {
    return new TriggerKey(name(batch), GROUP);
  }

  private static String name(Batch batch) {
    return batch.link().tenant() + "/" + batch.link().holder() + "/" + batch.id();
  }
}
