package io.tallystick.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tallystick.boot.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every step from every state leads where the table says. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConsentTableTest extends WithAHolder {
  private static final Set<ConsentState> IN_FORCE =
      Set.of(ConsentState.ACTIVE, ConsentState.PAUSED);

  private final List<String> expired = new ArrayList<>();
  private String session = "";

  private String ask() {
    return AskingTest.ask(calls, holder).then().statusCode(201).extract().path("id");
  }

  private Response himself(String consent, String step) {
    if (session.isEmpty()) {
      session = tenant.session(holder);
    }
    return AskingTest.himself(tenant, session, consent, step);
  }

  private String in(ConsentState state) {
    if (state == ConsentState.EXPIRED) {
      if (expired.isEmpty()) {
        for (int i = 0; i < ConsentStep.values().length; i++) {
          expired.add(grantFor(Duration.ofMillis(1500)));
        }
        letPass("1.6");
      }
      return expired.removeLast();
    }
    String id =
        state == ConsentState.REQUESTED || state == ConsentState.REFUSED
            ? ask()
            : calls.grant(calls.consentJson(holder)).path("id");
    switch (state) {
      case REFUSED -> himself(id, "refuse").then().statusCode(200);
      case REQUESTED, ACTIVE, EXPIRED -> {}
      case PAUSED -> calls.step(id, "pause").then().statusCode(200);
      case SUPERSEDED -> calls.amend(holder, id).then().statusCode(201);
      case WITHDRAWN -> calls.withdraw(id).then().statusCode(200);
      case REVOKED -> calls.step(id, "revoke").then().statusCode(200);
      case INVALIDATED -> calls.step(id, "invalidate").then().statusCode(200);
    }
    return id;
  }

  private Response take(String consent, ConsentStep step) {
    return switch (step) {
      case GRANT, REFUSE -> himself(consent, step.code());
      case CONFIRM, PAUSE, RESUME, REVOKE, INVALIDATE -> calls.step(consent, step.code());
      case WITHDRAW -> calls.withdraw(consent);
      case REPLACE -> calls.amend(holder, consent);
      case EXPIRE -> throw new IllegalArgumentException("nobody takes it");
    };
  }

  /** What the table of states says; the state after the step, or null for a refusal. */
  private static ConsentState after(ConsentState from, ConsentStep step) {
    return switch (step) {
      case GRANT ->
          from == ConsentState.REQUESTED || from == ConsentState.ACTIVE
              ? ConsentState.ACTIVE
              : null;
      case REFUSE ->
          from == ConsentState.REQUESTED || from == ConsentState.REFUSED
              ? ConsentState.REFUSED
              : null;
      case CONFIRM -> from == ConsentState.ACTIVE ? ConsentState.ACTIVE : null;
      case PAUSE -> IN_FORCE.contains(from) ? ConsentState.PAUSED : null;
      case RESUME -> IN_FORCE.contains(from) ? ConsentState.ACTIVE : null;
      case WITHDRAW ->
          IN_FORCE.contains(from)
              ? ConsentState.WITHDRAWN
              : from == ConsentState.REQUESTED ? null : from;
      case REVOKE ->
          IN_FORCE.contains(from) || from == ConsentState.REVOKED ? ConsentState.REVOKED : null;
      case INVALIDATE ->
          IN_FORCE.contains(from) || from == ConsentState.INVALIDATED
              ? ConsentState.INVALIDATED
              : null;
      case REPLACE -> IN_FORCE.contains(from) ? ConsentState.SUPERSEDED : null;
      case EXPIRE -> throw new IllegalArgumentException("nobody takes it");
    };
  }

  private record Try(ConsentState from, ConsentStep step) {}

  private Map<String, String> states() {
    JsonPath all = tenant.as("owner").get("/v1/consents?limit=1000").jsonPath();
    Map<String, String> states = new HashMap<>();
    List<Map<String, String>> items = all.getList("items");
    items.forEach(one -> states.put(one.get("id"), one.get("state")));
    return states;
  }

  @Test
  void everyStepFromEveryStateLeadsWhereTheTableSaysAndNowhereElse() {
    Map<String, Try> tries = new LinkedHashMap<>();
    for (ConsentState from : ConsentState.values()) {
      for (ConsentStep step : ConsentStep.values()) {
        if (step != ConsentStep.EXPIRE) {
          tries.put(in(from), new Try(from, step));
        }
      }
    }
    assertEquals(9 * 9, tries.size());
    Map<String, String> before = states();
    tries.forEach((id, one) -> assertEquals(one.from().code(), before.get(id)));
    Map<String, Integer> answers = new HashMap<>();
    tries.forEach((id, one) -> answers.put(id, take(id, one.step()).statusCode()));
    Map<String, String> after = states();
    List<String> faults = new ArrayList<>();
    tries.forEach((id, one) -> {
      ConsentState expected = after(one.from(), one.step());
      int status = answers.get(id);
      String now = after.get(id);
      boolean right =
          expected == null
              ? status == 409 && now.equals(one.from().code())
              : status < 300 && now.equals(expected.code());
      if (!right) {
        faults.add(one + ": " + status + " " + now);
      }
    });
    assertEquals(List.of(), faults);
  }
}
