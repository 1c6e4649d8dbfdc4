package io.tallystick.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.consent.ConsentProofs;
import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import io.tallystick.report.layout.Table;
import io.tallystick.report.reading.Chapter;
import io.tallystick.report.reading.Input;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A pack that was altered anywhere is noticed, and the verifier says where. */
class PackTest {
  private static final Instant AT = Instant.parse("2025-02-03T10:00:00Z");
  private static final Chapter CHAPTER =
      new Chapter(
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
                  new Leg("BTC", BigDecimal.TWO, Amount.unknown(Amount.Cause.MISSING_PRICE, "c")),
                  List.of(),
                  Selection.NONE)),
          List.of(),
          List.of(),
          List.of(new Input.Root("a", 1, "evd_a")),
          List.of());
  private static final Input.Rest REST =
      new Input.Rest(
          List.of(),
          List.of(),
          List.of(
              new Input.Statement("w", 2025, "BTC", BigDecimal.ONE, BigDecimal.TEN, false, null)),
          List.of(new Input.Worth(null, "BTC", null, List.of())),
          null);
  private static final List<Chapter> CHAPTERS = List.of(CHAPTER);

  private static byte[] pack() {
    Settings settings = Profile.of("generic").settings();
    Computation.Result result = Computation.run(settings, CHAPTERS, null);
    List<String> chapters = List.of(Canon.digest(Computation.CHAPTERS.write(CHAPTERS)));
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
            Computation.input(chapters, REST),
            Computation.prices(List.of(Computation.prices(CHAPTER)), REST),
            List.of(),
            List.of(),
            result.totals(),
            List.of(),
            Table.LAYOUT,
            Profile.of("generic").rounding(),
            Map.of());
    Map<String, byte[]> files = new TreeMap<>();
    files.put(Pack.HEAD, bytes(Canon.text(head)));
    files.put(Pack.INPUT, bytes(Pack.text(CHAPTERS)));
    files.put(Pack.REST, bytes(Canon.text(REST)));
    files.put(Pack.LINES, bytes(Pack.text(lines(result))));
    files.put(Pack.PRICES, bytes(Pack.prices(CHAPTERS, REST).text()));
    files.put(Pack.RESULT, bytes(result.digest() + "\n"));
    files.put(Pack.LOG, bytes(Canon.text(PackSigning.LOG) + "\n"));
    files.put(Pack.CONSENTS, bytes(Canon.text(PackSigning.CONSENTS) + "\n"));
    return Pack.archive(Pack.withManifest(files));
  }

  private static List<Line> lines(Computation.Result result) {
    return result.parts().stream().flatMap(part -> Computation.LINES.read(part).stream()).toList();
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
    assertEquals(CHAPTER, Canon.read(Canon.text(CHAPTER), Chapter.class));
    assertEquals(REST, Canon.read(Canon.text(REST), Input.Rest.class));
  }

  @Test
  void everySingleByteThatIsFlippedIsNoticedAndItsFileIsNamed() {
    byte[] pack = pack();
    Map<String, Integer> named = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (int at = 0; at < pack.length; at++) {
      pack[at] ^= 1;
      List<String> faults = PackVerifier.verify(pack);
      pack[at] ^= 1;
      String file = fileAt(pack, at);
      if (faults.isEmpty()) {
        wrong.add("unnoticed at " + at);
      } else if (!file.isEmpty()) {
        named.merge(file, 1, Integer::sum);
        if (faults.stream().noneMatch(fault -> fault.startsWith(file + ":"))) {
          wrong.add(file + " at " + at + ": " + faults);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(
        Set.of(
            Pack.HEAD,
            Pack.INPUT,
            Pack.REST,
            Pack.LINES,
            Pack.RESULT,
            Pack.LOG,
            Pack.CONSENTS,
            Pack.MANIFEST),
        named.keySet());
  }

  // The file whose content a byte is of; empty between contents, where an archive's own words are.
  private static String fileAt(byte[] pack, int at) {
    ByteBuffer in = ByteBuffer.wrap(pack).order(ByteOrder.LITTLE_ENDIAN);
    int begin = 0;
    while (in.getInt(begin) == 0x04034b50) {
      int size = in.getInt(begin + 22);
      int name = in.getShort(begin + 26);
      int content = begin + 30 + name + in.getShort(begin + 28);
      if (at >= content && at < content + size) {
        return new String(pack, begin + 30, name, StandardCharsets.UTF_8);
      }
      begin = content + size;
    }
    return "";
  }

  // Who also mends the list of digests is found out by computing again.
  @Test
  void aFigureThatWasChangedWithItsDigestComputesToSomethingElse() {
    Settings settings = Profile.of("generic").settings();
    Computation.Result result = Computation.run(settings, CHAPTERS, null);
    String lines = Pack.text(lines(result));
    Map<String, byte[]> files = new TreeMap<>();
    String all = new String(pack(), StandardCharsets.UTF_8);
    String head = all.substring(all.indexOf("{\"profile\""));
    files.put(Pack.HEAD, bytes(head.substring(0, head.indexOf("PK"))));
    files.put(Pack.INPUT, bytes(Pack.text(CHAPTERS)));
    files.put(Pack.REST, bytes(Canon.text(REST)));
    files.put(Pack.LINES, bytes(lines.replaceFirst("\"7\"", "\"9\"")));
    files.put(Pack.PRICES, bytes(""));
    files.put(Pack.RESULT, bytes(result.digest() + "\n"));
    files.put(Pack.LOG, bytes(Canon.text(PackSigning.LOG)));
    files.put(Pack.CONSENTS, bytes(Canon.text(PackSigning.CONSENTS)));
    List<String> faults = PackVerifier.verify(Pack.archive(Pack.withManifest(files)));
    assertEquals(List.of(Pack.LINES + ": the input computes to other lines"), faults);
  }

  @Test
  void aSumThatWasChangedWithItsDigestIsComputedAgainAndNamed() {
    Map<String, byte[]> files = new TreeMap<>(PackVerifier.read(pack(), new ArrayList<>()));
    files.remove(Pack.MANIFEST);
    String head = new String(Objects.requireNonNull(files.get(Pack.HEAD)), StandardCharsets.UTF_8);
    String other = head.replaceFirst("\"gains\":\"[^\"]+\"", "\"gains\":\"1\"");
    files.put(Pack.HEAD, bytes(other));
    assertEquals(
        List.of(Pack.HEAD + ": the input computes to other sums"),
        PackVerifier.verify(Pack.archive(Pack.withManifest(files))));
  }

  @Test
  void aTableThatWasChangedWithItsDigestIsLaidOutAgainAndNamed() {
    Map<String, byte[]> files = new TreeMap<>(PackVerifier.read(pack(), new ArrayList<>()));
    files.remove(Pack.MANIFEST);
    ReportHead head =
        Canon.read(
            new String(Objects.requireNonNull(files.get(Pack.HEAD)), StandardCharsets.UTF_8),
            ReportHead.class);
    List<Line> lines = lines(Computation.run(Settings.of(head.settings()), CHAPTERS, null));
    Tables.Source source = new Tables.Source(CHAPTERS, REST, lines, Map.of());
    String table = SheetFiles.csv(Table.DISPOSALS.of(Tables.facts(head, source, true, null)));
    String name = Pack.table(Table.DISPOSALS);
    files.put(name, bytes(table));
    assertEquals(List.of(), PackVerifier.verify(Pack.archive(Pack.withManifest(files))));
    files.put(name, bytes(table.replaceFirst(",7,", ",9,")));
    assertEquals(
        List.of(name + ": the input comes to another table"),
        PackVerifier.verify(Pack.archive(Pack.withManifest(files))));
  }

  private static List<String> without(String file, String part, String other) {
    Map<String, byte[]> files = new TreeMap<>(PackVerifier.read(pack(), new ArrayList<>()));
    files.remove(Pack.MANIFEST);
    String text = new String(Objects.requireNonNull(files.get(file)), StandardCharsets.UTF_8);
    String changed = text.replace(part, other);
    assertNotEquals(text, changed, "nothing to change");
    files.put(file, bytes(changed));
    return PackVerifier.verify(Pack.archive(Pack.withManifest(files)));
  }

  @Test
  void aLeafOrAReceiptThatNobodySignedIsNamedThoughItsDigestWasMended() {
    assertEquals(
        List.of(
            Pack.LOG + ": " + PackSigning.LEAF + ": is not in the log that the checkpoint signs"),
        without(Pack.LOG, "\"holderNumber\":0", "\"holderNumber\":1"));
    assertEquals(
        List.of(Pack.CONSENTS + ": a receipt is not signed by the key"),
        without(Pack.CONSENTS, "granted", "amended"));
  }

  @Test
  void aPackWithoutAReceiptIsWholeAndSaidToLackIt() {
    Map<String, byte[]> files = new TreeMap<>(PackVerifier.read(pack(), new ArrayList<>()));
    assertFalse(PackProofs.lacksReceipts(files));
    files.remove(Pack.MANIFEST);
    ConsentProofs.Signed none = new ConsentProofs.Signed(PackSigning.LOG.verifier(), List.of());
    files.put(Pack.CONSENTS, bytes(Canon.text(none)));
    assertEquals(List.of(), PackVerifier.verify(Pack.archive(Pack.withManifest(files))));
    assertTrue(PackProofs.lacksReceipts(files));
  }

  @Test
  void aKeyThatIsNotTrustedSignsNothing() {
    assertEquals(List.of(), PackVerifier.verify(pack(), Set.of(PackSigning.LOG.verifier())));
    assertEquals(
        List.of(
            Pack.LOG + ": the key is not one that you trust",
            Pack.CONSENTS + ": the key is not one that you trust"),
        PackVerifier.verify(pack(), Set.of("another+00000000+AAAA")));
  }
}
