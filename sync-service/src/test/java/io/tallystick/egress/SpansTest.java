package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.tallystick.vault.ScriptedVenue;
import io.tallystick.venue.Call;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trace tells of a request to a venue, and what it must never tell. */
class SpansTest {
  @TempDir Path folder;

  @Test
  void everyAttemptIsASpanThatHoldsNothingOfTheKeyOrItsParameters() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.saysInTurn(ScriptedServer.says(503, "{}"), ScriptedServer.says(200, "{\"ok\":true}"));

      rig.gateway.send(rig.target(), Call.of(ScriptedVenue.ACCOUNT));

      List<SpanData> signed =
          rig.spans.getFinishedSpanItems().stream()
              .filter(span -> span.getName().equals("GET " + ScriptedVenue.ACCOUNT.path()))
              .toList();
      assertEquals(2, signed.size(), "one a try");
      assertEquals(StatusCode.ERROR, signed.getFirst().getStatus().getStatusCode());
      assertEquals(StatusCode.UNSET, signed.getLast().getStatus().getStatusCode());
      SpanData good = signed.getLast();
      assertEquals(SpanKind.CLIENT, good.getKind());
      assertEquals(
          Set.of(
              "http.request.method",
              "url.path",
              "http.request.resend_count",
              "http.response.status_code",
              "tallystick.venue",
              "tallystick.environment",
              "tallystick.pool",
              "tallystick.weight",
              "tallystick.clock.offset_ms",
              "tallystick.result",
              "tallystick.credential"),
          good.getAttributes().asMap().keySet().stream()
              .map(key -> key.getKey())
              .collect(Collectors.toSet()));
      assertTrue(good.getEndEpochNanos() >= good.getStartEpochNanos());
      for (SpanData span : rig.spans.getFinishedSpanItems()) {
        assertFalse(span.toString().contains(Rig.API_KEY), span.getName());
        assertFalse(span.toString().contains(Rig.SECRET), span.getName());
        assertFalse(span.toString().contains("signature"), span.getName());
      }
    }
  }
}
