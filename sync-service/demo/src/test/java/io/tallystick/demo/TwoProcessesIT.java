package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.DemoAccount;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.fault.Fault;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two service processes on one database and one key store: either may die in mid-run. */
class TwoProcessesIT {
  private static final Duration TO_TAKE_OVER = Duration.ofSeconds(60);
  private static final Duration TO_FINISH = Duration.ofMinutes(5);

  /** Milliseconds to each answer, so that a run outlives the start of a process many times. */
  private static final long SLOW = 400;

  private final Random random = new Random(Long.getLong("tallystick.seed", 1));

  @Test
  @Tag("long")
  @DisplayName("F13 F15 whichever of two processes is killed in mid-run, the other takes over")
  void theOtherTakesOverEachOfTenTimes() throws Exception {
    takenOver(10);
  }

  private void takenOver(int kills) throws Exception {
    DemoRun undisturbed = DemoRun.synced();
    ExternalServer server = ExternalServer.start();
    List<ServiceProcess> two = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.start(DemoStart.shared().exchange());
        DataFolder data = DemoStart.shared().sibling()) {
      server.database("two");
      for (int i = 0; i < 2; i++) {
        two.add(start(server, data, sandbox));
      }
      sandbox.faults().next(Integer.MAX_VALUE, "", new Fault.Slow(SLOW));
      long begun = sandbox.calls().next();
      String connection = two.getFirst().api("demo-owner").connect(DemoAccount.READ_ONLY);
      long step = undisturbed.calls * 8 / 10 / kills;
      for (int kill = 1; kill <= kills; kill++) {
        awaitCall(sandbox, begun + step * kill);
        TimeUnit.MILLISECONDS.sleep(random.nextLong(120));
        killWhoReads(two, sandbox, kill);
        two.add(start(server, data, sandbox));
      }
      Api owner = two.getFirst().api("demo-owner");
      JsonNode run = finished(owner, connection);
      assertEquals("finished", run.path("state").asText(), run.toString());
      assertEquals(undisturbed.hash, owner.ledgerHash(connection));
      assertEquals(0, sandbox.calls().earnedRefusals(), "the budget holds in sum");
      try (Connection admin = server.admin("two")) {
        assertEquals(undisturbed.gaps, DataFolder.rows(admin, DemoRun.GAPS));
      }
    } finally {
      two.forEach(ServiceProcess::close);
      server.stop();
    }
  }

  private static void killWhoReads(List<ServiceProcess> two, Sandbox sandbox, int kill)
      throws Exception {
    ServiceProcess reading = reader(two);
    reading.kill();
    two.remove(reading);
    reading.close();
    Instant killed = Instant.now();
    long seen = sandbox.calls().next();
    Awaitility.await("the other goes on")
        .atMost(TO_TAKE_OVER)
        .pollInterval(Duration.ofMillis(50))
        .until(() ->
            sandbox.calls().since(seen).stream()
                .anyMatch(call -> !call.path().equals("/api/v3/time")));
    Duration idle = Duration.between(killed, Instant.now());
    System.out.printf("two processes (real time): kill %d, taken over after %s%n", kill, idle);
    assertTrue(idle.compareTo(TO_TAKE_OVER) <= 0, idle.toString());
  }

  /** Whoever sends requests, once the venue's limits let it; both tell each of theirs. */
  private static ServiceProcess reader(List<ServiceProcess> two) {
    List<Long> before = two.stream().map(TwoProcessesIT::requests).toList();
    return Awaitility.await("one of the two is reading")
        .atMost(TO_FINISH)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              for (int i = 0; i < two.size(); i++) {
                if (requests(two.get(i)) > before.get(i)) {
                  return two.get(i);
                }
              }
              return null;
            },
            found -> found != null);
  }

  private static long requests(ServiceProcess process) {
    return process
        .output()
        .lines()
        .filter(line -> line.contains(" path=") && !line.contains(" path=/api/v3/time "))
        .count();
  }

  private static JsonNode finished(Api owner, String connection) {
    return Awaitility.await("the connection is synced")
        .atMost(TO_FINISH)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> owner.runs(connection).getFirst(),
            run -> run.path("state").asText().equals("finished"));
  }

  private static ServiceProcess start(ExternalServer server, DataFolder data, Sandbox sandbox)
      throws IOException {
    return ServiceProcess.service(data.path(), sandbox.baseUrl().toString())
        .with("QUARKUS_DATASOURCE_JDBC_URL", server.urlWithLogin("two"))
        .begin()
        .awaitReady();
  }

  private static void awaitCall(Sandbox sandbox, long index) {
    Awaitility.await("call " + index)
        .atMost(TO_FINISH)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> sandbox.calls().next() >= index);
  }
}
