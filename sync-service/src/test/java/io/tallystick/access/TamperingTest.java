package io.tallystick.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * One log of three tenants, and whatever its database's superuser does to what a checkpoint covers
 * that somebody kept. Each act is rolled back, so that the next one meets the log as it was.
 */
class TamperingTest {
  private static LogRig rig;
  private static long covered;
  private static final Map<Long, TrustedCheckpoints> KEPT = new HashMap<>();
  private static final Map<Long, List<Long>> POSITIONS = new HashMap<>();

  @BeforeAll
  static void fill() throws SQLException, IOException {
    rig = LogRig.fresh();
    SplittableRandom random = new SplittableRandom(4711);
    long position = 0;
    for (int batch = 0; batch < 60; batch++) {
      // A long stretch of one tenant lets others' exports use whole subtrees of the database.
      boolean stretch = batch == 30;
      int n = stretch ? 600 : random.nextInt(1, 9);
      for (int i = 0; i < n; i++) {
        long tenant = stretch ? 3 : random.nextInt(1, 4);
        rig.append(tenant, tenant * 10 + random.nextInt(4));
        POSITIONS.computeIfAbsent(tenant, t -> new ArrayList<>()).add(position++);
      }
      rig.seal();
    }
    covered = position;
    for (long tenant = 1; tenant <= 3; tenant++) {
      KEPT.put(tenant, rig.keep(tenant, null));
    }
    for (int i = 0; i < 12; i++) {
      rig.append(1 + i % 3, 10);
    }
    rig.seal();
    for (int i = 0; i < 6; i++) {
      rig.append(1 + i % 3, 10);
    }
  }

  private static TrustedCheckpoints kept(long tenant) {
    return Objects.requireNonNull(KEPT.get(tenant));
  }

  private static List<Long> positions(long tenant) {
    return Objects.requireNonNull(POSITIONS.get(tenant));
  }

  /** What the verifier says after an act that is undone again. */
  private static Verdict after(long tenant, Act act) throws SQLException {
    try (Connection superuser = rig.superuser()) {
      act.on(superuser);
      Verdict verdict =
          LogRig.verify(rig.export(superuser, tenant, null, kept(tenant)), kept(tenant));
      superuser.rollback();
      return verdict;
    }
  }

  private interface Act {
    void on(Connection superuser) throws SQLException;
  }

  private static Act sql(String... statements) {
    return superuser -> {
      try (Statement statement = superuser.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    };
  }

  private static void assertNamed(long position, Verdict verdict) {
    Verdict.Finding first = assertInstanceOf(Verdict.Tampered.class, verdict).first();
    assertEquals(position, first.from(), verdict.toString());
    assertEquals(position, first.to(), verdict.toString());
  }

  @Test
  void theUntouchedLogVerifiesForEachTenantAndHolder() throws SQLException {
    for (long tenant = 1; tenant <= 3; tenant++) {
      Verdict.Seen seen =
          assertInstanceOf(
                  Verdict.Verified.class,
                  LogRig.verify(rig.export(tenant, kept(tenant)), kept(tenant)))
              .seen();
      assertEquals(covered, seen.covered());
      assertEquals(covered + 12, seen.size());
      assertEquals(positions(tenant).size() + 4, seen.leaves());
      assertEquals(2, seen.unsealed());
      assertTrue(seen.counted());
      assertTrue(seen.checkpoints() > 20, seen.toString());
      try (Connection app = rig.app()) {
        long holder = tenant * 10 + 1;
        TrustedCheckpoints ofHolder = rig.keep(tenant, holder);
        Verdict verdict = LogRig.verify(rig.export(app, tenant, holder, ofHolder), ofHolder);
        assertTrue(assertInstanceOf(Verdict.Verified.class, verdict).seen().leaves() > 10);
      }
    }
  }

  @Test
  @DisplayName("100 random tamperings as superuser are 100 times detected and placed")
  void hundredRandomTamperingsAreDetected() throws SQLException {
    long seed = 20261121;
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Map<Tampering, List<Long>> widths = new EnumMap<>(Tampering.class);
    int detected = 0;
    for (int i = 0; i < 100; i++) {
      Tampering kind = Tampering.values()[i % Tampering.values().length];
      long tenant = random.nextInt(1, 4);
      List<Long> own = positions(tenant);
      long position = own.get(random.nextInt(1, own.size()));
      long other = own.get(random.nextInt(own.size()));
      other = other == position ? own.getFirst() : other;
      Tampering.Target[] target = new Tampering.Target[1];
      long[] harmed = new long[1];
      long another = other;
      Verdict verdict =
          after(
              tenant,
              superuser -> {
                target[0] = new Tampering.Target(superuser, tenant, position, another);
                harmed[0] = kind.harm(target[0], random);
              });
      String what = i + " " + kind + " at " + harmed[0] + ": " + verdict;
      Verdict.Finding first = assertInstanceOf(Verdict.Tampered.class, verdict, what).first();
      assertTrue(first.from() <= harmed[0] && harmed[0] <= first.to(), what);
      widths.computeIfAbsent(kind, k -> new ArrayList<>()).add(first.to() - first.from() + 1);
      detected++;
    }
    System.out.println(detected + " of 100 tamperings detected; positions named in each case:");
    widths.forEach((kind, named) -> System.out.println("  " + kind + " " + named));
    assertEquals(100, detected);
  }

  @Test
  @DisplayName("F78 one changed byte of header, body or hash names the entry")
  void oneChangedByte() throws SQLException {
    long position = positions(1).get(20);
    for (Tampering kind :
        List.of(Tampering.HEADER_BYTE, Tampering.BODY_BYTE, Tampering.CHANGE_A_STORED_HASH)) {
      assertNamed(
          position,
          after(
              1,
              superuser ->
                  kind.harm(
                      new Tampering.Target(superuser, 1, position, 0), new SplittableRandom(1))));
    }
  }

  @Test
  @DisplayName("F79 an update that no trigger sees names the entry")
  void anUpdateBehindTriggers() throws SQLException {
    long position = positions(2).get(7);
    assertNamed(
        position,
        after(
            2,
            sql(
                "set local session_replication_role = replica",
                "update access_leaf set body = '\\x00' where leaf_id ="
                    + " (select leaf_id from leaf_position where position = "
                    + position
                    + ")")));
  }

  @Test
  @DisplayName("F80 one deleted entry, the last one and the last thousand are missed")
  void deletedEntries() throws SQLException {
    List<Long> own = positions(1);
    for (int last : new int[] {1, 10, 1_000}) {
      long first = own.get(Math.max(0, own.size() - last));
      Verdict verdict =
          after(
              1,
              superuser ->
                  Tampering.HIDE_THE_LAST_LEAVES.harm(
                      new Tampering.Target(superuser, 1, first, 0), new SplittableRandom(1)));
      Verdict.Finding found = assertInstanceOf(Verdict.Tampered.class, verdict).first();
      assertTrue(found.from() <= first && first <= found.to(), verdict.toString());
    }
    assertNamed(
        own.get(3),
        after(
            1,
            sql(
                "delete from access_leaf where leaf_id ="
                    + " (select leaf_id from leaf_position where position = "
                    + own.get(3)
                    + ")")));
  }

  @Test
  @DisplayName("F81 a truncated table is missed from the first entry on")
  void truncatedTables() throws SQLException {
    assertNamed(positions(1).getFirst(), after(1, sql("truncate access_leaf")));
    assertNamed(0, after(1, sql("truncate log_position, log_node")));
    assertNamed(0, after(1, sql("truncate log_checkpoint")));
    Verdict places = after(1, sql("truncate leaf_position"));
    assertEquals(0, assertInstanceOf(Verdict.Tampered.class, places).first().from());
  }

  @Test
  @DisplayName("F82 two swapped entries, and an entry copied to another tenant")
  void swappedAndCopiedEntries() throws SQLException {
    long one = positions(1).get(4);
    long other = positions(1).get(9);
    assertNamed(one, after(1, superuser -> new Tampering.Target(superuser, 1, one, other).swap()));
    long copied = positions(2).get(5);
    Verdict verdict =
        after(
            1,
            superuser ->
                new Tampering.Target(superuser, 2, copied, 0)
                    .run(
                        "update access_leaf set tenant_id = 1 where",
                        "update leaf_position set tenant_id = 1 where"));
    Verdict.Tampered tampered = assertInstanceOf(Verdict.Tampered.class, verdict);
    assertTrue(
        tampered.findings().stream()
            .anyMatch(found ->
                found.from() == copied && found.what().equals("the leaf is another tenant's")),
        verdict.toString());
  }

  @Test
  @DisplayName("F83 a consistent rewriting is placed between two checkpoints that were signed")
  void aConsistentRewriting() throws SQLException {
    long position = positions(1).get(30);
    Verdict verdict =
        after(
            1,
            superuser -> {
              Forger.changeHeader(superuser, position);
              Forger.rehash(superuser);
            });
    Verdict.Finding first = assertInstanceOf(Verdict.Tampered.class, verdict).first();
    assertTrue(first.from() <= position && position <= first.to(), verdict.toString());
    assertTrue(first.to() - first.from() < 20, verdict.toString());
  }

  @Test
  void aRewritingThatBringsItsOwnKeyIsNotBelieved() throws SQLException {
    TestKey own = TestKey.of(66);
    SignedNote.Verifier forger = new SignedNote.Verifier(LogRig.ORIGIN, own.publicKey());
    List<String> lines = new ArrayList<>(rig.export(1, kept(1)));
    lines.set(0, lines.getFirst().replace(rig.signer().verifier().text(), forger.text()));
    Verdict verdict = LogRig.verify(lines, kept(1));
    assertTrue(
        assertInstanceOf(Verdict.Tampered.class, verdict)
            .first()
            .what()
            .contains("not signed by the key"),
        verdict.toString());
  }

  @Test
  @DisplayName("F88 versions that are not known here are not called valid")
  void unknownVersions() throws SQLException {
    List<String> later = new ArrayList<>(rig.export(1, kept(1)));
    later.set(0, later.getFirst().replace("\"version\":1", "\"version\":2"));
    Verdict.Unchecked export =
        assertInstanceOf(Verdict.Unchecked.class, LogRig.verify(later, kept(1)));
    assertEquals(List.of("unknown version 2 of the export"), export.why());
    byte[] header = io.tallystick.kernel.Frame.of("tallystick/access/header/9", "later");
    Export.LeafLine leaf =
        new Export.LeafLine(
            "leaf",
            0,
            0,
            0,
            "log_0",
            header,
            new byte[32],
            MerkleTree.leafHash(LeafFormat.content(0, 0, header)),
            null);
    Export.Log log = new Export.Log("log", 1, LogRig.ORIGIN, "1", null, 1, "");
    assertEquals(new LeafCheck.Result.UnknownVersion("9"), LeafCheck.check(log, leaf));
  }

  @Test
  void anExportThatLacksTheTrustedSizeIsNotCalledValid() throws SQLException {
    TrustedCheckpoints none = new TrustedCheckpoints(new java.util.TreeMap<>(), List.of(), null);
    List<String> lines;
    try (Connection app = rig.app()) {
      lines = rig.export(app, 1, 19L, none);
    }
    TrustedCheckpoints ofHolder = kept(1);
    Verdict.Unchecked verdict =
        assertInstanceOf(Verdict.Unchecked.class, LogRig.verify(lines, ofHolder));
    assertTrue(verdict.why().getFirst().contains("export with at=" + covered), verdict.toString());
  }

  @Test
  void linesCutOrAddedInTheExportItselfAreNoticed() throws SQLException {
    List<String> lines = rig.export(1, kept(1));
    for (int i = 0; i < lines.size(); i += 7) {
      List<String> cut = new ArrayList<>(lines);
      String gone = cut.remove(i);
      Verdict verdict = LogRig.verify(cut, kept(1));
      boolean verified = verdict instanceof Verdict.Verified;
      assertEquals(gone.contains("\"line\":\"checkpoint\""), verified, gone + verdict);
    }
    assertInstanceOf(
        Verdict.Tampered.class, LogRig.verify(lines.subList(0, lines.size() / 2), kept(1)));
    List<String> garbage = new ArrayList<>(lines);
    garbage.set(9, "{\"line\":");
    assertInstanceOf(Verdict.Tampered.class, LogRig.verify(garbage, kept(1)));
  }

  @Test
  void theCommandPrintsWhereAndWhatIsNotClaimed() throws SQLException, IOException {
    Path export = rig.folder.resolve("export.ndjson");
    Path trusted = rig.folder.resolve("trusted");
    Files.writeString(trusted, kept(2).notes().getFirst().note());
    Files.write(export, rig.export(2, kept(2)));
    String good = command(0, export, trusted);
    assertTrue(good.startsWith("VERIFIED: the first " + covered + " positions"), good);
    assertTrue(good.contains("the unsealed tail, 2 leaves"), good);
    long position = positions(2).get(11);
    try (Connection superuser = rig.superuser()) {
      new Tampering.Target(superuser, 2, position, 0)
          .run("update access_leaf set kind = 'read' where");
      Files.write(export, rig.export(superuser, 2, null, kept(2)));
      superuser.rollback();
    }
    String bad = command(1, export, trusted);
    assertTrue(
        bad.startsWith("NOT AS SIGNED: first bad position: position " + position + "\n"), bad);
    assertTrue(command(2, export, rig.folder.resolve("missing")).contains("cannot be read"));
    assertTrue(command(2, export, export).contains("no signed checkpoint"));
    Files.writeString(export, "{\"line\":\"log\",\"version\":9}\n");
    assertTrue(command(3, export, trusted).contains("unknown version 9"));
  }

  private static String command(int code, Path export, Path trusted) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertEquals(code, Verify.run(print, export.toString(), trusted.toString()), out.toString());
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("A leaf that says an earlier time than those before it is evidence, not proof")
  void leapsBackInTimeAreRemarked() throws SQLException, IOException {
    LogRig own = LogRig.fresh();
    own.append(1, 5);
    own.pace.move(java.time.Duration.ofHours(-5));
    own.append(1, 5);
    own.seal();
    TrustedCheckpoints trusted = own.keep(1, null);
    Verdict.Seen seen =
        assertInstanceOf(Verdict.Verified.class, LogRig.verify(own.export(1, trusted), trusted))
            .seen();
    assertEquals(1, seen.remarks().size());
    assertTrue(seen.remarks().getFirst().startsWith("the leaf at position 1 says"));
  }
}
