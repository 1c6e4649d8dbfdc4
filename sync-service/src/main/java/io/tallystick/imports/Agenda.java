package io.tallystick.imports;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.tallystick.kernel.Pace;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Date;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
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
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(key(batch))
            .forJob(job)
            .startAt(Date.from(pace.instant()))
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
