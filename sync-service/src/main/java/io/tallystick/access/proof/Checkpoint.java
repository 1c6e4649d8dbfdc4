package io.tallystick.access.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a log says of itself at one moment, in the form of C2SP tlog-checkpoint: its origin, how
 * many leaves it has, their root, then lines of further statements. Signed as a {@link SignedNote}.
 *
 * @param origin the log's own name, also the name of its key
 * @param size how many leaves
 * @param root 32 bytes; not changed by whoever holds it
 * @param statements extension lines, none empty
 */
public record Checkpoint(String origin, long size, byte[] root, List<String> statements) {
  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

  public Checkpoint {
    statements = List.copyOf(statements);
    if (size < 0 || root.length != MerkleTree.HASH_BYTES) {
      throw new IllegalArgumentException("a size is not negative and a root has 32 bytes");
    }
    List<String> lines = new ArrayList<>(statements);
    lines.add(origin);
    for (String line : lines) {
      if (line.isEmpty() || line.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("origin and statements are one full line each");
      }
    }
  }

  /** A checkpoint without statements. */
  public static Checkpoint of(String origin, long size, byte[] root) {
    return new Checkpoint(origin, size, root, List.of());
  }

  /** The same with one more statement. */
  public Checkpoint with(String statement) {
    List<String> more = new ArrayList<>(statements);
    more.add(statement);
    return new Checkpoint(origin, size, root, more);
  }

  /** The text to sign; ends with a line feed. */
  public String text() {
    StringBuilder text = new StringBuilder(origin).append('\n').append(size).append('\n');
    text.append(Base64.getEncoder().encodeToString(root)).append('\n');
    statements.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** The checkpoint of a text; null when the text is none. */
  public static @Nullable Checkpoint parse(String text) {
    if (!text.endsWith("\n")) {
      return null;
    }
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < 3 || lines.contains("") || !SIZE.matcher(lines.get(1)).matches()) {
      return null;
    }
    byte[] root = base64(lines.get(2));
    if (root == null || root.length != MerkleTree.HASH_BYTES) {
      return null;
    }
    return new Checkpoint(
        lines.get(0), Long.parseLong(lines.get(1)), root, lines.subList(3, lines.size()));
  }

  /** Whether both say the same of the same log, whatever else they state. */
  public boolean sameTree(Checkpoint other) {
    return origin.equals(other.origin) && size == other.size && Arrays.equals(root, other.root);
  }

  /** Strict base64: one spelling for each content; null when the text is not that. */
  static byte @Nullable [] base64(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
