package io.tallystick.imports;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;

/** How many files a process works on at once. */
class ImportJobTest {
  private static final int CAP = 16;

  /** Work that is under way until the test lets it end; some of it fails then. */
  private static final class Held extends Imports {
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger under = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @SuppressWarnings("NullAway")
    private Held() {
      super(null, null, null, null, null, null);
    }

    @Override
    void run(long tenant, long holder, UUID id) {
      int which = begun.incrementAndGet();
      most.accumulateAndGet(under.incrementAndGet(), Math::max);
      try {
        end.await();
        if (which % 3 == 0) {
          throw new IllegalStateException("planted");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        under.decrementAndGet();
      }
    }
  }

  /** Counts what is to be tried again. */
  private static final class Counted extends Agenda {
    private final AtomicInteger again = new AtomicInteger();

    @SuppressWarnings("NullAway")
    private Counted() {
      super(null, null);
    }

    @Override
    void again(JobKey job, JobDataMap data) {
      again.incrementAndGet();
    }
  }

  @Test
  void filesAreWorkedOnByAFewAtOnceAndWhatFailsMakesRoomToo() throws InterruptedException {
    Held held = new Held();
    Counted agenda = new Counted();
    List<Thread> jobs = new ArrayList<>();
    for (int i = 0; i < 3 * CAP; i++) {
      ImportJob job = new ImportJob();
      job.imports = held;
      job.agenda = agenda;
      jobs.add(Thread.ofVirtual().start(() -> job.execute(context())));
    }
    await().until(() -> held.begun.get() == CAP);
    await().until(() -> jobs.stream().allMatch(job -> job.getState() == Thread.State.WAITING));
    assertEquals(CAP, held.begun.get(), "the others wait");
    held.end.countDown();
    for (Thread job : jobs) {
      job.join(10_000);
      assertTrue(!job.isAlive(), "one was never let in");
    }
    assertEquals(3 * CAP, held.begun.get());
    assertTrue(held.most.get() <= CAP, "at once: " + held.most.get());
    assertEquals(CAP, agenda.again.get());
  }

  private static JobExecutionContext context() {
    JobDataMap data =
        new JobDataMap(Map.of("tenant", "1", "holder", "2", "batch", new UUID(3, 4).toString()));
    return (JobExecutionContext)
        Proxy.newProxyInstance(
            ImportJobTest.class.getClassLoader(),
            new Class<?>[] {JobExecutionContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getMergedJobDataMap" -> data;
                  case "getJobDetail" ->
                      JobBuilder.newJob(ImportJob.class).withIdentity("one").build();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
