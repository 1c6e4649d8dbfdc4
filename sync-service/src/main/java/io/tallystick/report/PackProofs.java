package io.tallystick.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallystick.access.proof.LeafProof;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.consent.ConsentProofs;
import io.tallystick.kernel.PublicIds;
import io.tallystick.report.reading.Chapter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the proofs in a pack: that the log has these leaves, and that the receipts are signed. */
final class PackProofs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PackProofs() {}

  /** The public keys that a pack names. */
  static List<String> keys(Map<String, byte[]> files) {
    return List.of(log(files).verifier(), consents(files).verifier());
  }

  private static LeafProof.Bundle log(Map<String, byte[]> files) {
    return Canon.read(PackVerifier.text(files, Pack.LOG), LeafProof.Bundle.class);
  }

  private static ConsentProofs.Signed consents(Map<String, byte[]> files) {
    return Canon.read(PackVerifier.text(files, Pack.CONSENTS), ConsentProofs.Signed.class);
  }

  /** Whether a pack has records, and no receipt of a consent to read them. */
  static boolean lacksReceipts(Map<String, byte[]> files) {
    try {
      return !PackVerifier.text(files, Pack.INPUT).isBlank() && consents(files).notes().isEmpty();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Adds what is wrong. */
  static void check(Map<String, byte[]> files, @Nullable Set<String> trusted, List<String> faults) {
    Set<Long> holders = new HashSet<>();
    PackVerifier.text(files, Pack.INPUT)
        .lines()
        .forEach(line ->
            Canon.read(line, Chapter.class)
                .sources()
                .forEach(one -> {
                  PublicIds.Timed entry = PublicIds.entry(one.entry());
                  if (entry != null) {
                    holders.add(entry.holder());
                  }
                }));
    try {
      LeafProof.Bundle log = log(files);
      for (LeafProof one : log.leaves()) {
        PublicIds.Timed leaf = PublicIds.leaf(one.leaf());
        holders.add(leaf == null ? 0 : leaf.holder());
      }
      if (holders.size() > 1) {
        faults.add(Pack.LOG + ": is about another holder than " + Pack.INPUT);
      }
      long holder = holders.isEmpty() ? 0 : holders.iterator().next();
      LeafProof.check(log, holder, trusted).forEach(fault -> faults.add(Pack.LOG + ": " + fault));
    } catch (UncheckedIOException | IllegalArgumentException e) {
      faults.add(Pack.LOG + ": cannot be read");
    }
    try {
      receipts(consents(files), holders, trusted)
          .forEach(fault -> faults.add(Pack.CONSENTS + ": " + fault));
    } catch (UncheckedIOException | IllegalArgumentException e) {
      faults.add(Pack.CONSENTS + ": cannot be read");
    }
  }

  private static List<String> receipts(
      ConsentProofs.Signed signed, Set<Long> holders, @Nullable Set<String> trusted) {
    List<String> faults = new ArrayList<>();
    SignedNote.Verifier verifier = SignedNote.Verifier.parse(signed.verifier());
    if (verifier == null) {
      return List.of("the key cannot be read");
    }
    if (trusted != null && !trusted.contains(signed.verifier())) {
      faults.add("the key is not one that you trust");
    }
    for (String text : signed.notes()) {
      SignedNote note = SignedNote.parse(text);
      if (note == null || !note.signedBy(verifier)) {
        faults.add("a receipt is not signed by the key");
        continue;
      }
      String holder = holder(note);
      if (holders.stream().noneMatch(key -> PublicIds.holder(key).equals(holder))) {
        faults.add("a receipt is another holder's");
      }
    }
    return faults;
  }

  private static String holder(SignedNote note) {
    try {
      return JSON.readTree(note.text()).path("person").path("holder").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
