package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.SandboxSettings;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.KeyGrant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two service processes on one database, of which one listens to an account. */
class TwoListenersIT {
  private static final Duration TO_TAKE_OVER = Duration.ofSeconds(60);

  @Test
  @Tag("long")
  @DisplayName(
      "F15 F16 a killed listener is replaced by the other process, which reads what it missed")
  void whoeverListensTheOtherTakesOver() throws Exception {
    ExternalServer server = ExternalServer.start();
    List<ServiceProcess> two = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
        DataFolder data = DataFolder.create()) {
      server.database("listeners");
      two.add(start(server, data, sandbox));
      two.add(start(server, data, sandbox));
      Account account = sandbox.addAccount(AccountPlan.small("listened", 16));
      Api owner = two.getFirst().api("demo-owner");
      String connection = owner.connect(sandbox.addKey(account, KeyGrant.hmac()));
      owner.awaitFinished(connection, 0, Duration.ofMinutes(2));
      Sale.seen(sandbox, account, owner.as("demo-tracker"), connection);

      ServiceProcess listening =
          two.stream().filter(TwoListenersIT::listened).findFirst().orElseThrow();
      listening.kill();
      Instant killed = Instant.now();
      two.remove(listening);
      listening.close();
      // The line of who was killed is gone, or goes now; nobody hears of these.
      sandbox.exchange().sockets().cut();
      for (int i = 0; i < 5; i++) {
        Sale.sell(sandbox, account);
      }
      Sale.heard(sandbox, account, TO_TAKE_OVER);
      System.out.printf(
          "two listeners (real time): taken over after %s%n",
          Duration.between(killed, Instant.now()));
      Api tracker = two.getFirst().api("demo-tracker");
      Sale.seen(sandbox, account, tracker, connection);
      Awaitility.await("what nobody heard is read")
          .atMost(TO_TAKE_OVER)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> trades(tracker, connection).size() == account.fillCount());
      for (JsonNode line : tracker.all("/v1/balances?limit=500&connection=" + connection)) {
        assertTrue(line.path("agrees").asBoolean(), line.toString());
      }
      assertEquals(0, sandbox.calls().earnedRefusals());
    } finally {
      two.forEach(ServiceProcess::close);
      server.stop();
    }
  }

  private static List<JsonNode> trades(Api tracker, String connection) throws IOException {
    return tracker.all("/v1/trades?limit=500&connection=" + connection);
  }

  private static boolean listened(ServiceProcess process) {
    return process.output().contains("path=userDataStream.subscribe.signature");
  }

  private static ServiceProcess start(ExternalServer server, DataFolder data, Sandbox sandbox)
      throws IOException {
    return ServiceProcess.service(data.path(), sandbox.baseUrl().toString())
        .with("QUARKUS_DATASOURCE_JDBC_URL", server.urlWithLogin("listeners"))
        .with("TALLYSTICK_SYNC_LIVE", "true")
        .begin()
        .awaitReady();
  }
}
