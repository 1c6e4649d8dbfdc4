package io.tallystick.access.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text and its signatures, as C2SP signed-note writes them: the text, an empty line, then a line
 * {@code — name base64} for each signature. Only Ed25519 (algorithm 1) is verified here; signatures
 * of other keys are carried along.
 *
 * @param text ends with a line feed
 */
public record SignedNote(String text, List<Line> signatures) {
  private static final String DASH = "— ";
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_SIGNATURES = 100;
  private static final int ID_BYTES = 4;
  private static final int KEY_BYTES = 32;
  private static final byte ED25519 = 1;
  // The fixed head of an Ed25519 public key in X.509 form (RFC 8410, section 4).
  private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  public SignedNote {
    signatures = List.copyOf(signatures);
  }

  /** One signature: whose, by which key (first four bytes of its id), and the bytes. */
  public record Line(String name, int keyId, byte[] signature) {}

  /** A public key with its name, as it is handed to whoever shall verify. */
  public record Verifier(String name, byte[] publicKey) {
    public Verifier {
      if (!isName(name) || publicKey.length != KEY_BYTES) {
        throw new IllegalArgumentException("a name without blank and plus, and a key of 32 bytes");
      }
    }

    /** First four bytes of SHA-256 over name, line feed, algorithm and key. */
    public int keyId() {
      MessageDigest digest = MerkleTree.sha256();
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      return ByteBuffer.wrap(digest.digest(typed())).getInt();
    }

    /** {@code name+id+base64}, the usual text form. */
    public String text() {
      return name
          + "+"
          + HexFormat.of().toHexDigits(keyId())
          + "+"
          + Base64.getEncoder().encodeToString(typed());
    }

    /** The verifier of a text form; null when it is none or its id does not belong to the key. */
    public static @Nullable Verifier parse(String text) {
      String[] parts = text.split("\\+", 3);
      byte[] typed = parts.length == 3 ? Checkpoint.base64(parts[2]) : null;
      if (typed == null || typed.length != 1 + KEY_BYTES || typed[0] != ED25519) {
        return null;
      }
      if (!isName(parts[0])) {
        return null;
      }
      Verifier verifier = new Verifier(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
      return verifier.text().equals(text) ? verifier : null;
    }

    private byte[] typed() {
      return ByteBuffer.allocate(1 + KEY_BYTES).put(ED25519).put(publicKey).array();
    }

    private boolean verifies(String text, byte[] signature) {
      try {
        byte[] x509 = Arrays.copyOf(X509_HEAD, X509_HEAD.length + KEY_BYTES);
        System.arraycopy(publicKey, 0, x509, X509_HEAD.length, KEY_BYTES);
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(
            KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
        check.update(text.getBytes(StandardCharsets.UTF_8));
        return check.verify(signature);
      } catch (GeneralSecurityException e) {
        // A key that is no point of the curve, or a signature that is none, verifies nothing.
        return false;
      }
    }
  }

  /** A note with one signature, given as the 64 bytes that the key of this verifier made. */
  public static SignedNote of(String text, Verifier by, byte[] signature) {
    return new SignedNote(text, List.of(new Line(by.name(), by.keyId(), signature)));
  }

  /** The note of a whole text; null when it is none. */
  public static @Nullable SignedNote parse(String note) {
    int border = note.lastIndexOf("\n\n");
    if (border < 0
        || border + 2 >= note.length()
        || note.length() > MOST_CHARACTERS
        || !note.endsWith("\n")) {
      return null;
    }
    String text = note.substring(0, border + 1);
    if (text.chars().anyMatch(character -> character < ' ' && character != '\n')) {
      return null;
    }
    List<Line> signatures = new ArrayList<>();
    for (String written : note.substring(border + 2, note.length() - 1).split("\n", -1)) {
      Line line = line(written);
      if (line == null || signatures.size() == MOST_SIGNATURES) {
        return null;
      }
      signatures.add(line);
    }
    return new SignedNote(text, signatures);
  }

  /**
   * The notes of a text that holds one behind the other, none with an empty line within; null when
   * a part of it is no note.
   */
  public static @Nullable List<SignedNote> parseAll(String text) {
    List<SignedNote> notes = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean signed = false;
    for (String line : text.lines().toList()) {
      if (signed && !line.startsWith(DASH)) {
        SignedNote note = parse(part.toString());
        if (note == null) {
          return null;
        }
        notes.add(note);
        part.setLength(0);
      }
      signed = line.startsWith(DASH);
      if (!(part.isEmpty() && line.isEmpty())) {
        part.append(line).append('\n');
      }
    }
    if (!part.isEmpty()) {
      SignedNote last = parse(part.toString());
      if (last == null) {
        return null;
      }
      notes.add(last);
    }
    return notes;
  }

  /** The note as text: what {@link #parse} reads. */
  public String note() {
    StringBuilder note = new StringBuilder(text).append('\n');
    for (Line line : signatures) {
      byte[] bytes =
          ByteBuffer.allocate(ID_BYTES + line.signature().length)
              .putInt(line.keyId())
              .put(line.signature())
              .array();
      note.append(DASH).append(line.name()).append(' ');
      note.append(Base64.getEncoder().encodeToString(bytes)).append('\n');
    }
    return note.toString();
  }

  /** Whether this verifier's key signed the text, once, and nothing else is said in its name. */
  public boolean signedBy(Verifier verifier) {
    List<Line> own =
        signatures.stream()
            .filter(line -> line.name().equals(verifier.name()) && line.keyId() == verifier.keyId())
            .toList();
    return own.size() == 1 && verifier.verifies(text, own.getFirst().signature());
  }

  private static @Nullable Line line(String written) {
    if (!written.startsWith(DASH)) {
      return null;
    }
    String[] parts = written.substring(DASH.length()).split(" ", -1);
    byte[] bytes = parts.length == 2 && isName(parts[0]) ? Checkpoint.base64(parts[1]) : null;
    if (bytes == null || bytes.length <= ID_BYTES) {
      return null;
    }
    int keyId = ByteBuffer.wrap(bytes).getInt();
    return new Line(parts[0], keyId, Arrays.copyOfRange(bytes, ID_BYTES, bytes.length));
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.indexOf('+') < 0
        && name.codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }
}
