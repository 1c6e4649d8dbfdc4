package io.tallystick.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import io.tallystick.report.reading.Input;
import io.tallystick.valuation.PriceSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A pack that was altered anywhere is noticed, and the verifier says where. */
class PackTest {
  private static final Instant AT = Instant.parse("2025-02-03T10:00:00Z");
  private static final Input INPUT =
      new Input(
          List.of(
              new Event.Acquired(
                  new Source("a", AT, "w"),
                  AcquisitionKind.PURCHASE,
                  Leg.of("BTC", "3", "10"),
                  List.of(),
                  AT),
              new Event.Disposed(
                  new Source("b", AT.plusSeconds(9), "w"),
                  DisposalKind.SALE,
                  Leg.of("BTC", "1", "7"),
                  List.of(),
                  Selection.NONE),
              new Event.Disposed(
                  new Source("c", AT.plusSeconds(99), "w"),
                  DisposalKind.PAYMENT,
                  new Leg(
                      "BTC",
                      java.math.BigDecimal.TWO,
                      Amount.unknown(Amount.Cause.MISSING_PRICE, "c")),
                  List.of(),
                  Selection.NONE)),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  private static byte[] pack() {
    Settings settings = Profile.of("generic").settings();
    Computation.Result result = Computation.run(settings, INPUT);
    String input = Canon.text(INPUT);
    PriceSet prices = PriceSet.of(List.of());
    ReportHead head =
        new ReportHead(
            "generic",
            1,
            "2026-11-01",
            settings.entries(),
            List.of(),
            3,
            null,
            null,
            Canon.digest(input),
            prices.id(),
            List.of(),
            List.of(),
            result.totals(),
            List.of());
    StringBuilder lines = new StringBuilder();
    result.parts().forEach(part -> lines.append(Computation.unpack(part)));
    Map<String, byte[]> files = new TreeMap<>();
    files.put(Pack.HEAD, bytes(Canon.text(head)));
    files.put(Pack.INPUT, bytes(input));
    files.put(Pack.LINES, bytes(lines.toString()));
    files.put(Pack.PRICES, bytes(prices.text()));
    files.put(Pack.RESULT, bytes(result.digest() + "\n"));
    return Pack.archive(Pack.withManifest(files));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aWholePackIsFoundWhole() {
    assertEquals(List.of(), PackVerifier.verify(pack()));
  }

  @Test
  void theInputIsReadBackAsItWasWrittenWithWhatIsUnknown() {
    assertEquals(INPUT, Canon.read(Canon.text(INPUT), Input.class));
  }

  @Test
  void everySingleByteThatIsFlippedIsNoticed() {
    byte[] pack = pack();
    List<Integer> unnoticed = new ArrayList<>();
    for (int at = 0; at < pack.length; at++) {
      pack[at] ^= 1;
      if (PackVerifier.verify(pack).isEmpty()) {
        unnoticed.add(at);
      }
      pack[at] ^= 1;
    }
    assertEquals(List.of(), unnoticed);
  }

  @Test
  void theFileThatWasAlteredIsNamed() {
    String all = new String(pack(), StandardCharsets.ISO_8859_1);
    for (String file : List.of(Pack.HEAD, Pack.INPUT, Pack.LINES, Pack.RESULT)) {
      byte[] pack = pack();
      Matcher begin = Pattern.compile(Pattern.quote(file) + "[{0-9a-f]").matcher(all);
      assertTrue(begin.find(), file);
      pack[begin.end() + 5] ^= 1;
      List<String> faults = PackVerifier.verify(pack);
      assertFalse(faults.isEmpty(), file);
      assertEquals(file, faults.getFirst().substring(0, file.length()), faults.toString());
    }
  }

  // Who also mends the list of digests is found out by computing again.
  @Test
  void aFigureThatWasChangedWithItsDigestComputesToSomethingElse() {
    Settings settings = Profile.of("generic").settings();
    Computation.Result result = Computation.run(settings, INPUT);
    String lines = Computation.unpack(result.parts().getFirst());
    Map<String, byte[]> files = new TreeMap<>();
    String all = new String(pack(), StandardCharsets.UTF_8);
    String head = all.substring(all.indexOf("{\"profile\""));
    files.put(Pack.HEAD, bytes(head.substring(0, head.indexOf("PK"))));
    files.put(Pack.INPUT, bytes(Canon.text(INPUT)));
    files.put(Pack.LINES, bytes(lines.replaceFirst("\"7\"", "\"9\"")));
    files.put(Pack.PRICES, bytes(""));
    files.put(Pack.RESULT, bytes(result.digest() + "\n"));
    List<String> faults = PackVerifier.verify(Pack.archive(Pack.withManifest(files)));
    assertEquals(List.of(Pack.LINES + ": the input computes to other lines"), faults);
  }
}
