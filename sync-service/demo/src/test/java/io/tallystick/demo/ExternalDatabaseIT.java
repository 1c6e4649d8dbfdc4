package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.SandboxSettings;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.fault.Fault;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The same package on somebody else's PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExternalDatabaseIT {
  private static final String NOWHERE = "http://127.0.0.1:1";

  private ExternalServer server;
  private DataFolder data;

  @BeforeAll
  void startServer() throws Exception {
    server = ExternalServer.start();
    data = DataFolder.create();
    server.database("by_url").database("by_roles");
    server.execute("postgres", "create role acme_owner login password 'acme-owner-word'");
    server.execute("postgres", "create role acme_app login password 'acme-app-word'");
    server.execute("by_roles", "create schema tallystick authorization acme_owner");
    server.execute("by_roles", "grant usage on schema tallystick to acme_app");
    for (String role : List.of("acme_owner", "acme_app")) {
      server.execute("by_roles", "alter role " + role + " set search_path = tallystick");
    }
  }

  @AfterAll
  void stopServer() throws Exception {
    server.stop();
    data.close();
  }

  @Test
  @Order(1)
  @DisplayName(
      "F21 F108 a URL alone is enough; an outage is outlasted, and a stop is orderly within ten"
          + " seconds")
  void aUrlAloneIsEnough() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
        ServiceProcess service =
            ServiceProcess.service(data.path(), sandbox.baseUrl().toString())
                .with("QUARKUS_DATASOURCE_JDBC_URL", server.urlWithLogin("by_url"))
                .begin()
                .awaitReady()) {
      assertEquals(List.of("tallystick_app"), usersOf("by_url"));
      assertFalse(Files.exists(data.path().resolve("postgres")), "nothing embedded runs");
      Api owner = service.api("demo-owner");
      String connection =
          owner.connect(
              sandbox.addKey(
                  sandbox.addAccount(AccountPlan.small("external", 15)), KeyGrant.hmac()),
              Api.TRADING);
      owner.awaitFinished(connection, 0, Duration.ofMinutes(2));
      Api tracker = owner.as("demo-tracker");
      // The plan's 150 fills, and one row more for each trade of the account with itself.
      assertTrue(tracker.all("/v1/trades?limit=500&connection=" + connection).size() >= 150);
      outlastsAnOutage(service, sandbox, connection);
      stopsDuringAPage(service, sandbox, connection);
      assertFalse(service.output().contains(ExternalServer.password()));
    }
  }

  // Nobody is let in for a few seconds, and who was in is thrown out.
  private void outlastsAnOutage(ServiceProcess service, Sandbox sandbox, String connection)
      throws Exception {
    Api owner = service.api("demo-owner");
    String books = owner.ledgerHash(connection);
    sandbox.faults().next(6, "", new Fault.Slow(300));
    owner.post("/v1/connections/" + connection + "/sync-runs", Map.of());
    Awaitility.await("a run waits for an answer")
        .atMost(Duration.ofSeconds(20))
        .until(() -> states("by_url").equals(List.of("running")));
    server.execute("postgres", "alter database by_url connection limit 0");
    try {
      server.execute(
          "postgres",
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'by_url'");
      JsonNode told = owner.get("/v1/connections").expect(503);
      assertEquals("unavailable", told.path("code").asText());
      assertEquals(5, told.path("retry_after").asInt());
      TimeUnit.SECONDS.sleep(3);
    } finally {
      server.execute("postgres", "alter database by_url connection limit -1");
    }
    Awaitility.await("who asks is answered again")
        .atMost(Duration.ofSeconds(10))
        .until(() -> owner.get("/v1/connections").status() == 200);
    JsonNode run = owner.awaitFinished(connection, 1, Duration.ofMinutes(1));
    assertEquals("manual", run.path("trigger").asText());
    assertEquals(books, owner.ledgerHash(connection));
  }

  // The venue takes longer for each answer than the service has for its end.
  private void stopsDuringAPage(ServiceProcess service, Sandbox sandbox, String connection)
      throws Exception {
    sandbox.faults().next(Integer.MAX_VALUE, "", new Fault.Slow(15_000));
    Api owner = service.api("demo-owner");
    owner.post("/v1/connections/" + connection + "/sync-runs", Map.of());
    Awaitility.await("a run waits for its first answer")
        .atMost(Duration.ofSeconds(20))
        .until(() -> states("by_url").equals(List.of("running")));
    TimeUnit.MILLISECONDS.sleep(500);
    assertEquals(0, service.stop(Duration.ofSeconds(10)));
    assertEquals(List.of(), states("by_url"), "the lease is given back, and the run said to end");
  }

  /** What runs whose lease is held are doing. */
  private List<String> states(String database) throws Exception {
    try (Connection admin = server.admin(database)) {
      return DataFolder.rows(
          admin,
          """
          select coalesce(r.state, 'entering') from tallystick.lease l
          left join tallystick.sync_run r using (tenant_id, holder_id, connection_id)
          where l.until > now() and (r.run_id is null or r.finished_at is null)
          """);
    }
  }

  @Test
  @Order(2)
  void namedRolesForServiceAndMigrationsWork() throws Exception {
    try (ServiceProcess service =
        roles("acme_app", "acme-app-word")
            .with("TALLYSTICK_DATABASE_OWNER_USERNAME", "acme_owner")
            .with("TALLYSTICK_DATABASE_OWNER_PASSWORD", "acme-owner-word")
            .begin()
            .awaitReady()) {
      service.api("demo-owner").get("/v1/clients").expect(200);
      assertEquals(List.of("acme_app"), usersOf("by_roles"));
    }
  }

  @Test
  @Order(3)
  void aMigratedSchemaNeedsTheServicesRoleOnly() throws Exception {
    try (ServiceProcess service = roles("acme_app", "acme-app-word").begin().awaitReady()) {
      service.api("demo-owner").get("/v1/clients").expect(200);
      assertEquals(List.of("acme_app"), usersOf("by_roles"));
    }
  }

  @Test
  @Order(4)
  @DisplayName("F52 the service refuses to run as the schema's owner")
  void theOwnerIsRefused() throws Exception {
    String said = RefusedStartIT.refusal(roles("acme_owner", "acme-owner-word"));
    assertTrue(said.contains("the database role acme_owner owns the schema"), said);
    assertFalse(said.contains("acme-owner-word"), said);
  }

  @Test
  @Order(5)
  @DisplayName("F52 the service refuses to run as a superuser")
  void theSuperuserIsRefused() throws Exception {
    String said = RefusedStartIT.refusal(roles("postgres", ExternalServer.password()));
    assertTrue(said.contains("the database role postgres is a superuser"), said);
    assertFalse(said.contains(ExternalServer.password()), said);
  }

  @Test
  @Order(6)
  void aUrlThatCannotBeReadIsRefusedWithoutItsPassword() throws Exception {
    String said =
        RefusedStartIT.refusal(
            ServiceProcess.service(data.path(), NOWHERE)
                .with("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:nosuch://h/db?password=canary-word"));
    assertTrue(said.contains("Its database cannot be prepared"), said);
    assertFalse(said.contains("canary-word"), said);
  }

  private ServiceProcess.Start roles(String user, String password) throws Exception {
    return ServiceProcess.service(data.path(), NOWHERE)
        .with("QUARKUS_DATASOURCE_JDBC_URL", server.url("by_roles"))
        .with("QUARKUS_DATASOURCE_USERNAME", user)
        .with("QUARKUS_DATASOURCE_PASSWORD", password);
  }

  private List<String> usersOf(String database) throws Exception {
    try (Connection admin = server.admin(database)) {
      return DataFolder.rows(
          admin,
          """
          select distinct usename from pg_stat_activity
          where application_name = 'tallystick' and datname = current_database()
          """);
    }
  }
}
