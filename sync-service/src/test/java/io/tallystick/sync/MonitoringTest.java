package io.tallystick.sync;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.tallystick.boot.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is told to those who watch the service, and what is not. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class MonitoringTest extends OnStage {
  private static final String CLOCK = "checks.find { it.name == 'clock against venues' }.status";

  @Test
  void whatIsMeasuredIsToldWithoutAnybodysNameOrKey() {
    Subject subject = stage.subject(stage.small(83)).connect();
    subject.runWell();
    String told = RestAssured.get("/q/metrics").then().statusCode(200).extract().asString();
    for (String measured :
        List.of(
            "tallystick_egress_requests_seconds_count{",
            "path=\"/api/v3/myTrades\"",
            "tallystick_egress_budget_used{",
            "tallystick_egress_budget_headroom{",
            "tallystick_egress_weight_total{",
            "tallystick_egress_clock_offset_ms{",
            "tallystick_sync_pages_total{domain=\"trades\"",
            "tallystick_sync_rows_total{domain=\"trades\"",
            "tallystick_sync_rows_new_total{domain=\"trades\"")) {
      assertTrue(told.contains(measured), measured);
    }
    for (String hidden :
        List.of(
            subject.key.key(),
            subject.key.secret(),
            subject.connection,
            subject.holder,
            subject.consent,
            "signature=")) {
      assertFalse(told.contains(hidden), hidden);
    }
  }

  @Test
  @DisplayName("F17 a clock minutes off shows in the service's wellness, and the sync goes on")
  void f17AClockMinutesOffShowsInTheWellness() {
    Subject subject = stage.subject(stage.small(84)).connect();
    subject.runWell();
    RestAssured.get("/q/health/well").then().body(CLOCK, equalTo("UP"));
    stage.sandbox().exchange().clock().offset(Duration.ofMinutes(10).toMillis());
    subject.runWell();
    RestAssured.get("/q/health/well").then().body(CLOCK, equalTo("DOWN"));
    RestAssured.get("/q/health/ready").then().statusCode(200);
  }
}
