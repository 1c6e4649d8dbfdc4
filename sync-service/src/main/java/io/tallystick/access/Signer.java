package io.tallystick.access;

import io.tallystick.access.proof.Checkpoint;
import io.tallystick.access.proof.MerkleTree;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.tenancy.SequencerTx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs checkpoints, and never two histories. It holds its last note in a file of its own and signs
 * a longer log only when that log provably begins with the one it signed before. After a refusal it
 * goes on refusing: either the database gets its true rows back, or an operator ends this log by
 * giving the next one another origin and state file, and says so to whoever holds its checkpoints.
 */
final class Signer {
  private final LogSigner key;
  private final SignedNote.Verifier verifier;
  private final SignerFiles files;
  private volatile @Nullable Known known;

  /** The note that was last found to be ours: it is met again and again. */
  private record Known(String note, Checkpoint checkpoint) {}

  /** A signer for the log of this origin. */
  Signer(LogSigner key, String origin, SignerFiles files) {
    this.key = key;
    this.verifier = new SignedNote.Verifier(origin, key.publicKey());
    this.files = files;
  }

  /** What a round did. */
  sealed interface Round {
    /** A new checkpoint was signed, kept and published. */
    record Signed(Checkpoint checkpoint) implements Round {}

    /** Nothing new was there, or another process is at it. */
    record Nothing() implements Round {}

    /** The log is not what was signed before; no secret, a sentence for the operator. */
    record Refused(String why) implements Round {}
  }

  /** The public half of the key, named by the log's origin. */
  SignedNote.Verifier verifier() {
    return verifier;
  }

  /** Signs the present size when it is new and consistent with everything signed before. */
  Round round(SequencerTx tx) throws SQLException {
    TreeStore tree = new TreeStore(tx::sql);
    if (!tx.tryLock(TreeStore.LOCK)) {
      return new Round.Nothing();
    }
    try {
      return round(tx, tree);
    } catch (TreeStore.Broken e) {
      return new Round.Refused(e.getMessage() + ", but signed checkpoints cover it");
    } catch (IOException e) {
      // Rolled back and tried again: a note that cannot be kept outside is not given out.
      throw new UncheckedIOException("the signer's files cannot be read or written", e);
    }
  }

  /** The same checkpoint with one more statement, for a stored note of this key. */
  Optional<SignedNote> restate(String note, String statement) {
    Checkpoint known = own(note);
    if (known == null) {
      return Optional.empty();
    }
    return Optional.of(sign(known.with(statement)));
  }

  private Round round(SequencerTx tx, TreeStore tree) throws SQLException, IOException {
    long size = tree.size();
    LogStore.Stored stored = LogStore.newest(tx::sql, verifier.name());
    String remembered = files.last();
    Checkpoint inFile = null;
    if (remembered != null) {
      inFile = own(remembered);
      if (inFile == null) {
        return new Round.Refused("the signer's state file holds no note of this log's key");
      }
    }
    Checkpoint inDatabase = null;
    if (stored != null) {
      inDatabase = own(stored.note());
      if (inDatabase == null || inDatabase.size() != stored.size()) {
        return new Round.Refused("the newest stored checkpoint is not signed by this log's key");
      }
    }
    if (size == 0 && inFile == null && inDatabase == null) {
      return new Round.Nothing();
    }
    Checkpoint present = Checkpoint.of(verifier.name(), size, MerkleTree.root(size, tree));
    for (Checkpoint before : new @Nullable Checkpoint[] {inFile, inDatabase}) {
      String fault = before == null ? "" : fault(before, present, tree);
      if (!fault.isEmpty()) {
        return new Round.Refused(fault);
      }
    }
    if (inDatabase != null && inDatabase.size() == size) {
      if (inFile == null || inFile.size() < size) {
        files.remember(sign(present).note());
      }
      return new Round.Nothing();
    }
    String note = sign(present).note();
    // First the own file: whatever fails after it, no other history can be signed any more.
    files.remember(note);
    LogStore.keep(tx::sql, present, note);
    files.publish(note);
    return new Round.Signed(present);
  }

  private static String fault(Checkpoint before, Checkpoint present, TreeStore tree)
      throws SQLException {
    if (before.size() > present.size()) {
      return "the log has "
          + present.size()
          + " leaves, but a checkpoint over "
          + before.size()
          + " was signed: an older state was restored, or rows were deleted";
    }
    boolean consistent =
        MerkleTree.consistent(
            before.size(),
            before.root(),
            present.size(),
            present.root(),
            MerkleTree.consistency(before.size(), present.size(), tree));
    return consistent
        ? ""
        : "the log of "
            + present.size()
            + " leaves does not begin with the "
            + before.size()
            + " that were signed";
  }

  private SignedNote sign(Checkpoint checkpoint) {
    SignedNote note = SignedNote.of(checkpoint.text(), verifier, key.sign(checkpoint));
    if (!note.signedBy(verifier)) {
      // Stored, it would stop this log for ever: the next round would not know it for its own.
      throw new IllegalStateException("the log's key made a signature that does not verify");
    }
    return note;
  }

  private @Nullable Checkpoint own(String text) {
    Known last = known;
    if (last != null && last.note().equals(text)) {
      return last.checkpoint();
    }
    SignedNote note = SignedNote.parse(text);
    if (note == null || !note.signedBy(verifier)) {
      return null;
    }
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    if (checkpoint == null || !checkpoint.origin().equals(verifier.name())) {
      return null;
    }
    known = new Known(text, checkpoint);
    return checkpoint;
  }
}
