package io.tallystick.portability;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.connection.AccountCheck;
import io.tallystick.consent.HolderSeal;
import io.tallystick.consent.Holders;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.LedgerHash;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what another installation wrote of a holder: all of it, in one transaction that ends
 * only when every ledger comes to the hash that it had there, or nothing. He becomes a new holder;
 * consents that were in force end, because other clients were named by them; connections wait for a
 * new consent and a new key.
 */
@ApplicationScoped
class Arrivals {
  private static final Duration MOST = Duration.ofHours(1);

  private final Transactions transactions;
  private final HolderSeal holders;
  private final AccountCheck accounts;
  private final AccessLog log;
  private final Seals seals;
  private final DeclarationCheck declarations;

  Arrivals(
      Transactions transactions,
      HolderSeal holders,
      AccountCheck accounts,
      AccessLog log,
      Seals seals,
      DeclarationCheck declarations) {
    this.transactions = transactions;
    this.holders = holders;
    this.accounts = accounts;
    this.log = log;
    this.seals = seals;
    this.declarations = declarations;
  }

  /** A holder who arrived, and what his ledgers come to. */
  record Arrived(long holder, List<Manifest.Ledger> ledgers, long rows) {}

  /**
   * Takes an archive in.
   *
   * @throws Problem that names the file of the archive that is not as it was written, or a conflict
   *     when the tenant knows the person or the account; nothing is stored then
   */
  Arrived take(Caller caller, Path file) throws IOException {
    try (ArchiveReader archive = ArchiveReader.open(file)) {
      byte[] digest = holders.digest(caller.tenant(), archive.manifest().reference());
      long holder = Holders.id(caller.tenant(), digest);
      Keys keys = new Keys(caller.tenant(), holder);
      boolean done = false;
      try {
        Arrived arrived =
            transactions.as(caller.tenant(), MOST, tx -> stored(tx, caller, keys, digest, archive));
        done = true;
        return arrived;
      } finally {
        if (!done) {
          keys.forget();
        }
      }
    }
  }

  /** Keys that were made for a holder; they go when he does not arrive. */
  private final class Keys {
    final long tenant;
    final long holder;
    boolean made;

    Keys(long tenant, long holder) {
      this.tenant = tenant;
      this.holder = holder;
    }

    void make(byte @Nullable [] naming) {
      made = true;
      // What an arrival left that was cut off: nothing can be sealed by it, for nobody is known.
      wipe();
      if (naming != null) {
        seals.adopt(holder, RetentionClass.RAW, naming);
      }
    }

    // A commit whose answer was lost may have made him known: then they are his keys.
    void forget() {
      if (made && !transactions.as(tenant, tx -> HolderStore.find(tx, holder) != null)) {
        wipe();
      }
    }

    private void wipe() {
      for (RetentionClass one : RetentionClass.values()) {
        seals.destroy(holder, one);
        seals.renew(holder, one);
      }
    }
  }

  private Arrived stored(
      TenantTx tx, Caller caller, Keys keys, byte[] digest, ArchiveReader archive)
      throws SQLException {
    long holder = keys.holder;
    if (!Holders.claim(tx, digest, holder)) {
      throw new Problem(
          Problem.Kind.CONFLICT,
          "The tenant knows a person by this reference. An archive makes a new holder.");
    }
    try {
      keys.make(naming(archive));
      byte[] reference = archive.manifest().reference().getBytes(StandardCharsets.UTF_8);
      HolderStore.add(
          tx,
          holder,
          digest,
          holders.seal(tx.tenant(), holder, holder, HolderSeal.Field.REFERENCE, reference),
          Seals.FORMAT);
      long rows = 0;
      String now = tx.now().toString();
      Intake intake =
          new Intake(
              tx,
              holder,
              new Rows(seals),
              (table, line) -> pass(tx, caller, holder, now, table, line));
      for (Carried carried : Carried.ALL) {
        rows += carried.taken() ? intake.take(carried, archive) : 0;
      }
      HolderStore.announce(tx, holder);
      HolderStore.missing(tx, holder);
      prove(tx, holder, archive.manifest());
      log.append(
          tx,
          new Leaf(
              Leaf.Kind.ADMIN,
              holder,
              null,
              null,
              caller.client(),
              Map.of(
                  "act",
                  "holder.arrived",
                  "from",
                  archive.manifest().key(),
                  "exported_at",
                  archive.manifest().exportedAt(),
                  "rows",
                  Long.toString(rows))));
      return new Arrived(holder, archive.manifest().ledgers(), rows);
    } catch (IOException e) {
      throw new UncheckedIOException("the archive cannot be read", e);
    }
  }

  private static byte @Nullable [] naming(ArchiveReader archive) throws IOException {
    try {
      return Naming.key(archive.small(Naming.MEMBER));
    } catch (IllegalArgumentException e) {
      throw ArchiveReader.refused(Naming.MEMBER, "It holds no key of 32 bytes.");
    }
  }

  private void pass(
      TenantTx tx, Caller caller, long holder, String now, String table, ObjectNode line)
      throws SQLException {
    switch (table) {
      case "account", "asset", "notice" -> Intake.sameKey(table, line);
      case "consent" -> {
        Intake.known(table, line);
        ended(caller, now, line);
      }
      case "connection" -> waiting(tx, holder, now, line);
      case "import_batch" -> stopped(line);
      case "entry" -> Intake.known(table, line);
      case "declaration" -> Intake.declared(declarations, holder, line);
      default -> {
        // Evidence and books come as they were.
      }
    }
  }

  // It named clients of another installation: here it opens nothing, and is kept as it was given.
  private static void ended(Caller caller, String now, ObjectNode line) {
    if (Intake.text(line, "state").equals("requested")) {
      line.put("state", "expired");
      line.put("state_at", now);
    }
    if (Set.of("active", "paused").contains(Intake.text(line, "state"))) {
      line.put("state", "revoked");
      line.put("state_at", now);
      line.put("state_by", PublicIds.client(caller.client()));
      line.set(
          "state_reason_sealed",
          Octets.node(
              "It came with the holder from another installation, whose clients it names."
                  .getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void waiting(TenantTx tx, long holder, String now, ObjectNode line) throws SQLException {
    String venue = Intake.text(line, "venue");
    if (!accounts.knows(venue)) {
      throw new IllegalArgumentException("this service does not know the venue " + venue);
    }
    if (!HolderStore.allows(tx, Intake.text(line, "environment"))) {
      throw new IllegalArgumentException("connections of this tenant may not live there");
    }
    line.put("state", "consent-missing");
    line.put("state_reason", "arrived");
    line.put("state_at", now);
    line.putNull("waiting_until");
    line.put("doubts", 0);
    line.putNull("doubted_at");
    for (String ofTheKey : List.of("former_key_until", "key_since", "address_restricted")) {
      if (line.has(ofTheKey)) {
        line.putNull(ofTheKey);
      }
    }
    String uid = Intake.opened(line, "uid_sealed");
    boolean free =
        uid.isEmpty()
            || accounts.claim(
                tx,
                venue,
                Intake.text(line, "environment"),
                uid,
                holder,
                Intake.key(line, "connection_id"));
    if (!free) {
      throw new Problem(
          Problem.Kind.CONFLICT,
          "The tenant has a connection for an account of this archive: it would count twice.");
    }
  }

  // No worker of this installation was at it.
  private static void stopped(ObjectNode line) {
    Intake.known("import_batch", line);
    if (Set.of("checking", "committing", "undoing").contains(Intake.text(line, "state"))) {
      line.put("state", "stopped");
    }
  }

  private static void prove(TenantTx tx, long holder, Manifest manifest) throws SQLException {
    Map<String, String> stated = new HashMap<>();
    for (Manifest.Ledger ledger : manifest.ledgers()) {
      stated.merge(ledger.connection(), ledger.hash(), (one, other) -> "told twice");
    }
    // Each connection that came, and no other: one of which nothing is stated was not proved.
    for (long connection : HolderStore.connections(tx, holder)) {
      String hash = LedgerHash.of(tx, holder, connection);
      if (!hash.equals(stated.remove(Long.toString(connection)))) {
        throw ArchiveReader.refused(
            Manifest.NAME, "What was read does not come to the ledger hash that is stated.");
      }
    }
    if (!stated.isEmpty()) {
      throw ArchiveReader.refused(Manifest.NAME, "It states a ledger whose connection is missing.");
    }
  }
}
