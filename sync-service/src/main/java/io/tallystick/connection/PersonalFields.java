package io.tallystick.connection;

import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The two personal fields of a connection, sealed under the holder's identity key. */
@ApplicationScoped
class PersonalFields {
  private static final String UID = "account-uid";
  private static final String WORDS = "rights-acknowledged";

  private final Seals seals;

  PersonalFields(Seals seals) {
    this.seals = seals;
  }

  /** The account's name without its uid. */
  AccountName name(String venue, String environment, String uid) {
    return AccountName.of(seals, venue, environment, uid);
  }

  byte[] sealUid(TenantTx tx, long holder, long connection, String uid) {
    return seal(tx, holder, connection, UID, uid);
  }

  /** The holder's words on a key whose rights nobody can read; null when there are none. */
  byte @Nullable [] sealWords(TenantTx tx, long holder, long connection, @Nullable String words) {
    return words == null ? null : seal(tx, holder, connection, WORDS, words);
  }

  @Nullable String words(ConnectionRow row) {
    byte[] sealed = row.rightsAcknowledgedSealed;
    if (sealed == null) {
      return null;
    }
    byte[] words =
        seals
            .open(
                row.key.holder(),
                RetentionClass.IDENTITY,
                sealed,
                row.key.tenant(),
                row.key.connection(),
                WORDS)
            .bytes();
    return new String(words, StandardCharsets.UTF_8);
  }

  private byte[] seal(TenantTx tx, long holder, long connection, String field, String text) {
    return seals.seal(
        holder,
        RetentionClass.IDENTITY,
        text.getBytes(StandardCharsets.UTF_8),
        tx.tenant(),
        connection,
        field);
  }
}
