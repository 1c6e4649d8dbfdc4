package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import io.tallystick.vault.NotListed;
import io.tallystick.vault.ScriptedVenue;
import io.tallystick.venue.Call;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Environment;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
  @TempDir Path folder;

  @Test
  void aGoodAnswerComesWithATraceOfWhatItCost() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.ahead = Duration.ofMillis(1500);
      rig.says(200, Rig.GOOD, "X-Used: 33");
      Outcome.Answered answered =
          assertInstanceOf(
              Outcome.Answered.class,
              rig.gateway.send(rig.target(), Call.of(ScriptedVenue.ACCOUNT)));
      assertArrayEquals(Rig.GOOD.getBytes(StandardCharsets.UTF_8), answered.answer().body());
      Trace trace = answered.trace();
      assertEquals(200, trace.status());
      assertNull(trace.code());
      assertEquals(10, trace.weight());
      assertEquals(33, trace.used());
      assertEquals(Duration.ofMillis(1500), trace.offset());
      assertEquals(1, trace.attempts());
      assertEquals("weight", trace.pool());
      assertEquals(rig.pace.instant(), trace.endedAt());
    }
  }

  @Test
  void exactlyTheSignedBytesGoOverTheWire() throws Exception {
    try (Rig rig = new Rig(folder)) {
      Map<String, String> parameters = new LinkedHashMap<>();
      parameters.put("symbol", "１２３４５６");
      parameters.put("odd", "a b+c&d=é/€,*~|:@%");
      rig.gateway.send(rig.target(), Call.of(ScriptedVenue.FILLS, parameters));
      ScriptedServer.Request request = rig.server.requests().getLast();
      String signed = request.query().substring(0, request.query().indexOf("&signature="));
      assertTrue(signed.startsWith("symbol=%EF%BC%91%EF%BC%92%EF%BC%93"), signed);
      byte[] mac =
          io.tallystick.kernel.Digests.hmac(
              Rig.SECRET.getBytes(StandardCharsets.US_ASCII),
              signed.getBytes(StandardCharsets.UTF_8));
      assertEquals(
          java.util.HexFormat.of().formatHex(mac),
          request.query().substring(request.query().indexOf("&signature=") + 11));
      assertTrue(request.line().startsWith("GET /v/fills?"), request.line());
      assertTrue(
          request.head().contains("x-key: " + Rig.API_KEY.toLowerCase(java.util.Locale.ROOT)));
      assertFalse(request.head().contains("accept-encoding"));
      rig.gateway.send(rig.target(), Call.of(ScriptedVenue.ASSETS));
      assertTrue(rig.server.requests().getLast().line().startsWith("POST /v/assets?timestamp="));
    }
  }

  @Test
  @DisplayName("F46 a call that is not on the list never leaves")
  void f46CallsThatAreNotListedNeverLeave() throws Exception {
    try (Rig rig = new Rig(folder)) {
      Endpoint planted =
          new Endpoint("POST", "/v/fills", Endpoint.Security.SIGNED, ScriptedVenue.WEIGHT, 10);
      assertThrows(NotListed.class, () -> rig.gateway.send(rig.target(), Call.of(planted)));
      assertTrue(rig.server.requests().isEmpty());
    }
  }

  @Test
  void aCredentialGoesToItsOwnEnvironmentAndASignedCallNeedsOne() throws Exception {
    try (Rig rig = new Rig(folder)) {
      Target bare = Target.open("scripted", "sandbox", Priority.LIVE);
      assertThrows(
          IllegalArgumentException.class,
          () -> rig.gateway.send(bare, Call.of(ScriptedVenue.ACCOUNT)));
      Target unknown = Target.open("scripted", "production", Priority.LIVE);
      assertThrows(
          IllegalArgumentException.class,
          () -> rig.gateway.send(unknown, Call.of(ScriptedVenue.TIME)));
      assertEquals(0, rig.server.count("/v/account"));
    }
  }

  @Test
  void aHostThatCannotBeConnectedToIsPassedOverAndThenNotAskedFirst() throws Exception {
    try (Rig rig = new Rig(folder, List.of(URI.create("http://127.0.0.1:1")))) {
      Trace first = rig.gateway.send(rig.target(), Call.of(ScriptedVenue.ACCOUNT)).trace();
      assertEquals(1, first.host());
      assertEquals(10, first.weight(), "what was never sent is paid once");
      Trace second = rig.gateway.send(rig.target(), Call.of(ScriptedVenue.ACCOUNT)).trace();
      assertEquals(1, second.attempts());
    }
  }

  @Test
  void whenNoHostCanBeConnectedToTheCallIsUnreachableAfterBoundedTries() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.server.close();
      Outcome outcome = rig.gateway.send(rig.target(), Call.of(ScriptedVenue.ACCOUNT));
      assertInstanceOf(Outcome.Unreachable.class, outcome);
      assertEquals(4, outcome.trace().attempts());
      assertTrue(rig.pace.paused().compareTo(Duration.ofMinutes(1)) < 0);
    }
  }

  @Test
  void aFullBudgetIsWaitedForAndTheWaitIsBounded() throws Exception {
    try (Rig rig = new Rig(folder, "patience", "PT70S")) {
      for (int i = 0; i < 7; i++) {
        assertInstanceOf(
            Outcome.Answered.class, rig.gateway.send(rig.target(), Call.of(ScriptedVenue.ACCOUNT)));
      }
      assertTrue(rig.pace.paused().compareTo(Duration.ofSeconds(50)) >= 0, "into a new window");
      Call heavy = new Call(ScriptedVenue.ACCOUNT, Map.of(), 101);
      Outcome.Waiting waiting =
          assertInstanceOf(Outcome.Waiting.class, rig.gateway.send(rig.target(), heavy));
      assertEquals("budget", waiting.cause());
    }
  }

  @Test
  void anInterruptEndsACallAndStaysKnown() throws Exception {
    try (Rig rig = new Rig(folder)) {
      Target target = rig.target();
      Thread.currentThread().interrupt();
      Outcome outcome = rig.gateway.send(target, Call.of(ScriptedVenue.ACCOUNT));
      assertTrue(Thread.interrupted());
      assertInstanceOf(Outcome.Unreachable.class, outcome);
      assertTrue(rig.server.requests().isEmpty());
    }
  }

  @Test
  void aDatabaseThatIsDownMakesCallsUnreachableAndUnsent() throws Exception {
    try (Rig rig = new Rig(folder)) {
      org.postgresql.ds.PGSimpleDataSource nowhere = new org.postgresql.ds.PGSimpleDataSource();
      nowhere.setURL("jdbc:postgresql://127.0.0.1:1/none");
      EgressSettings settings = Settings.with();
      SplittableRandom random = new SplittableRandom(1);
      Budget down = new Budget(nowhere, rig.pace, random, settings);
      try (Gateway gateway =
          new Gateway(
              rig.environments,
              down,
              rig.vault,
              rig.pace,
              random,
              settings,
              new Wire(settings),
              new Meters(new SimpleMeterRegistry()),
              new Spans(TracerProvider.noop().get("none")))) {
        assertInstanceOf(
            Outcome.Unreachable.class, gateway.send(rig.target(), Call.of(ScriptedVenue.ACCOUNT)));
      }
      assertTrue(rig.server.requests().isEmpty());
    }
  }

  @Test
  @DisplayName("F94 each request leaves one line that holds no parameter, key or signature")
  void f94EachRequestLeavesOneLineWithoutAnythingSecret() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("io.tallystick.egress.request");
    Handler listener = listener(lines);
    logger.addHandler(listener);
    try (Rig rig = new Rig(folder)) {
      rig.says(200, "{\"code\":-2015,\"msg\":\"evil\\nINFO forged CANARY\"}", "X-Used: 9\t9");
      Outcome outcome =
          rig.gateway.send(
              rig.target(), Call.of(ScriptedVenue.FILLS, Map.of("symbol", "CANARY\nINFO forged")));
      assertInstanceOf(Outcome.Refused.class, outcome);
      assertFalse(outcome.toString().contains("CANARY"), outcome.toString());
      assertEquals(rig.server.requests().size(), lines.size());
      String line = lines.getLast();
      for (String part :
          List.of(
              "method=GET",
              "path=/v/fills",
              "status=200",
              "code=-2015",
              "result=denied",
              "weight=10",
              "used=-",
              "environment=sandbox",
              "offset_ms=0",
              "attempt=1")) {
        assertTrue(line.contains(part), part + " in " + line);
      }
      assertTrue(line.matches(".*credential=[0-9a-f]{16} .*"), line);
      for (String each : lines) {
        assertFalse(each.contains("CANARY") || each.contains("signature"), each);
        assertFalse(each.contains("\n") || each.contains("timestamp"), each);
      }
    } finally {
      logger.removeHandler(listener);
    }
  }

  @Test
  void environmentsAreBuiltInAndOnlyASandboxIsAdded() {
    for (String bad :
        List.of(
            "http://example.com",
            "http://10.0.0.1:80",
            "ftp://127.0.0.1",
            "https://u@x.com",
            "https://example.com/path",
            "https://example.com?x=1",
            "http://127.0.0.1.example.com",
            "//127.0.0.1",
            "http://[::ffff:127.0.0.1]")) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new Environments(
                  List.of(new ScriptedVenue(List.of())),
                  Map.of("scripted", List.of(URI.create(bad)))),
          bad);
    }
    for (String bad : List.of("http://127.0.0.1:80", "https://example.com:8443")) {
      Environment production = new Environment("production", List.of(URI.create(bad)), true);
      assertThrows(
          IllegalArgumentException.class,
          () -> new Environments(List.of(new ScriptedVenue(List.of(production))), Map.of()),
          bad);
    }
    Environment production =
        new Environment("production", List.of(URI.create("https://example.com")), true);
    Environments fine =
        new Environments(
            List.of(new ScriptedVenue(List.of(production))),
            Map.of("scripted", List.of(URI.create("http://localhost:1234"))));
    assertTrue(fine.find("scripted", "production").isPresent());
    assertTrue(fine.find("scripted", "sandbox").isPresent());
    assertTrue(fine.find("scripted", "testnet").isEmpty());
  }

  static Handler listener(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        lines.add(
            entry.getParameters() == null
                ? entry.getMessage()
                : String.format(entry.getMessage(), entry.getParameters()));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
