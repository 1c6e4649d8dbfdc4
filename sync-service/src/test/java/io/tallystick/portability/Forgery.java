package io.tallystick.portability;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.crypto.tink.subtle.Ed25519Sign;
import io.tallystick.access.proof.SignedNote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Archives made out of another one by somebody who can sign, as anybody can. */
record Forgery(byte[] archive) {
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipFile zip = ZipFile.builder().setByteArray(archive).get()) {
      for (ZipArchiveEntry file : Collections.list(zip.getEntries())) {
        byte[] bytes = zip.getInputStream(file).readAllBytes();
        files.put(file.getName(), new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  /** One file changed; the manifest is right, and signed by whoever changed it. */
  byte[] of(String member, UnaryOperator<String> change) throws Exception {
    Map<String, String> files = files();
    String before = files.get(member);
    String after = change.apply(before);
    assertTrue(!after.equals(before), member + " was changed");
    files.put(member, after);
    return stating(Manifest.FORMAT, Manifest::ledgers, files);
  }

  /** All files as they were, under a manifest that states these ledgers. */
  byte[] stating(Function<Manifest, List<Manifest.Ledger>> ledgers) throws Exception {
    return stating(Manifest.FORMAT, ledgers, files());
  }

  /** All files as they were, said to be of another form. */
  byte[] ofForm(String form) throws Exception {
    return stating(form, Manifest::ledgers, files());
  }

  private static byte[] stating(
      String form, Function<Manifest, List<Manifest.Ledger>> ledgers, Map<String, String> files)
      throws Exception {
    Manifest manifest = Manifest.parse(files.remove(Manifest.NAME));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ArchiveWriter writer = new ArchiveWriter(out);
    for (Map.Entry<String, String> file : files.entrySet()) {
      long rows =
          manifest.members().stream()
              .filter(one -> one.name().equals(file.getKey()))
              .mapToLong(Manifest.Member::rows)
              .sum();
      add(writer, file.getKey(), file.getValue(), rows);
    }
    String signed = signed(form, manifest, ledgers.apply(manifest), writer.members());
    writer.end(Manifest.NAME, signed.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static void add(ArchiveWriter writer, String name, String text, long rows) {
    try {
      writer.add(
          name,
          to -> {
            to.write(text.getBytes(StandardCharsets.UTF_8));
            return rows;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(
      String form, Manifest manifest, List<Manifest.Ledger> ledgers, List<Manifest.Member> members)
      throws GeneralSecurityException {
    Ed25519Sign.KeyPair pair = Ed25519Sign.KeyPair.newKeyPair();
    SignedNote.Verifier verifier = new SignedNote.Verifier("somebody", pair.getPublicKey());
    String text =
        new Manifest(
                form,
                manifest.exportedAt(),
                manifest.holder(),
                manifest.reference(),
                manifest.createdAt(),
                verifier.text(),
                ledgers,
                members)
            .text();
    byte[] signature =
        new Ed25519Sign(pair.getPrivateKey()).sign(text.getBytes(StandardCharsets.UTF_8));
    return SignedNote.of(text, verifier, signature).note();
  }
}
