package io.tallystick.sync;

import jakarta.inject.Inject;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;

/** Starts a run of one connection. Quartz recovers it on another node when this one dies. */
@DisallowConcurrentExecution
public class SyncJob implements Job {
  @Inject Engine engine;

  @Override
  public void execute(JobExecutionContext context) {
    JobDataMap data = context.getMergedJobDataMap();
    boolean recovers = context.isRecovering();
    String regular = context.getPreviousFireTime() == null && !recovers ? "connect" : "schedule";
    engine.run(
        Long.parseLong(data.getString("tenant")),
        Long.parseLong(data.getString("holder")),
        Long.parseLong(data.getString("connection")),
        data.containsKey("trigger") ? data.getString("trigger") : regular,
        recovers);
  }
}
