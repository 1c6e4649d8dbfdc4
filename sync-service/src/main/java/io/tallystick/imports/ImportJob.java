package io.tallystick.imports;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;

/**
 * Works on one batch. Quartz recovers it on another node when this one dies, and what failed is
 * tried again after a while: a deadlock or a full disk must not leave a batch lying for ever.
 */
@DisallowConcurrentExecution
public class ImportJob implements Job {
  private static final Logger LOG = Logger.getLogger(ImportJob.class);

  /** A file that is worked on costs memory; runs, which mostly wait, may be many more. */
  private static final Semaphore AT_ONCE = new Semaphore(16);

  @Inject Imports imports;
  @Inject Agenda agenda;

  @Override
  public void execute(JobExecutionContext context) {
    JobDataMap data = context.getMergedJobDataMap();
    AT_ONCE.acquireUninterruptibly();
    try {
      imports.run(
          Long.parseLong(data.getString("tenant")),
          Long.parseLong(data.getString("holder")),
          UUID.fromString(data.getString("batch")));
    } catch (IOException | RuntimeException e) {
      LOG.errorf(e, "import failed batch=%s", data.getString("batch"));
      agenda.again(context.getJobDetail().getKey(), data);
    } finally {
      AT_ONCE.release();
    }
  }
}
