package io.tallystick.tenancy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Guessing at tokens is slowed down, and nobody is locked out by it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AttemptsTest {
  @Inject Provisioning provisioning;
  @TestHTTPResource URI base;

  private int ask(HttpClient client, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/v1/holders"))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    boolean waits = answer.headers().firstValue("retry-after").isPresent();
    assertEquals(answer.statusCode() == 429, waits, answer.body());
    return answer.statusCode();
  }

  @Test
  @DisplayName(
      "F57 who tries wrong tokens is told to wait, and a good token is taken all the while")
  void wrongTokensAreSlowedDown() throws Exception {
    TestTenant tenant = TestTenant.fresh(provisioning);
    // From an address of its own, so that other tests are not told to wait.
    try (HttpClient guesser =
        HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.57")).build()) {
      Map<Integer, Integer> told = new TreeMap<>();
      for (int i = 0; i < 2 * Attempts.MOST; i++) {
        told.merge(ask(guesser, "tlk_guess" + i), 1, Integer::sum);
        if (i % 20 == 0) {
          assertEquals(200, ask(guesser, tenant.token("owner")));
        }
      }
      assertTrue(told.getOrDefault(429, 0) >= 1, told.toString());
      assertTrue(told.getOrDefault(401, 0) >= Attempts.MOST, told.toString());
      assertEquals(2 * Attempts.MOST, told.values().stream().mapToInt(n -> n).sum());
    }
    try (HttpClient elsewhere = HttpClient.newHttpClient()) {
      assertEquals(401, ask(elsewhere, "tlk_guess"));
    }
  }
}
