package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.DemoAccount;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.exchange.Call;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Stops the service once, then kills it again and again, at random points of one first sync, and
 * lets it come back by itself; the last time its database is killed too. A point is a number of
 * calls at the venue and some milliseconds more, so that it falls before, into and after the commit
 * of a page. It runs on a host of other habits than the run that it is compared with.
 */
final class Kills {
  private static final Duration TO_COME_BACK = Duration.ofSeconds(60);
  private static final Duration TO_FINISH = Duration.ofMinutes(5);
  private static final long MOST_MILLIS = 120;

  /** Fewer calls than any first sync of the account takes. */
  private static final long CALLS = 400;

  private Kills() {}

  /** One first sync with one stop and so many kills. */
  static void duringAFirstSync(int kills, long seed) throws Exception {
    DemoStart start = DemoStart.shared();
    Random random = new Random(seed);
    try (Sandbox sandbox = Sandbox.start(start.exchange());
        DataFolder data = start.sibling()) {
      ServiceProcess service = start(data, sandbox);
      String connection = "";
      try {
        long begun = sandbox.calls().next();
        connection = service.api("demo-owner").connect(DemoAccount.READ_ONLY);
        List<Long> points = points(kills + 1, random);
        for (int i = 0; i <= kills; i++) {
          awaitCall(sandbox, begun + points.get(i));
          TimeUnit.MILLISECONDS.sleep(random.nextLong(MOST_MILLIS));
          Interruption interruption =
              i == 0 ? Interruption.STOP : i == kills ? Interruption.POWER : Interruption.KILL;
          Instant ended = Instant.now();
          ProcessHandle left = interrupt(service, data, interruption);
          long seen = sandbox.calls().next();
          service = start(data, sandbox);
          Instant up = Instant.now();
          if (interruption == Interruption.KILL) {
            assertEquals(left.pid(), data.server().orElseThrow().pid(), "it is taken over");
          }
          awaitSignedCall(sandbox, seen);
          Duration idle = Duration.between(up, Instant.now());
          System.out.printf(
              "%s after call %d, up again after %s, reading again %s later%n",
              interruption, seen - begun, Duration.between(ended, up), idle);
          assertTrue(idle.compareTo(TO_COME_BACK) <= 0, idle.toString());
        }
        Api owner = service.api("demo-owner");
        owner.awaitFinished(connection, 0, TO_FINISH);
        DemoRun undisturbed = DemoRun.synced();
        assertEquals(undisturbed.hash, owner.ledgerHash(connection));
        assertNothingIsDoubled(data, undisturbed);
        assertEveryRecordCameWithOnePull(service, data, connection);
        assertEquals(0, sandbox.calls().earnedRefusals());
        assertEquals(0, service.stop(Duration.ofSeconds(20)));
      } finally {
        service.close();
      }
    }
  }

  /** How a run is cut off. */
  private enum Interruption {
    /** In order, as by a supervisor: the database goes too. */
    STOP,
    /** The service alone, without a word. */
    KILL,
    /** Service and database at once, as when the power fails. */
    POWER
  }

  /** The result is the server that was there. */
  private static ProcessHandle interrupt(
      ServiceProcess service, DataFolder data, Interruption interruption) throws Exception {
    ProcessHandle server = data.server().orElseThrow();
    switch (interruption) {
      case STOP -> {
        assertEquals(0, service.stop(Duration.ofSeconds(30)));
        assertFalse(server.isAlive());
      }
      case KILL -> {
        service.kill();
        assertTrue(server.isAlive());
      }
      case POWER -> {
        server.destroyForcibly();
        service.kill();
      }
    }
    return server;
  }

  private static ServiceProcess start(DataFolder data, Sandbox sandbox) throws IOException {
    return ServiceProcess.service(data.path(), sandbox.baseUrl().toString())
        .elsewhere()
        .begin()
        .awaitReady();
  }

  private static List<Long> points(int kills, Random random) {
    List<Long> points = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      points.add(5 + random.nextLong(CALLS));
    }
    points.sort(null);
    return points;
  }

  private static void awaitCall(Sandbox sandbox, long index) {
    Awaitility.await("call " + index)
        .atMost(TO_FINISH)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> sandbox.calls().next() >= index);
  }

  private static void awaitSignedCall(Sandbox sandbox, long since) {
    Awaitility.await("the sync goes on by itself")
        .atMost(TO_COME_BACK.plusSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> sandbox.calls().since(since).stream().anyMatch(Kills::signed));
  }

  private static boolean signed(Call call) {
    return !call.key().isEmpty();
  }

  // What is a picture of a moment, such as balances, a run that was cut off has taken as well: what
  // became entries and orders is what must be there as often as without a kill.
  private static void assertNothingIsDoubled(DataFolder data, DemoRun undisturbed)
      throws Exception {
    assertEquals(undisturbed.events, data.rows(DemoRun.EVENTS));
    assertEquals(undisturbed.gaps, data.rows(DemoRun.GAPS));
  }

  // What the access log says was stored is what is there: a killed attempt left no leaf behind.
  private static void assertEveryRecordCameWithOnePull(
      ServiceProcess service, DataFolder data, String connection) throws Exception {
    long told = 0;
    for (JsonNode leaf :
        service
            .api("demo-compliance")
            .all("/v1/access-log?limit=500&kind=pull&connection=" + connection)) {
      told += leaf.path("facts").path("new").asLong(0);
    }
    assertEquals(
        List.of(Long.toString(told)), data.rows("select count(*) from tallystick.evidence"));
    assertEquals(
        List.of("0"),
        data.rows(
            """
            select count(*) from tallystick.evidence e where not exists (
              select from tallystick.access_leaf l where l.tenant_id = e.tenant_id
                and l.holder_id = e.holder_id and l.leaf_id = e.leaf_id)
            """));
  }
}
