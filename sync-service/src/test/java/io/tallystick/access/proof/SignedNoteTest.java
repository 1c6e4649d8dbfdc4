package io.tallystick.access.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.access.TestKey;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedNoteTest {
  private static final String PUBLIC_EXAMPLE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIu\
      GUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;
  private static final String PUBLIC_VERIFIER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String CHECKPOINT =
      """
      example.org/subledger
      8
      XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

      — example.org/subledger YFlSXu762ZYqXAfy/tl2HiitqE+SkKbIwb1jfYHoNimkr\
      XdV+4DNs72NEXW9uhbhGynY2N5cVBbG+0gIl6wQXflHPQY=
      """;
  private static final String CHECKPOINT_VERIFIER =
      "example.org/subledger+6059525e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

  @Test
  void thePublicExampleVerifies() {
    SignedNote note = note(PUBLIC_EXAMPLE);
    SignedNote.Verifier verifier = verifier(PUBLIC_VERIFIER);
    assertTrue(note.signedBy(verifier));
    assertEquals(PUBLIC_EXAMPLE, note.note());
    assertEquals(PUBLIC_VERIFIER, verifier.text());
    assertFalse(note.signedBy(verifier(CHECKPOINT_VERIFIER)));
  }

  @Test
  void theKnownCheckpointIsMadeByteForByte() {
    TestKey key = TestKey.counting();
    assertEquals(
        "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8",
        HexFormat.of().formatHex(key.publicKey()));
    SignedNote.Verifier verifier =
        new SignedNote.Verifier("example.org/subledger", key.publicKey());
    assertEquals(CHECKPOINT_VERIFIER, verifier.text());
    byte[] root =
        HexFormat.of().parseHex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    Checkpoint checkpoint = Checkpoint.of("example.org/subledger", 8, root);
    SignedNote made = SignedNote.of(checkpoint.text(), verifier, key.sign(checkpoint));
    assertEquals(CHECKPOINT, made.note());
    Checkpoint read = Checkpoint.parse(note(CHECKPOINT).text());
    assertNotNull(read);
    assertTrue(read.sameTree(checkpoint));
    assertArrayEquals(root, read.root());
  }

  @Test
  void oneChangedCharacterOfTextOrSignatureVerifiesNoMore() {
    SignedNote.Verifier verifier = verifier(CHECKPOINT_VERIFIER);
    assertTrue(note(CHECKPOINT).signedBy(verifier));
    for (String changed :
        List.of(
            CHECKPOINT.replace("\n8\n", "\n9\n"),
            CHECKPOINT.replace("XcnaeacG", "YcnaeacG"),
            CHECKPOINT.replace("YFlSXu762", "YFlSXu763"),
            CHECKPOINT.replaceFirst("subledger\n", "subledger2\n"))) {
      assertFalse(changed.equals(CHECKPOINT));
      assertFalse(note(changed).signedBy(verifier), changed);
    }
  }

  @Test
  void twoSignaturesOfOneKeyAreNoSignature() {
    String line = CHECKPOINT.substring(CHECKPOINT.indexOf("— "));
    SignedNote twice = note(CHECKPOINT + line);
    assertEquals(2, twice.signatures().size());
    assertFalse(twice.signedBy(verifier(CHECKPOINT_VERIFIER)));
  }

  @Test
  void whatIsNoNoteIsNotRead() {
    for (String text :
        List.of(
            "",
            "\n\n",
            "text\n",
            "text\n\n",
            "text\n\n— name\n",
            "text\n\n— name AAAA\n",
            "text\n\n- name YFlSXu762Q==\n",
            "text\n\n— na+me YFlSXu762Q==\n",
            "text\n\n— name YFlSXu762Q==",
            "te\u0001xt\n\n— name YFlSXu762Q==\n",
            "text\n\n— name  YFlSXu762Q==\n",
            "text\n\n— name YFlSXu762R==\n")) {
      assertNull(SignedNote.parse(text), text);
    }
    assertNotNull(SignedNote.parse("text\n\n— name YFlSXu762Q==\n"));
  }

  @Test
  void whatIsNoCheckpointIsNotRead() {
    String root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n";
    assertNotNull(Checkpoint.parse("o\n8\n" + root));
    assertEquals(
        List.of("leaves 1 * 3"),
        java.util.Objects.requireNonNull(Checkpoint.parse("o\n8\n" + root + "leaves 1 * 3\n"))
            .statements());
    for (String text :
        List.of(
            "o\n8\n" + root.strip(),
            "o\n08\n" + root,
            "o\n-8\n" + root,
            "o\n8\nXcna\n",
            "\n8\n" + root,
            "o\n8\n" + root + "\n",
            "o\n9999999999999999999\n" + root)) {
      assertNull(Checkpoint.parse(text), text);
    }
  }

  @Test
  void notesOfOneFileAreReadOneByOne() {
    List<SignedNote> notes = SignedNote.parseAll(CHECKPOINT + "\n" + CHECKPOINT + CHECKPOINT);
    assertNotNull(notes);
    assertEquals(3, notes.size());
    assertTrue(notes.stream().allMatch(n -> n.signedBy(verifier(CHECKPOINT_VERIFIER))));
    assertNull(SignedNote.parseAll(CHECKPOINT + "half a note\n"));
  }

  @Test
  void aVerifierWhoseIdIsNotItsKeysIsNotRead() {
    assertNull(SignedNote.Verifier.parse(CHECKPOINT_VERIFIER.replace("6059525e", "6059525f")));
    assertNull(SignedNote.Verifier.parse(CHECKPOINT_VERIFIER.replace("+AQOh", "+AgOh")));
    assertNull(SignedNote.Verifier.parse("name"));
  }

  private static SignedNote note(String text) {
    return java.util.Objects.requireNonNull(SignedNote.parse(text));
  }

  private static SignedNote.Verifier verifier(String text) {
    return java.util.Objects.requireNonNull(SignedNote.Verifier.parse(text));
  }
}
