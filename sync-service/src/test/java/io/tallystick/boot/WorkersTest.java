package io.tallystick.boot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class WorkersTest {
  private static final String GROUP = "workers-test";
  private static final int MANY = 600;
  private static final CountDownLatch BEGUN = new CountDownLatch(MANY + 1);
  private static final CountDownLatch MAY_END = new CountDownLatch(1);
  private static final AtomicInteger ON_PLATFORM_THREADS = new AtomicInteger();

  @Inject Scheduler scheduler;

  /** Waits, as a run does whose venue said: not before tomorrow. */
  public static final class Waiting implements Job {
    /** Made by the scheduler. */
    public Waiting() {}

    @Override
    public void execute(JobExecutionContext context) {
      ON_PLATFORM_THREADS.addAndGet(Thread.currentThread().isVirtual() ? 0 : 1);
      BEGUN.countDown();
      try {
        MAY_END.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void whoComesAfterManyThatWaitBeginsAllTheSame() throws Exception {
    try {
      QuarkusTransaction.requiringNew().run(this::begin);
      // Told when the triggers were written, the scheduler could not see them yet.
      scheduler.resumeTrigger(new TriggerKey("w0", GROUP));
      assertTrue(
          BEGUN.await(60, TimeUnit.SECONDS), "still not begun: " + BEGUN.getCount() + " jobs");
      assertTrue(ON_PLATFORM_THREADS.get() == 0, "a wait costs a thread of the system");
    } finally {
      MAY_END.countDown();
    }
  }

  @Test
  void aJobThatComesWhileTheSchedulerStopsIsNotTurnedAway() throws Exception {
    Workers workers = new Workers();
    workers.setThreadCount(1);
    workers.initialize();
    CountDownLatch run = new CountDownLatch(1);
    workers.shutdown(true);
    assertTrue(workers.runInThread(run::countDown), "its trigger would be taken for broken");
    assertTrue(run.await(20, TimeUnit.SECONDS));
  }

  private void begin() {
    try {
      for (int i = 0; i <= MANY; i++) {
        scheduler.scheduleJob(
            JobBuilder.newJob(Waiting.class).withIdentity("w" + i, GROUP).build(),
            TriggerBuilder.newTrigger().withIdentity("w" + i, GROUP).build());
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException(e);
    }
  }
}
