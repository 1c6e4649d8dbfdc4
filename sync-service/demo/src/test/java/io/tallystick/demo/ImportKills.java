package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.SandboxSettings;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Kills the service again and again, at random points of one import and once while that is taken
 * back, and lets it come back by itself; every second time its database is killed too.
 */
final class ImportKills {
  private static final Duration TO_FINISH = Duration.ofMinutes(10);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private ImportKills() {}

  /** One import undisturbed, and the same one with so many kills. */
  static void during(int rows, int kills, long seed) throws Exception {
    Random random = new Random(seed);
    byte[] file = file(rows, random);
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
        DataFolder calm = DataFolder.create()) {
      // Few trades of its own: what is tried here is the file's way in.
      ApiKey key =
          sandbox.addKey(sandbox.addAccount(AccountPlan.small("importer", 15)), KeyGrant.hmac());
      List<String> undisturbed = undisturbed(calm, sandbox, key, file);
      try (DataFolder data = calm.sibling()) {
        ServiceProcess service = start(data, sandbox);
        try {
          String connection = synced(service, key);
          final String before = service.api("demo-owner").ledgerHash(connection);
          String path = committing(service, connection, file);
          for (int kill = 0; kill < kills; kill++) {
            long point = rows * (10L * kill + random.nextInt(10)) / (10L * (kills + 1));
            awaitRows(service, path, point, "committed");
            TimeUnit.MILLISECONDS.sleep(random.nextLong(150));
            if (kill % 2 == 1) {
              data.server().orElseThrow().destroyForcibly();
            }
            service.kill();
            Instant ended = Instant.now();
            service = start(data, sandbox);
            System.out.printf(
                "killed in an import behind row %d, up again after %s%n",
                point, Duration.between(ended, Instant.now()));
          }
          assertEquals(undisturbed, end(service, data, connection, path));
          service.api("demo-owner").delete(path).expect(202);
          awaitRows(service, path, random.nextInt(rows), "undone");
          data.server().orElseThrow().destroyForcibly();
          service.kill();
          service = start(data, sandbox);
          awaitState(service.api("demo-owner"), path, "undone");
          assertEquals(before, service.api("demo-owner").ledgerHash(connection));
          assertEquals(
              List.of("0"),
              data.rows("select coalesce(sum(count), 0) from tallystick.import_count"));
          assertEquals(0, service.stop(Duration.ofSeconds(20)));
        } finally {
          service.close();
        }
      }
    }
  }

  private static List<String> undisturbed(DataFolder data, Sandbox sandbox, ApiKey key, byte[] file)
      throws Exception {
    ServiceProcess service = start(data, sandbox);
    try {
      String connection = synced(service, key);
      Instant begun = Instant.now();
      String path = committing(service, connection, file);
      List<String> end = end(service, data, connection, path);
      System.out.printf(
          "%d bytes taken in within %s%n", file.length, Duration.between(begun, Instant.now()));
      assertEquals(0, service.stop(Duration.ofSeconds(20)));
      return end;
    } finally {
      service.close();
    }
  }

  private static ServiceProcess start(DataFolder data, Sandbox sandbox) throws IOException {
    return ServiceProcess.service(data.path(), sandbox.baseUrl().toString()).begin().awaitReady();
  }

  private static String synced(ServiceProcess service, ApiKey key) throws IOException {
    Api owner = service.api("demo-owner");
    String connection = owner.connect(key, Api.TRADING);
    owner.awaitFinished(connection, 0, TO_FINISH);
    return connection;
  }

  /** Uploads the file and begins to take it in; the result is the import's path. */
  private static String committing(ServiceProcess service, String connection, byte[] file)
      throws IOException {
    Api owner = service.api("demo-owner");
    String imports = "/v1/connections/" + connection + "/imports";
    String path =
        imports + "/" + owner.postFile(imports, "trades.csv", file).expect(201).path("id").asText();
    awaitState(owner, path, "checked");
    owner.post(path + "/commit", Map.of()).expect(202);
    return path;
  }

  private static void awaitState(Api owner, String path, String state) {
    Awaitility.await("the import is " + state)
        .atMost(TO_FINISH)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> owner.get(path).expect(200).path("state").asText().equals(state));
  }

  private static void awaitRows(ServiceProcess service, String path, long rows, String end) {
    Api owner = service.api("demo-owner");
    Awaitility.await("row " + rows)
        .atMost(TO_FINISH)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> {
          JsonNode now = owner.get(path).expect(200);
          return now.path("rows").asLong() >= rows || now.path("state").asText().equals(end);
        });
  }

  /** What there is in the end: the ledger's hash, the counts, and how much was kept. */
  private static List<String> end(
      ServiceProcess service, DataFolder data, String connection, String path) throws Exception {
    Api owner = service.api("demo-owner");
    awaitState(owner, path, "committed");
    JsonNode batch = owner.get(path).expect(200);
    List<String> end = new ArrayList<>();
    end.add(owner.ledgerHash(connection));
    for (String count : List.of("rows", "read", "added", "matched", "broken")) {
      end.add(count + " " + batch.path(count).asLong());
    }
    end.addAll(
        data.rows(
            """
            select 'evidence', count(*), max(revision) from tallystick.evidence
            where stream like 'export-%'
            """));
    end.addAll(data.rows("select 'counted', sum(count) from tallystick.import_count"));
    return end;
  }

  /** Fills of an invented account, every tenth the twin of the one before. */
  private static byte[] file(int rows, Random random) {
    StringBuilder file = new StringBuilder("Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n");
    Instant at = Instant.parse("2022-01-01T00:00:00Z");
    String last = "";
    for (int i = 0; i < rows; i++) {
      if (i % 10 != 9) {
        at = at.plusSeconds(random.nextInt(300));
        int quantity = 1 + random.nextInt(900);
        last =
            "%s,BTCUSDT,%s,10,%dBTC,%dUSDT,0.001BNB\n"
                .formatted(
                    SECOND.format(at),
                    random.nextBoolean() ? "BUY" : "SELL",
                    quantity,
                    10 * quantity);
      }
      file.append(last);
    }
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }
}
