package io.tallystick.report;

import io.tallystick.access.proof.Checkpoint;
import io.tallystick.access.proof.LeafHeader;
import io.tallystick.access.proof.LeafProof;
import io.tallystick.access.proof.MerkleTree;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.consent.ConsentProofs;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.PublicIds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A log of one leaf and a receipt, signed with a key of the test's own. */
final class PackSigning {
  private static final long HOLDER = 7;
  private static final UUID ID = new UUID(3, 4);

  static final String LEAF = PublicIds.leaf(HOLDER, ID);
  static final LeafProof.Bundle LOG;
  static final ConsentProofs.Signed CONSENTS;

  static {
    try {
      KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] x509 = keys.getPublic().getEncoded();
      SignedNote.Verifier verifier =
          new SignedNote.Verifier(
              "test/log", Arrays.copyOfRange(x509, x509.length - 32, x509.length));
      byte[] header =
          Frame.of(
              LeafHeader.TAG,
              1L,
              ID,
              Instant.parse("2025-02-03T10:00:00Z"),
              "consent.granted",
              HOLDER,
              9L,
              null,
              null,
              new byte[32]);
      byte[] root = MerkleTree.leafHash(LeafHeader.content(0, 0, header));
      String checkpoint = Checkpoint.of("test/log", 1, root).text();
      LOG =
          new LeafProof.Bundle(
              verifier.text(),
              signed(keys, verifier, checkpoint),
              List.of(new LeafProof(LEAF, 0, 0, 0, header, List.of())),
              List.of(),
              0);
      String receipt =
          "{\"step\":\"granted\",\"person\":{\"holder\":\"" + PublicIds.holder(HOLDER) + "\"}}\n";
      CONSENTS =
          new ConsentProofs.Signed(verifier.text(), List.of(signed(keys, verifier, receipt)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private PackSigning() {}

  private static String signed(KeyPair keys, SignedNote.Verifier verifier, String text)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return SignedNote.of(text, verifier, signature.sign()).note();
  }
}
