package io.tallystick.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Problem;
import io.tallystick.web.Cursors.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final byte[] KEY = "one installation".getBytes(StandardCharsets.UTF_8);

  private final Cursors cursors = new Cursors(content -> Digests.hmac(KEY, content));
  private final Scope scope = Scope.of(7, "GET /v1/things", "a filter", null, 3L);

  @Test
  void aCursorLeadsBackToItsPosition() {
    List<String> position = List.of("2026-01-01T00:00:00Z", "", "ü");
    assertEquals(position, cursors.read(scope, cursors.write(scope, position)));
    assertEquals(List.of(), cursors.read(scope, null));
  }

  @Test
  @DisplayName("F69 a cursor with any character changed, added or cut is refused")
  void alteredCursorsAreRefused() {
    long seed = new Random().nextLong();
    System.out.println("CursorsTest seed " + seed);
    Random random = new Random(seed);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. ";
    String good = cursors.write(scope, List.of("100", "200"));
    for (int at = 0; at < good.length(); at++) {
      char other = alphabet.charAt(random.nextInt(alphabet.length()));
      if (other != good.charAt(at)) {
        refused(scope, good.substring(0, at) + other + good.substring(at + 1));
      }
      refused(scope, good.substring(0, at));
    }
    refused(scope, good + "=");
    refused(scope, good + "A");
    refused(scope, "A".repeat(5000));
  }

  @Test
  @DisplayName("F69 a cursor of another tenant, route, filter or installation is refused")
  void foreignCursorsAreRefused() {
    String good = cursors.write(scope, List.of("100"));
    refused(Scope.of(8, "GET /v1/things", "a filter", null, 3L), good);
    refused(Scope.of(7, "GET /v1/others", "a filter", null, 3L), good);
    refused(Scope.of(7, "GET /v1/things", "another filter", null, 3L), good);
    refused(Scope.of(7, "GET /v1/things", null, "a filter", 3L), good);
    Cursors elsewhere = new Cursors(content -> Digests.hmac(new byte[] {1}, content));
    assertThrows(Problem.class, () -> elsewhere.read(scope, good));
  }

  private void refused(Scope where, String cursor) {
    Problem problem = assertThrows(Problem.class, () -> cursors.read(where, cursor), cursor);
    assertEquals(Problem.Kind.INVALID_REQUEST, problem.kind());
    assertEquals("cursor", problem.extras().get("field"));
  }
}
