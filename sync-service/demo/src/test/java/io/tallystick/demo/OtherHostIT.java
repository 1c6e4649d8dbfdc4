package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.DemoAccount;
import io.tallystick.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Another installation of the same keys, on a host of other habits, run by an ordinary user without
 * a home. That the habits do not reach the ledger is shown of a run that is killed, too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(3)
class OtherHostIT {
  private static final String NOBODY = "65534";

  private Sandbox sandbox;
  private DataFolder data;
  private Path copy;
  private ServiceProcess service;

  @BeforeAll
  void startThere() throws Exception {
    DemoStart demo = DemoStart.shared();
    sandbox = Sandbox.start(demo.exchange());
    data = demo.sibling();
    ServiceProcess.Start start =
        ServiceProcess.service(data.path(), sandbox.baseUrl().toString()).elsewhere();
    if (isRoot()) {
      asNobody(start);
    }
    service = start.begin().awaitReady();
  }

  private void asNobody(ServiceProcess.Start start) throws Exception {
    copy = Files.createTempDirectory("tallystick-package");
    run("cp", "-r", "../target/quarkus-app/.", copy.toString());
    run("chmod", "-R", "a+rX", copy.toString());
    run("chown", "-R", NOBODY + ":" + NOBODY, data.path().toString());
    String[] below = {"setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"};
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    int seen =
        new ProcessBuilder(
                below[0], below[1], below[2], below[3], below[4], below[5], java, "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assumeTrue(seen == 0, "this machine's JDK can be run by root only");
    start.below(below).from(copy).with("HOME", "/nonexistent");
  }

  @AfterAll
  void end() throws Exception {
    if (service != null) {
      service.close();
    }
    sandbox.close();
    data.close();
    if (copy != null) {
      run("rm", "-r", copy.toString());
    }
  }

  @Test
  @Order(1)
  @Tag("long")
  @DisplayName("F118 another language, time zone and charset give the same ledger")
  void theHostsHabitsDoNotReachTheLedger() throws Exception {
    DemoRun demo = DemoRun.synced();
    Api owner = service.api("demo-owner");
    String connection = owner.connect(DemoAccount.READ_ONLY);
    owner.awaitFinished(connection, 0, Duration.ofMinutes(5));
    assertEquals(demo.hash, owner.ledgerHash(connection));
    for (JsonNode line :
        owner.as("demo-tracker").all("/v1/balances?limit=500&connection=" + connection)) {
      assertTrue(line.path("agrees").asBoolean(), line.toString());
    }
  }

  @Test
  @Order(2)
  void anOrdinaryUserRunsTheEmbeddedDatabase() throws Exception {
    assertEquals(List.of("on"), data.rows("show fsync"));
    String user = data.server().orElseThrow().info().user().orElseThrow();
    assertEquals(isRoot() ? "nobody" : System.getProperty("user.name"), user);
    assertEquals(0, service.stop(Duration.ofSeconds(20)));
    assertTrue(data.server().isEmpty());
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertEquals(0, process.waitFor(), String.join(" ", command));
  }
}
