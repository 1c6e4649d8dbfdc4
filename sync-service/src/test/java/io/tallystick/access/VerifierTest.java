package io.tallystick.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.access.proof.Checkpoint;
import io.tallystick.access.proof.Export;
import io.tallystick.access.proof.LeafHeader;
import io.tallystick.access.proof.LogCheck;
import io.tallystick.access.proof.MerkleTree;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.access.proof.TrustedCheckpoints;
import io.tallystick.access.proof.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The offline verifier: what it believes, what it says, and what it does not claim. */
class VerifierTest {
  private final TamperedLog log = TamperedLog.shared();

  @Test
  void aRewritingThatBringsItsOwnKeyIsNotBelieved() throws SQLException {
    TestKey own = TestKey.of(66);
    SignedNote.Verifier forger = new SignedNote.Verifier(LogRig.ORIGIN, own.publicKey());
    List<String> lines = new ArrayList<>(log.rig.export(1, log.kept(1)));
    lines.set(0, lines.getFirst().replace(log.rig.signer().verifier().text(), forger.text()));
    Verdict verdict = LogRig.verify(lines, log.kept(1));
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
    List<String> later = new ArrayList<>(log.rig.export(1, log.kept(1)));
    later.set(0, later.getFirst().replace("\"version\":1", "\"version\":2"));
    Verdict.Unchecked export =
        assertInstanceOf(Verdict.Unchecked.class, LogRig.verify(later, log.kept(1)));
    assertEquals(List.of("unknown version 2 of the export"), export.why());
    byte[] header = io.tallystick.kernel.Frame.of("tallystick/access/header/9", "later");
    byte[] hash = MerkleTree.leafHash(LeafHeader.content(0, 0, header));
    SignedNote.Verifier verifier = log.rig.signer().verifier();
    Checkpoint checkpoint = Checkpoint.of(LogRig.ORIGIN, 1, hash);
    SignedNote note = SignedNote.of(checkpoint.text(), verifier, log.rig.key.sign(checkpoint));
    LogCheck check =
        new LogCheck(Objects.requireNonNull(TrustedCheckpoints.parse(note.note())), null);
    for (Object line :
        List.of(
            new Export.Log("log", 1, LogRig.ORIGIN, "1", null, 1, verifier.text()),
            new Export.LeafLine("leaf", 0, 0, 0, "log_0", header, new byte[32], hash, null),
            new Export.End("end", 1, 0, null))) {
      check.line(Export.mapper().valueToTree(line).toString());
    }
    assertEquals(
        List.of("unknown version 9 of the leaf at position 0"),
        assertInstanceOf(Verdict.Unchecked.class, check.verdict()).why());
  }

  @Test
  void anExportThatLacksTheTrustedSizeIsNotCalledValid() throws SQLException {
    TrustedCheckpoints none = new TrustedCheckpoints(new java.util.TreeMap<>(), List.of(), null);
    List<String> lines;
    try (Connection app = log.rig.app()) {
      lines = log.rig.export(app, 1, 19L, none);
    }
    TrustedCheckpoints ofHolder = log.kept(1);
    Verdict.Unchecked verdict =
        assertInstanceOf(Verdict.Unchecked.class, LogRig.verify(lines, ofHolder));
    assertTrue(
        verdict.why().getFirst().contains("export with at=" + log.covered), verdict.toString());
  }

  @Test
  void aTrustedSizeAmongOthersLeavesAccusesNobody() throws SQLException, IOException {
    LogRig rig = LogRig.fresh();
    rig.append(1, 5);
    rig.seal();
    rig.append(2, 6);
    rig.append(2, 6);
    rig.seal();
    TrustedCheckpoints kept = rig.keep(1, null);
    for (int i = 0; i < 5; i++) {
      rig.append(2, 6);
    }
    rig.seal();
    TrustedCheckpoints none = new TrustedCheckpoints(new java.util.TreeMap<>(), List.of(), null);
    Verdict.Unchecked verdict =
        assertInstanceOf(Verdict.Unchecked.class, LogRig.verify(rig.export(1, none), kept));
    assertEquals(
        List.of("the root at the trusted size 3 is not in this export; export with at=3"),
        verdict.why());
    assertInstanceOf(Verdict.Verified.class, LogRig.verify(rig.export(1, kept), kept));
  }

  @Test
  void linesCutOrAddedInTheExportItselfAreNoticed() throws SQLException {
    List<String> lines = log.rig.export(1, log.kept(1));
    for (int i = 0; i < lines.size(); i += 7) {
      List<String> cut = new ArrayList<>(lines);
      String gone = cut.remove(i);
      Verdict verdict = LogRig.verify(cut, log.kept(1));
      boolean verified = verdict instanceof Verdict.Verified;
      assertEquals(gone.contains("\"line\":\"checkpoint\""), verified, gone + verdict);
    }
    assertInstanceOf(
        Verdict.Tampered.class, LogRig.verify(lines.subList(0, lines.size() / 2), log.kept(1)));
    List<String> garbage = new ArrayList<>(lines);
    garbage.set(9, "{\"line\":");
    assertInstanceOf(Verdict.Tampered.class, LogRig.verify(garbage, log.kept(1)));
  }

  @Test
  void theCommandPrintsWhereAndWhatIsNotClaimed() throws SQLException, IOException {
    Path export = log.rig.folder.resolve("export.ndjson");
    Path trusted = log.rig.folder.resolve("trusted");
    Files.writeString(trusted, log.kept(2).notes().getFirst().note());
    Files.write(export, log.rig.export(2, log.kept(2)));
    String good = command(0, export, trusted);
    assertTrue(good.startsWith("VERIFIED: the first " + log.covered + " positions"), good);
    assertTrue(good.contains("the unsealed tail, 2 leaves"), good);
    long position = log.positions(2).get(11);
    try (Connection superuser = log.rig.superuser()) {
      new Tampering.Target(superuser, 2, position, 0)
          .run("update access_leaf set kind = 'read' where");
      Files.write(export, log.rig.export(superuser, 2, null, log.kept(2)));
      superuser.rollback();
    }
    String bad = command(1, export, trusted);
    assertTrue(
        bad.startsWith("NOT AS SIGNED: first bad position: position " + position + "\n"), bad);
    assertTrue(command(2, export, log.rig.folder.resolve("missing")).contains("cannot be read"));
    assertTrue(command(2, export, export).contains("no signed checkpoint"));
    Files.writeString(export, "{\"line\":\"log\",\"version\":9}\n");
    assertTrue(command(3, export, trusted).contains("unknown version 9"));
  }

  @Test
  void anExportOfOneHolderIsNotTheTenantThatTheCheckpointCounts() throws SQLException, IOException {
    Path export = log.rig.folder.resolve("holder.ndjson");
    Path trusted = log.rig.folder.resolve("trusted-of-tenant");
    Files.writeString(trusted, log.kept(1).notes().getFirst().note());
    TrustedCheckpoints ofHolder;
    try (Connection app = log.rig.app()) {
      Files.write(export, log.rig.export(app, 1, 11L, log.kept(1)));
      ofHolder = log.rig.keep(1, 11L);
    }
    String said = command(3, export, trusted);
    assertTrue(said.contains("\nThe export is of holder 11 of tenant 1 alone.\n"), said);
    assertTrue(
        said.contains(
            "the trusted checkpoint of size " + log.covered + " counts the leaves of tenant 1,"),
        said);
    assertFalse(said.contains("does not count this tenant's leaves"), said);

    Path own = log.rig.folder.resolve("trusted-of-holder");
    Files.writeString(own, ofHolder.notes().getFirst().note());
    try (Connection app = log.rig.app()) {
      Files.write(export, log.rig.export(app, 1, 11L, ofHolder));
    }
    String good = command(0, export, own);
    assertTrue(good.contains("\nThe export is of holder 11 of tenant 1 alone.\n"), good);
    // Of the tenant, the holder's count says too little; and another holder's nothing.
    Files.write(export, log.rig.export(1, ofHolder));
    assertTrue(command(3, export, own).contains("\nThe export is of tenant 1.\n"));
    try (Connection app = log.rig.app()) {
      Files.write(export, log.rig.export(app, 1, 12L, ofHolder));
    }
    command(3, export, own);
    // Both kept in one file: an export of the tenant has all leaves that either of them counts.
    String both = log.rig.keep(1, 11L).notes().getFirst().note();
    Files.writeString(own, both + log.rig.keep(1, null).notes().getFirst().note());
    Files.write(export, log.rig.export(1, ofHolder));
    command(0, export, own);
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

  @Test
  void theUntouchedLogVerifiesForEachTenantAndHolder() throws SQLException {
    for (long tenant = 1; tenant <= 3; tenant++) {
      Verdict.Seen seen =
          assertInstanceOf(
                  Verdict.Verified.class,
                  LogRig.verify(log.rig.export(tenant, log.kept(tenant)), log.kept(tenant)))
              .seen();
      assertEquals(log.covered, seen.covered());
      assertEquals(log.covered + 12, seen.size());
      assertEquals(log.positions(tenant).size() + 4, seen.leaves());
      assertEquals(2, seen.unsealed());
      assertTrue(seen.counted());
      assertTrue(seen.checkpoints() > 20, seen.toString());
      try (Connection app = log.rig.app()) {
        long holder = tenant * 10 + 1;
        TrustedCheckpoints ofHolder = log.rig.keep(tenant, holder);
        Verdict verdict = LogRig.verify(log.rig.export(app, tenant, holder, ofHolder), ofHolder);
        assertTrue(assertInstanceOf(Verdict.Verified.class, verdict).seen().leaves() > 10);
      }
    }
  }
}
