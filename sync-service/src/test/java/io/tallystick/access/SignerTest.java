package io.tallystick.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.access.proof.Checkpoint;
import io.tallystick.access.proof.MerkleTree;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.access.proof.TrustedCheckpoints;
import io.tallystick.access.proof.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignerTest {
  private LogRig rig;

  @BeforeEach
  void start() throws SQLException, IOException {
    rig = LogRig.fresh();
  }

  private void append(int n) throws SQLException {
    for (int i = 0; i < n; i++) {
      rig.append(1, 5);
    }
  }

  private long signed() throws SQLException {
    return assertInstanceOf(Signer.Round.Signed.class, rig.sign()).checkpoint().size();
  }

  private String refused() throws SQLException {
    return assertInstanceOf(Signer.Round.Refused.class, rig.sign()).why();
  }

  @Test
  void nothingIsSignedOfAnEmptyLogNorTwiceOfTheSame() throws SQLException {
    assertEquals(new Signer.Round.Nothing(), rig.sign());
    append(3);
    rig.place();
    assertEquals(3, signed());
    assertEquals(new Signer.Round.Nothing(), rig.sign());
  }

  @Test
  void everyCheckpointIsPublishedOutsideTheDatabase() throws SQLException, IOException {
    for (int i = 0; i < 4; i++) {
      append(3);
      rig.seal();
    }
    TrustedCheckpoints published =
        Objects.requireNonNull(
            TrustedCheckpoints.parse(Files.readString(rig.folder.resolve("published"))));
    assertEquals(List.of(3L, 6L, 9L, 12L), List.copyOf(published.bySize().keySet()));
    assertTrue(published.signedBy(rig.signer().verifier()));
  }

  @Test
  void aNoteThatCannotBePublishedIsNotStoredAndComesLater() throws SQLException, IOException {
    append(3);
    rig.place();
    Path nowhere = rig.folder.resolve("not-there").resolve("published");
    Signer signer =
        new Signer(rig.key, LogRig.ORIGIN, new SignerFiles(rig.folder.resolve("signed"), nowhere));
    assertThrows(java.io.UncheckedIOException.class, () -> rig.sequencing(signer::round));
    assertEquals(0, stored());
    Files.createDirectories(nowhere.getParent());
    assertInstanceOf(Signer.Round.Signed.class, rig.sequencing(signer::round));
    assertEquals(1, stored());
  }

  private int stored() throws SQLException {
    return rig.sequencing(tx -> tx.sql("select 1 from log_checkpoint").list(row -> 1).size());
  }

  @Test
  void aKillBetweenSigningAndStoringLeavesTheSameNoteToBeStored() throws SQLException, IOException {
    append(3);
    rig.place();
    try (Connection killed = rig.app()) {
      Signer.Round round = rig.signer().round(LogRig.sequencer(killed));
      assertInstanceOf(Signer.Round.Signed.class, round);
      killed.rollback();
    }
    String note = Files.readString(rig.folder.resolve("signed"));
    assertEquals(3, signed());
    assertEquals(note, Files.readString(rig.folder.resolve("signed")));
  }

  @Test
  void anotherNodeGoesOnFromTheStoredCheckpoint() throws SQLException {
    append(3);
    rig.seal();
    append(2);
    rig.place();
    Signer other =
        new Signer(rig.key, LogRig.ORIGIN, new SignerFiles(rig.folder.resolve("node-2"), null));
    assertInstanceOf(Signer.Round.Signed.class, rig.sequencing(other::round));
    append(1);
    rig.place();
    assertEquals(6, signed(), "and the first node from that one's");
  }

  @Test
  @DisplayName("F83 a log rewritten consistently, with the database's help, is not signed")
  void aRewrittenLogIsNotSigned() throws SQLException {
    append(20);
    rig.seal();
    append(5);
    rig.place();
    try (Connection superuser = rig.superuser()) {
      Forger.changeHeader(superuser, 7);
      Forger.rehash(superuser);
      superuser.commit();
    }
    assertTrue(refused().contains("does not begin with the 20"), refused());
    append(3);
    rig.place();
    assertTrue(refused().contains("does not begin with the 20"), "and it goes on refusing");
  }

  /** Twenty leaves are signed, and of these the last ten are gone again. */
  private void restoredToTen() throws SQLException {
    append(10);
    rig.seal();
    append(10);
    rig.seal();
    rig.tamper(
        "delete from log_checkpoint where size > 10",
        "delete from log_position where position >= 10",
        "delete from access_leaf where leaf_id in"
            + " (select leaf_id from leaf_position where position >= 10)",
        "delete from leaf_position where position >= 10");
    assertTrue(refused().contains("restored"), refused());
  }

  @Test
  @DisplayName("F84 a database restored to an older state is not signed, however it grows")
  void aRestoredDatabaseIsNotSigned() throws SQLException {
    restoredToTen();
    append(15);
    rig.place();
    assertTrue(refused().contains("does not begin with the 20"), refused());
  }

  @Test
  void aLogThatEndedIsFollowedByOneOfAnotherName() throws SQLException, IOException {
    restoredToTen();
    LogRig next = rig.named("test.example/log-2");
    assertEquals(10, assertInstanceOf(Signer.Round.Signed.class, next.sign()).checkpoint().size());
    append(5);
    next.seal();
    TrustedCheckpoints kept = next.keep(1, null);
    assertEquals(List.of(15L), List.copyOf(kept.bySize().keySet()));
    assertInstanceOf(Verdict.Verified.class, LogRig.verify(next.export(1, kept), kept));
    assertTrue(refused().contains("over 20 was signed"), "the one that ended is not signed again");
  }

  @Test
  @DisplayName(
      "F85 a second root for a signed size is not signed, though the checkpoint was erased")
  void noSecondRootForOneSize() throws SQLException {
    append(10);
    rig.seal();
    try (Connection superuser = rig.superuser()) {
      Forger.changeHeader(superuser, 9);
      Forger.rehash(superuser);
      superuser.commit();
    }
    rig.tamper("delete from log_checkpoint");
    assertTrue(refused().contains("does not begin with"), refused());
  }

  @Test
  @DisplayName("F85 the verifier shows a split view when it is given both histories")
  void aSplitViewIsShown() throws SQLException {
    append(10);
    rig.seal();
    TrustedCheckpoints ours = rig.keep(1, null);
    Checkpoint other = Checkpoint.of(LogRig.ORIGIN, 10, MerkleTree.leafHash(new byte[0]));
    SignedNote forged = SignedNote.of(other.text(), rig.signer().verifier(), rig.key.sign(other));
    TrustedCheckpoints both =
        Objects.requireNonNull(
            TrustedCheckpoints.parse(ours.notes().getFirst().note() + "\n" + forged.note()));
    Verdict.Tampered tampered =
        assertInstanceOf(Verdict.Tampered.class, LogRig.verify(rig.export(1, both), both));
    assertTrue(
        tampered.findings().stream().anyMatch(found -> found.what().startsWith("split view")),
        tampered.toString());
  }

  @Test
  void aStateFileThatIsNotOursIsNotGoneOnFrom() throws SQLException, IOException {
    append(3);
    rig.seal();
    Files.writeString(rig.folder.resolve("signed"), "something else\n");
    append(1);
    rig.place();
    assertTrue(refused().contains("state file"), refused());
  }

  @Test
  void aStoredCheckpointOfAnotherKeyIsNotGoneOnFrom() throws SQLException {
    append(3);
    rig.seal();
    Checkpoint forged = Checkpoint.of(LogRig.ORIGIN, 3, new byte[32]);
    TestKey other = TestKey.of(9);
    SignedNote note =
        SignedNote.of(
            forged.text(),
            new SignedNote.Verifier(LogRig.ORIGIN, other.publicKey()),
            other.sign(forged));
    rig.tamper("update log_checkpoint set note = '" + note.note() + "'");
    assertTrue(refused().contains("not signed by this log's key"), refused());
    assertFalse(rig.signer().restate(note.note(), "leaves 1 * 3").isPresent());
  }

  @Test
  void positionsThatAreGoneAreNotSignedOver() throws SQLException {
    append(10);
    rig.seal();
    append(2);
    rig.place();
    rig.tamper("delete from log_position where position = 4");
    assertTrue(refused().contains("no hash at position 4"), refused());
  }
}
