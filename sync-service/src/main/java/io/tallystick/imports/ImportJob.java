package io.tallystick.imports;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.UUID;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;

/** Works on one batch. Quartz recovers it on another node when this one dies. */
@DisallowConcurrentExecution
public class ImportJob implements Job {
  @Inject Imports imports;

  @Override
  public void execute(JobExecutionContext context) throws JobExecutionException {
    JobDataMap data = context.getMergedJobDataMap();
    try {
      imports.run(
          Long.parseLong(data.getString("tenant")),
          Long.parseLong(data.getString("holder")),
          UUID.fromString(data.getString("batch")));
    } catch (IOException e) {
      throw new JobExecutionException("the disk failed while an import was read", e, false);
    }
  }
}
