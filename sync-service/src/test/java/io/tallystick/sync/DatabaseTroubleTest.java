package io.tallystick.sync;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database in trouble in the middle of a sync, and while somebody asks. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class DatabaseTroubleTest extends OnStage {
  private static final String CUT =
      """
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'tallystick' and pid <> pg_backend_pid()
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 12})
  @DisplayName("F108 the database restarts in the middle of a run: the run goes on")
  void aRunOutlastsItsConnections(int call) {
    Account account = stage.small(600 + call);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    AtomicInteger calls = new AtomicInteger();
    stage.between((request, exchange) -> {
      if (calls.incrementAndGet() == call) {
        admin(CUT);
      }
      return exchange.apply(request);
    });

    subject.runWell();

    assertTrue(calls.get() > call, "calls " + calls);
    assertEquals(undisturbed, subject.hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001", "53100", "57P03"})
  @DisplayName("F111 transactions that wait for each other, or find no room, are done again")
  void aPageThatCouldNotBeStoredIsReadAgain(String state) {
    Account account = stage.small(620);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    admin(
        """
        create sequence tallystick.trouble;
        create function tallystick.trouble() returns trigger language plpgsql security definer
        as $$ begin
          if nextval('tallystick.trouble') in (2, 3, 4, 9) then
            raise exception using errcode = '%s', message = 'trouble';
          end if;
          return new;
        end $$;
        create trigger trouble before insert or update on tallystick.bookmark
          for each row execute function tallystick.trouble();
        """
            .formatted(state));
    try {
      subject.runWell();
    } finally {
      admin("drop function tallystick.trouble() cascade; drop sequence tallystick.trouble;");
    }
    assertEquals(undisturbed, subject.hash());
  }

  @Test
  @DisplayName("F111 what is no passing trouble ends the run at once, and the next one goes on")
  void aFaultEndsTheRun() {
    Account account = stage.small(630);
    String undisturbed = stage.undisturbed(account);
    Subject subject = stage.subject(account).connect();
    admin("alter table tallystick.bookmark add constraint trouble check (false) not valid;");
    Instant began = LeapingPace.now();
    try {
      assertEquals("failed", subject.run().state(), "it would come again");
      assertTrue(
          Duration.between(began, LeapingPace.now()).toSeconds() < 60, "nothing to wait for");
    } finally {
      admin("alter table tallystick.bookmark drop constraint trouble;");
    }
    subject.runWell();
    assertEquals(undisturbed, subject.hash());
  }

  @Test
  @DisplayName("F108 while the database is away who asks is told to come again")
  void whoAsksMeanwhileIsToldToComeAgain() {
    Subject subject = stage.subject(stage.small(640)).connect();
    String database = "alter database %s connection limit ".formatted(database());
    admin(database + "0;" + CUT);
    try {
      Response told = subject.get("/v1/connections");
      told.then().statusCode(503).contentType("application/problem+json");
      assertEquals("5", told.header("Retry-After"));
      assertEquals(5, told.jsonPath().getInt("retry_after"));
    } finally {
      admin(database + "-1");
    }
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> subject.get("/v1/connections").statusCode() == 200);
  }

  private static String database() {
    try (Connection admin = TestDatabase.admin()) {
      return admin.getCatalog();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void admin(String text) {
    try (Connection admin = TestDatabase.admin();
        Statement statement = admin.createStatement()) {
      statement.execute(text);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
