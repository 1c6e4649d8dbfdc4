package io.tallystick.boot;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.quartz.spi.ThreadPool;

/**
 * The threads of scheduled work: a virtual one for each job under way. A run that waits for a
 * venue's budget costs next to nothing, and none must keep others from waiting beside it: the
 * budget alone says whose turn it is.
 */
public final class Workers implements ThreadPool {
  private static final long LOOK_MILLIS = 500;

  private final Semaphore free = new Semaphore(0);
  private final Thread.Builder threads = Thread.ofVirtual().name("worker-", 0);
  private volatile boolean stopping;
  private int count = 1;
  private ClassLoader loader = Workers.class.getClassLoader();

  /** Made by the scheduler, from its name. */
  public Workers() {}

  /** How many jobs may be under way at once. */
  public void setThreadCount(int most) {
    count = most;
  }

  /** Virtual threads have no priorities. */
  public void setThreadPriority(int ignored) {}

  @Override
  public void initialize() {
    loader = Thread.currentThread().getContextClassLoader();
    free.release(count);
  }

  /**
   * Runs the job as soon as there is room; while the scheduler stops, at once and beside the
   * others: one that is turned away would be taken for broken, and never be run again.
   */
  @Override
  public boolean runInThread(Runnable job) {
    boolean counted = acquired();
    threads.start(() -> {
      Thread.currentThread().setContextClassLoader(loader);
      try {
        job.run();
      } finally {
        free.release(counted ? 1 : 0);
      }
    });
    return true;
  }

  @Override
  public int blockForAvailableThreads() {
    if (!acquired()) {
      return 0;
    }
    free.release();
    return free.availablePermits();
  }

  /** Waits until one is free; false when none will be any more. */
  private boolean acquired() {
    try {
      while (!stopping) {
        if (free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  @Override
  public void shutdown(boolean waitForJobs) {
    stopping = true;
    if (waitForJobs) {
      free.acquireUninterruptibly(count);
      free.release(count);
    }
  }

  @Override
  public int getPoolSize() {
    return count;
  }

  @Override
  public void setInstanceId(String id) {}

  @Override
  public void setInstanceName(String name) {}
}
