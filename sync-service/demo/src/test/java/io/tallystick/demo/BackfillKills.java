package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.SandboxSettings;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills the service many times in one long first sync, at moments that nothing chose, and compares
 * what is there in the end with a sync of the same account that nobody killed.
 */
final class BackfillKills {
  private static final Duration TO_FINISH = Duration.ofMinutes(10);
  private static final int FILLS = 10_000;

  /** Milliseconds to each answer, so that the pages outlast the kills. */
  private static final long SLOW = 250;

  private static final int DAYS = 300;

  /** How far each part was read, and whether to its end. */
  private static final String COVERAGE =
      """
      select stream, partition, drained_at is not null from tallystick.bookmark
      order by stream, partition
      """;

  private BackfillKills() {}

  static void during(int kills, long seed) throws Exception {
    Random random = new Random(seed);
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
        DataFolder calm = DataFolder.create()) {
      ApiKey key =
          sandbox.addKey(
              sandbox.addAccount(
                  new AccountPlan("long", seed, 60, 0, 0, FILLS, 10, 8, 40, 2, DAYS, Variety.NONE)),
              KeyGrant.hmac());
      List<String> undisturbed = undisturbed(calm, sandbox, key);
      sandbox.faults().next(Integer.MAX_VALUE, "", new Fault.Slow(SLOW));
      try (DataFolder data = calm.sibling()) {
        assertEquals(undisturbed, killed(data, sandbox, key, kills, random));
      }
      assertEquals(0, sandbox.calls().earnedRefusals());
    }
  }

  private static List<String> undisturbed(DataFolder data, Sandbox sandbox, ApiKey key)
      throws Exception {
    try (ServiceProcess service = start(data, sandbox)) {
      String connection = service.api("demo-owner").connect(key, Api.TRADING);
      List<String> end = end(service, data, connection);
      assertEquals(0, service.stop(Duration.ofSeconds(20)));
      return end;
    }
  }

  private static List<String> killed(
      DataFolder data, Sandbox sandbox, ApiKey key, int kills, Random random) throws Exception {
    ServiceProcess service = start(data, sandbox);
    try {
      String connection = service.api("demo-owner").connect(key, Api.TRADING);
      int inMidRun = 0;
      for (int kill = 0; kill < kills; kill++) {
        TimeUnit.MILLISECONDS.sleep(random.nextLong(2_000));
        boolean over =
            service.api("demo-owner").runs(connection).stream()
                .anyMatch(run -> run.path("state").asText().equals("finished"));
        inMidRun += over ? 0 : 1;
        service.kill();
        service.close();
        service = start(data, sandbox);
      }
      System.out.printf("backfill (real time): %d kills, %d in mid-run%n", kills, inMidRun);
      assertTrue(inMidRun * 10 >= kills * 9, "kills in mid-run " + inMidRun);
      sandbox.faults().clear();
      List<String> end = end(service, data, connection);
      assertEquals(0, service.stop(Duration.ofSeconds(20)));
      return end;
    } finally {
      service.close();
    }
  }

  private static ServiceProcess start(DataFolder data, Sandbox sandbox) throws Exception {
    return ServiceProcess.service(data.path(), sandbox.baseUrl().toString()).begin().awaitReady();
  }

  private static List<String> end(ServiceProcess service, DataFolder data, String connection)
      throws Exception {
    Api owner = service.api("demo-owner");
    owner.awaitFinished(connection, 0, TO_FINISH);
    List<String> end = new ArrayList<>();
    end.add(owner.ledgerHash(connection));
    end.addAll(data.rows(DemoRun.EVENTS));
    end.addAll(data.rows(DemoRun.GAPS));
    end.addAll(data.rows(COVERAGE));
    System.out.println("backfill: " + data.rows("select count(*) from tallystick.evidence"));
    return end;
  }
}
