package io.tallystick.access.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints that were kept where the database's administrator cannot write. What they say of size
 * and root is believed; everything else is measured by it.
 *
 * @param bySize one of each size, with what all of that size state
 * @param notes all of them as signed
 * @param splitAt the first size for which two of them name different roots: the log's key signed
 *     two histories; null when none does
 */
public record TrustedCheckpoints(
    NavigableMap<Long, Checkpoint> bySize, List<SignedNote> notes, @Nullable Long splitAt) {
  private static final Pattern COUNT = Pattern.compile("leaves ([0-9]+) ([*]|[0-9]+) [0-9]+");

  /**
   * Reads notes, one behind the other, or the service's JSON answer that holds one; null when the
   * text holds none or something else.
   */
  public static @Nullable TrustedCheckpoints parse(String text) {
    List<SignedNote> notes = SignedNote.parseAll(text.startsWith("{") ? note(text) : text);
    if (notes == null || notes.isEmpty()) {
      return null;
    }
    NavigableMap<Long, Checkpoint> bySize = new TreeMap<>();
    Long splitAt = null;
    for (SignedNote note : notes) {
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (checkpoint == null) {
        return null;
      }
      Checkpoint known = bySize.get(checkpoint.size());
      if (known != null && !known.sameTree(checkpoint) && splitAt == null) {
        splitAt = checkpoint.size();
      }
      bySize.put(checkpoint.size(), known == null ? checkpoint : merged(known, checkpoint));
    }
    return new TrustedCheckpoints(bySize, new ArrayList<>(notes), splitAt);
  }

  // Two that agree state together what each of them does.
  private static Checkpoint merged(Checkpoint known, Checkpoint other) {
    Checkpoint merged = known;
    for (String statement : known.sameTree(other) ? other.statements() : List.<String>of()) {
      merged = merged.statements().contains(statement) ? merged : merged.with(statement);
    }
    return merged;
  }

  private static String note(String json) {
    try {
      return Export.mapper().readTree(json).path("note").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  /** The statement that this many leaves of the scope are below a checkpoint's size. */
  public static String leaves(long tenant, @Nullable Long holder, long count) {
    return "leaves " + tenant + " " + (holder == null ? "*" : holder.toString()) + " " + count;
  }

  /** Whose leaves a checkpoint counts. */
  static List<Export.Scope> scopes(Checkpoint checkpoint) {
    return checkpoint.statements().stream()
        .map(COUNT::matcher)
        .filter(Matcher::matches)
        .map(it -> new Export.Scope(it.group(1), it.group(2).equals("*") ? null : it.group(2)))
        .toList();
  }

  /** How many leaves of the scope a checkpoint states; null when it states nothing of it. */
  public static @Nullable Long leaves(
      Checkpoint checkpoint, String tenant, @Nullable String holder) {
    String begin = "leaves " + tenant + " " + (holder == null ? "*" : holder) + " ";
    for (String statement : checkpoint.statements()) {
      String count = statement.startsWith(begin) ? statement.substring(begin.length()) : "";
      if (count.matches("0|[1-9][0-9]{0,17}")) {
        return Long.valueOf(count);
      }
    }
    return null;
  }

  /** Whether this key signed every one of them. */
  public boolean signedBy(SignedNote.Verifier verifier) {
    return notes.stream().allMatch(note -> note.signedBy(verifier));
  }
}
