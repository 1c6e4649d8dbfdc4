package io.tallystick.venue.binance.reading;

import io.tallystick.venue.binance.wire.JsonPage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Leaves out of a record what must not, or need not, be stored. */
public final class Redaction {
  private Redaction() {}

  /** The record with these members alone, and in the rows of one of them with those alone. */
  public static byte[] of(byte[] record, Set<String> kept, String inner, Set<String> keptInside) {
    String outer = JsonPage.only(record, kept);
    Map<String, byte[]> members = JsonPage.members(outer.getBytes(StandardCharsets.UTF_8));
    byte[] rows = members == null ? null : members.get(inner);
    if (members == null || rows == null) {
      return outer.getBytes(StandardCharsets.UTF_8);
    }
    String cut =
        switch (JsonPage.array(rows)) {
          case JsonPage.Broken _ -> new String(rows, StandardCharsets.UTF_8);
          case JsonPage.Rows(List<byte[]> found) ->
              found.stream()
                  .map(row -> JsonPage.only(row, keptInside))
                  .collect(Collectors.joining(",", "[", "]"));
        };
    return members.entrySet().stream()
        .map(member ->
            '"'
                + member.getKey()
                + "\":"
                + (member.getKey().equals(inner)
                    ? cut
                    : new String(member.getValue(), StandardCharsets.UTF_8)))
        .collect(Collectors.joining(",", "{", "}"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
