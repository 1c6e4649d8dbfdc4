package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.VirtualTime;
import io.tallystick.vault.ScriptedVenue;
import io.tallystick.venue.Call;
import io.tallystick.venue.Denial;
import io.tallystick.venue.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VenueFaultTest {
  private static final Call CALL = Call.of(ScriptedVenue.ACCOUNT);
  private static final Charset UTF8 = StandardCharsets.UTF_8;
  private static final String GZIP = "Content-Encoding: gzip";

  @TempDir Path folder;

  @ParameterizedTest(name = "F23 429 with Retry-After: {0} waits {1}")
  @CsvSource({"37,PT37S", "1000000000000,PT72H"})
  void f23AStatedStopIsKeptAndAnAbsurdOneIsCut(String header, Duration expected) throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.ahead = Duration.ofSeconds(-90);
      rig.says(429, "{}", "Retry-After: " + header);
      Outcome.Waiting waiting = waiting(rig.gateway.send(rig.target(), CALL));
      assertEquals(rig.pace.instant().plus(expected), waiting.until(), "by our own clock");
      assertEquals("limited", waiting.cause());
      assertEquals(Verdict.Scope.POOL, waiting.scope());
      long before = rig.server.count("/v/account");
      waiting(rig.gateway.send(rig.target(9), Call.of(ScriptedVenue.FILLS)));
      assertEquals(before, rig.server.count("/v/account") + rig.server.count("/v/fills"));
    }
  }

  @ParameterizedTest(name = "F23 429 with Retry-After: [{0}] waits for the next minute")
  @ValueSource(strings = {"0", "-5", "", "soon"})
  void f23AnUnusableStopMeansTheNextWindow(String header) throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.says(429, "{}", "Retry-After: " + header);
      Outcome.Waiting waiting = waiting(rig.gateway.send(rig.target(), CALL));
      Instant minute = Instant.parse("2026-11-21T12:01:00Z");
      assertTrue(waiting.until().isAfter(minute), () -> "" + waiting.until());
      assertTrue(waiting.until().isBefore(minute.plusSeconds(2)), () -> "" + waiting.until());
      rig.says(200, Rig.GOOD);
      rig.pace.move(Duration.between(rig.pace.instant(), waiting.until()));
      assertInstanceOf(Outcome.Answered.class, rig.gateway.send(rig.target(), CALL));
    }
  }

  @Test
  @DisplayName("F24 a 418 stops all connections of the address and one request goes first after it")
  void f24ABanStopsAllConnections() throws Exception {
    try (Rig rig = new Rig(folder, "clock-refresh", "PT10M")) {
      rig.says(418, "{}", "Retry-After: 120");
      Outcome.Waiting banned = waiting(rig.gateway.send(rig.target(), CALL));
      assertEquals("banned", banned.cause());
      assertEquals(rig.pace.instant().plusSeconds(120), banned.until());
      int before = rig.server.requests().size();
      for (long connection = 10; connection < 30; connection++) {
        Outcome.Waiting other =
            waiting(rig.gateway.send(rig.target(connection), Call.of(ScriptedVenue.ASSETS)));
        assertEquals(banned.until(), other.until());
      }
      assertEquals(before, rig.server.requests().size(), "silence while banned");
      rig.pace.move(Duration.ofSeconds(120));
      rig.says(418, "{}", "Retry-After: 300");
      List<VirtualTime.Actor> sent = new ArrayList<>();
      for (long connection = 10; connection < 30; connection++) {
        Target target = rig.target(connection);
        sent.add(() -> waiting(rig.gateway.send(target, CALL)));
      }
      rig.pace.time().run(Duration.ofSeconds(30), sent);
      assertEquals(before + 1, rig.server.requests().size(), "one goes first, and is banned again");
      rig.pace.move(Duration.ofSeconds(300));
      rig.says(200, Rig.GOOD);
      assertInstanceOf(Outcome.Answered.class, rig.gateway.send(rig.target(), CALL));
      assertInstanceOf(Outcome.Answered.class, rig.gateway.send(rig.target(9), CALL));
    }
  }

  @Test
  @DisplayName("F25 a storm of 429s over many connections never becomes a ban")
  void f25AStormNeverBecomesABan() throws Exception {
    try (Rig rig = new Rig(folder, "clock-refresh", "PT10M")) {
      BanningVenue banning = new BanningVenue(rig);
      rig.says(banning);
      for (long connection = 1; connection <= 60; connection++) {
        Target target = rig.target(connection);
        Outcome outcome = rig.gateway.send(target, CALL);
        while (outcome instanceof Outcome.Waiting wait) {
          rig.pace.pause(Duration.between(rig.pace.instant(), wait.until()));
          outcome = rig.gateway.send(target, CALL);
        }
        assertInstanceOf(Outcome.Answered.class, outcome);
      }
      assertTrue(banning.limited > 0, "there was a storm");
      assertEquals(0, banning.insisted);
      assertTrue(banning.most <= 70, "used " + banning.most);
    }
  }

  /** Says 429 in minutes in which others use the address up, and 418 to who insists. */
  private static final class BanningVenue implements ScriptedServer.Script {
    private final Rig rig;
    private Instant minute = Instant.EPOCH;
    private Instant stopped = Instant.EPOCH;
    private int ours;
    private int most;
    private int limited;
    private int insisted;

    BanningVenue(Rig rig) {
      this.rig = rig;
    }

    @Override
    public synchronized void answer(ScriptedServer.Request request, Socket to) throws IOException {
      Instant now = Instant.ofEpochMilli(rig.venueMillis());
      if (!now.truncatedTo(ChronoUnit.MINUTES).equals(minute)) {
        minute = now.truncatedTo(ChronoUnit.MINUTES);
        ours = 0;
      }
      boolean crowded = minute.getEpochSecond() / 60 % 3 != 0;
      ours += 10;
      most = Math.max(most, ours);
      if (now.isBefore(stopped)) {
        insisted++;
        ScriptedServer.says(418, "{}", "Retry-After: 600").answer(request, to);
      } else if (crowded && ours > 20) {
        limited++;
        stopped = now.plusSeconds(30);
        ScriptedServer.says(429, "{}", "Retry-After: 30").answer(request, to);
      } else {
        ScriptedServer.says(200, Rig.GOOD).answer(request, to);
      }
    }
  }

  @Test
  @DisplayName("F26 a firewall waits long, a region is refused, and HTML is unreadable")
  void f26FirewallRegionAndHtmlAreToldApart() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.says(451, "{\"code\":0}");
      Outcome.Refused region =
          assertInstanceOf(Outcome.Refused.class, rig.gateway.send(rig.target(), CALL));
      assertEquals(Denial.REGION, region.denial());
      rig.says(200, "<html>maintenance</html>");
      assertInstanceOf(Outcome.Unreadable.class, rig.gateway.send(rig.target(), CALL));
      rig.says(403, "<html>no</html>");
      Outcome.Waiting firewall = waiting(rig.gateway.send(rig.target(), CALL));
      assertEquals(rig.pace.instant().plus(Duration.ofMinutes(10)), firewall.until());
    }
  }

  @ParameterizedTest(name = "F27 {0} is tried again, four times at most")
  @ValueSource(strings = {"500", "502", "504", "reset", "half", "short", "silence"})
  void f27PassingTroubleIsTriedAgainWithinBounds(String trouble) throws Exception {
    try (Rig rig = new Rig(folder, "call-timeout", "PT0.3S")) {
      rig.budget.learn("scripted", Environments.SANDBOX, Map.of("weight", 100_000));
      rig.says(trouble(trouble));
      Outcome outcome = rig.gateway.send(rig.target(), CALL);
      assertInstanceOf(Outcome.Unreachable.class, outcome, () -> "" + outcome);
      assertEquals(4, outcome.trace().attempts());
      assertEquals(4, rig.server.count("/v/account"), "the client adds no tries of its own");
      assertEquals(40, outcome.trace().weight(), "each try is paid for");
      assertTrue(rig.pace.paused().compareTo(Duration.ofSeconds(8)) < 0);
      rig.pace.move(Duration.ofMinutes(2));
      rig.saysInTurn(trouble(trouble), ScriptedServer.says(200, Rig.GOOD));
      Outcome second = rig.gateway.send(rig.target(), CALL);
      assertInstanceOf(Outcome.Answered.class, second, () -> "" + second);
      assertEquals(2, second.trace().attempts());
    }
  }

  @Test
  @DisplayName("F28 an answer that drips is cut when its time is up")
  void f28ADrippingAnswerIsCut() throws Exception {
    try (Rig rig = new Rig(folder, "call-timeout", "PT0.3S", "tries", "1")) {
      rig.says((request, to) -> {
        OutputStream out = to.getOutputStream();
        out.write("HTTP/1.1 200 said\r\nContent-Length: 5000\r\n\r\n".getBytes(UTF8));
        drip(out);
      });
      long start = System.nanoTime();
      Outcome outcome = rig.gateway.send(rig.target(), CALL);
      assertInstanceOf(Outcome.Unreachable.class, outcome);
      assertTrue(System.nanoTime() - start < 5_000_000_000L);
    }
  }

  @Test
  @DisplayName("F28 an endless answer and a packed bomb are dropped at the limit")
  void f28EndlessAndPackedAnswersAreDroppedAtTheLimit() throws Exception {
    try (Rig rig = new Rig(folder, "body-limit", "65536")) {
      AtomicInteger written = new AtomicInteger();
      rig.says((request, to) -> {
        OutputStream out = to.getOutputStream();
        out.write("HTTP/1.1 200 said\r\nContent-Length: 5000000000\r\n\r\n".getBytes(UTF8));
        byte[] block = new byte[1 << 16];
        while (written.get() < 5000) {
          out.write(block);
          written.incrementAndGet();
        }
      });
      Outcome endless = rig.gateway.send(rig.target(), CALL);
      assertInstanceOf(Outcome.Unreadable.class, endless);
      assertEquals(1, endless.trace().attempts());
      assertTrue(written.get() < 5000, "the sender was cut off");
      rig.says((request, to) -> ScriptedServer.write(to, 200, packed(50_000_000), GZIP));
      assertInstanceOf(Outcome.Unreadable.class, rig.gateway.send(rig.target(), CALL));
      rig.says((request, to) -> ScriptedServer.write(to, 200, packed(65_536), GZIP));
      String exact = rig.gateway.send(rig.target(), CALL).toString();
      assertTrue(exact.contains("not JSON"), exact);
      rig.says(200, Rig.GOOD, "Content-Encoding: br");
      assertInstanceOf(Outcome.Unreadable.class, rig.gateway.send(rig.target(), CALL));
    }
  }

  @Test
  @DisplayName("F29 an error inside a 200 is a refusal, not an empty success")
  void f29AnErrorInsideA200IsARefusal() throws Exception {
    try (Rig rig = new Rig(folder)) {
      rig.says(200, "{\"code\":-2015,\"msg\":\"no\"}");
      Outcome.Refused refused =
          assertInstanceOf(Outcome.Refused.class, rig.gateway.send(rig.target(), CALL));
      assertEquals(-2015, refused.code());
      assertEquals(-2015, refused.trace().code());
    }
  }

  private static ScriptedServer.Script trouble(String kind) {
    return switch (kind) {
      case "reset" ->
          (request, to) -> {
            to.setSoLinger(true, 0);
            to.close();
          };
      case "half" -> (request, to) -> to.getOutputStream().write("HTTP/1.1 200 sa".getBytes(UTF8));
      case "short" ->
          (request, to) ->
              to.getOutputStream()
                  .write("HTTP/1.1 200 said\r\nContent-Length: 900\r\n\r\n{\"ok\"".getBytes(UTF8));
      case "silence" -> (request, to) -> to.getInputStream().read();
      default -> ScriptedServer.says(Integer.parseInt(kind), "oops");
    };
  }

  /** A byte whenever a read has timed out, until the client hangs up. */
  private static void drip(OutputStream out) throws IOException {
    for (int i = 0; i < 4000; i++) {
      out.write('{');
      out.flush();
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
  }

  private static byte[] packed(int size) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      byte[] block = new byte[1 << 13];
      for (int left = size; left > 0; left -= block.length) {
        zip.write(block, 0, Math.min(left, block.length));
      }
    }
    return out.toByteArray();
  }

  private static Outcome.Waiting waiting(Outcome outcome) {
    return assertInstanceOf(Outcome.Waiting.class, outcome, () -> "" + outcome);
  }
}
