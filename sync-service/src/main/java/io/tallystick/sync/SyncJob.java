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
    String trigger = data.containsKey("trigger") ? data.getString("trigger") : "schedule";
    boolean recovers = context.isRecovering();
    boolean first = context.getPreviousFireTime() == null && !recovers;
    engine.run(
        Long.parseLong(data.getString("tenant")),
        Long.parseLong(data.getString("holder")),
        Long.parseLong(data.getString("connection")),
        first && trigger.equals("schedule") ? "connect" : trigger,
        recovers);
  }
}
