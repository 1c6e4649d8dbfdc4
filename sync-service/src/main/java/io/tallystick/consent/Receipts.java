package io.tallystick.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.consent.Consents.Consent;
import io.tallystick.consent.HolderSeal.Field;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Issues a signed receipt for every step of a consent, in the transaction of the step, and shows
 * them. A receipt is a C2SP signed note over one line of JSON, so that whoever has the public key
 * can check it without this service.
 */
@ApplicationScoped
class Receipts {
  /** The name of the key that signs receipts. */
  static final String KEY_NAME = "tallystick/consent-receipts";

  private static final JsonMapper JSON = new JsonMapper();

  private final ReceiptSigner signer;
  private final HolderSeal seal;
  private final Statements statements;
  private final RandomGenerator random;

  Receipts(ReceiptSigner signer, HolderSeal seal, Statements statements, RandomGenerator random) {
    this.signer = signer;
    this.seal = seal;
    this.statements = statements;
    this.random = random;
  }

  /** A receipt that was issued. */
  record Issued(UUID id, String step, Instant at, String note) {}

  /** The public half of the key that signs receipts. */
  SignedNote.Verifier verifier() {
    return new SignedNote.Verifier(KEY_NAME, signer.publicKey());
  }

  /**
   * Issues the receipt of a step.
   *
   * @param consent as it stands after the step
   * @param reference null when the holder was erased
   * @param versions all versions of its arrangement, in order
   */
  void issue(
      TenantTx tx, String step, Consent consent, @Nullable String reference, List<Consent> versions)
      throws SQLException {
    UUID id = newId();
    Instant now = tx.now();
    Receipt receipt =
        Receipt.of(
            id.toString(),
            now,
            step,
            consent,
            new Receipt.Around(reference, statements.of(tx, consent), versions));
    byte[] note = note(receipt).getBytes(StandardCharsets.UTF_8);
    ReceiptStore.add(
        tx,
        consent,
        new ReceiptStore.Row(
            id,
            step,
            now,
            seal.seal(tx.tenant(), consent.holder(), consent.id(), Field.RECEIPT, note)));
  }

  /** The receipts of a consent, the first step first; those whose key is gone are left out. */
  List<Issued> of(TenantTx tx, long holder, long consent) throws SQLException {
    List<Issued> issued = new ArrayList<>();
    for (ReceiptStore.Row row : ReceiptStore.of(tx, holder, consent)) {
      byte[] note = seal.open(tx.tenant(), holder, consent, Field.RECEIPT, row.sealed());
      if (note != null) {
        String text = new String(note, StandardCharsets.UTF_8);
        issued.add(new Issued(row.id(), row.step(), row.at(), text));
      }
    }
    return issued;
  }

  private String note(Receipt receipt) {
    String text;
    try {
      text = JSON.writeValueAsString(receipt) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a receipt cannot be written", e);
    }
    return SignedNote.of(text, verifier(), signer.sign(text)).note();
  }

  // A random UUID in the usual form, version 4.
  private UUID newId() {
    return new UUID(
        (random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
  }
}
