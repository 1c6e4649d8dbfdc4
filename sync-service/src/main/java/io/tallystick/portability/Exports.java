package io.tallystick.portability;

import io.tallystick.access.AccessLog;
import io.tallystick.access.HolderLog;
import io.tallystick.access.Leaf;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.consent.HolderSeal;
import io.tallystick.consent.PortableConsents;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.LedgerHash;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import io.tallystick.vault.SigningKey;
import io.tallystick.vault.Unopenable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Writes all that is kept of a holder as one archive, as it is read: one state of the database, a
 * row at a time. What was sealed is in clear there, but for the secrets that open venues: those
 * stay.
 */
@ApplicationScoped
class Exports {
  private static final String KEY_NAME = "tallystick/export";
  private static final Duration MOST = Duration.ofHours(1);
  // Each holds a connection of the pool for as long as its reader takes.
  private static final int AT_ONCE = 2;

  private final Transactions transactions;
  private final HolderLog log;
  private final AccessLog leaves;
  private final PortableConsents consents;
  private final HolderSeal holders;
  private final Seals seals;
  private final Pace pace;
  private final SigningKey signer;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  Exports(
      Transactions transactions,
      HolderLog log,
      AccessLog leaves,
      PortableConsents consents,
      HolderSeal holders,
      Seals seals,
      Pace pace) {
    this.transactions = transactions;
    this.log = log;
    this.leaves = leaves;
    this.consents = consents;
    this.holders = holders;
    this.seals = seals;
    this.pace = pace;
    this.signer = new SigningKey(seals, "export-signer", "tallystick/export/signer/1");
  }

  /** An export that may be written, and is written down. */
  record Departure(long tenant, long holder, String reference, Instant createdAt) {
    /** What the file is called. */
    String fileName() {
      return PublicIds.holder(holder) + ".zip";
    }

    @Override
    public String toString() {
      return "departure of " + PublicIds.holder(holder);
    }
  }

  /**
   * Says in the log that a holder's data goes out.
   *
   * @param client who asked, or through whom the holder came
   * @param facts what the leaf says
   * @throws Problem not found, or a conflict once the holder was erased
   */
  Departure begin(long tenant, long holder, long client, Map<String, String> facts) {
    return transactions.as(
        tenant,
        tx -> {
          Departure found = PublicIds.orNotFound(departure(tx, holder));
          leaves.append(tx, new Leaf(Leaf.Kind.READ, holder, null, null, client, facts));
          return found;
        });
  }

  private @Nullable Departure departure(TenantTx tx, long holder) throws SQLException {
    HolderStore.Known known = HolderStore.find(tx, holder);
    if (known == null) {
      return null;
    }
    byte[] reference =
        known.erased()
            ? null
            : holders.open(
                tx.tenant(), holder, holder, HolderSeal.Field.REFERENCE, known.reference());
    if (reference == null) {
      throw new Problem(
          Problem.Kind.CONFLICT,
          "The holder was erased: there is nobody any more to go elsewhere.");
    }
    return new Departure(
        tx.tenant(), holder, new String(reference, StandardCharsets.UTF_8), known.createdAt());
  }

  /** Writes the archive; waits while others of this process are written. */
  void write(Departure departure, OutputStream out) {
    turns.acquireUninterruptibly();
    try {
      transactions.snapshot(departure.tenant(), MOST, tx -> written(tx, departure, out));
    } finally {
      turns.release();
    }
  }

  private boolean written(TenantTx tx, Departure departure, OutputStream out) throws SQLException {
    long holder = departure.holder();
    try {
      ArchiveWriter archive = new ArchiveWriter(out);
      archive.add("README.txt", to -> text(to, ReadMe.TEXT, 0));
      Rows rows = new Rows(seals);
      for (Carried carried : Carried.ALL) {
        archive.add(carried.member(), to -> rows.write(tx, holder, carried, to));
      }
      archive.add(Naming.MEMBER, to -> text(to, naming(holder), 1));
      for (TableRows table : TableRows.values()) {
        archive.add(table.member(), to -> table.write(tx, holder, to));
      }
      for (Map.Entry<String, String> one : consents.of(tx, holder).entrySet()) {
        archive.add("consents/" + one.getKey() + ".jsonld", to -> text(to, one.getValue(), 1));
      }
      archive.add("consents/receipts.key", to -> text(to, consents.verifier() + "\n", 1));
      archive.add("access-log/leaves.jsonl", to -> log.leaves(tx, holder, to));
      archive.add("access-log/proofs.ndjson", to -> log.proofs(tx, holder, to));
      String checkpoint = log.checkpoint(tx, holder);
      archive.add(
          "access-log/checkpoint.note", to -> text(to, checkpoint == null ? "" : checkpoint, 1));
      archive.end(Manifest.NAME, signed(tx, departure, archive.members()));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("whoever wanted the export is gone", e);
    }
  }

  private static long text(OutputStream out, String text, long rows) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    return rows;
  }

  private String naming(long holder) {
    try {
      byte[] key = seals.digestKey(holder, RetentionClass.RAW);
      return Naming.text(Base64.getEncoder().encodeToString(key));
    } catch (Unopenable none) {
      // Nothing was ever sealed under the class, or it was erased: nothing is named by it.
      return Naming.text(null);
    }
  }

  private byte[] signed(TenantTx tx, Departure departure, List<Manifest.Member> members)
      throws SQLException {
    SignedNote.Verifier verifier = new SignedNote.Verifier(KEY_NAME, signer.publicKey());
    List<Manifest.Ledger> ledgers = new ArrayList<>();
    for (long connection : HolderStore.connections(tx, departure.holder())) {
      String hash = LedgerHash.of(tx, departure.holder(), connection);
      ledgers.add(new Manifest.Ledger(Long.toString(connection), hash));
    }
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            pace.instant().toString(),
            PublicIds.holder(departure.holder()),
            departure.reference(),
            departure.createdAt().toString(),
            verifier.text(),
            ledgers,
            members);
    String text = manifest.text();
    return SignedNote.of(text, verifier, signer.sign(text)).note().getBytes(StandardCharsets.UTF_8);
  }
}
