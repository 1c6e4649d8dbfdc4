package io.tallystick.venue.binance.reading;

import io.tallystick.venue.binance.wire.JsonPage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is cut into its records.
 *
 * @param path the members that lead to the array; none when the answer itself is the array
 * @param enveloped whether the answer says by a code of zeros that all is well, and may then leave
 *     the array out when there is nothing
 * @param total the member beside the array that counts the rows of all pages; null when none does
 * @param more the member beside the array that says that rows were left out; null when none does
 */
public record Cut(
    List<String> path, boolean enveloped, @Nullable String total, @Nullable String more) {
  private static final Pattern ZEROS = Pattern.compile("\"?0+\"?");
  private static final Pattern COUNT = Pattern.compile("\"?([0-9]{1,15})\"?");

  /** Keeps the path. */
  public Cut {
    path = List.copyOf(path);
  }

  /** What was found. */
  public sealed interface Found {
    /**
     * The rows.
     *
     * @param total how many there are on all pages; null when the answer does not tell
     * @param more whether the answer says that rows were left out
     */
    record Rows(List<byte[]> rows, @Nullable Long total, boolean more) implements Found {}

    /** Another outline than the documented one. */
    record Broken(String why) implements Found {}
  }

  /** The answer is the array. */
  public static Cut array() {
    return new Cut(List.of(), false, null, null);
  }

  /** An object with the array under this name, and {@code total} beside it. */
  public static Cut member(String name) {
    return new Cut(List.of(name), false, "total", null);
  }

  /** An envelope with a code, a message and the array under {@code data}. */
  public static Cut envelope() {
    return new Cut(List.of("data"), true, "total", null);
  }

  /** Cuts the answer. */
  public Found rows(byte[] body) {
    byte[] at = body;
    Map<String, byte[]> members = Map.of();
    boolean outermost = true;
    for (String step : path) {
      Map<String, byte[]> found = JsonPage.members(at);
      if (found == null) {
        return new Found.Broken("not an object");
      }
      if (enveloped && outermost && !says(found.get("code"))) {
        return new Found.Broken("no code of success");
      }
      outermost = false;
      members = found;
      byte[] inner = members.get(step);
      if (inner == null || text(inner).equals("null")) {
        return enveloped ? new Found.Rows(List.of(), null, false) : new Found.Broken("no " + step);
      }
      at = inner;
    }
    Map<String, byte[]> beside = members;
    return switch (JsonPage.array(at)) {
      case JsonPage.Broken(String why) -> new Found.Broken(why);
      case JsonPage.Rows(List<byte[]> rows) ->
          new Found.Rows(rows, count(beside), more != null && isTrue(beside.get(more)));
    };
  }

  private @Nullable Long count(Map<String, byte[]> members) {
    byte[] value = total == null ? null : members.get(total);
    var count = COUNT.matcher(value == null ? "" : text(value));
    return count.matches() ? Long.valueOf(count.group(1)) : null;
  }

  private static boolean says(byte @Nullable [] code) {
    return code != null && ZEROS.matcher(text(code)).matches();
  }

  private static boolean isTrue(byte @Nullable [] flag) {
    return flag != null && text(flag).replace("\"", "").equals("true");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
