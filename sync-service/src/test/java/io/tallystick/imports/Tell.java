package io.tallystick.imports;

import io.tallystick.venue.Raw;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells an account rows of the venue's lists, and lines of the statement. */
final class Tell {
  private Tell() {}

  static long ms(String at) {
    return Instant.parse(at).toEpochMilli();
  }

  /** One row of a list, as a page of its own. */
  static void list(Desk.At at, String stream, String part, String when, String row) {
    Raw raw =
        new Raw("k" + row.hashCode(), Instant.parse(when), row.getBytes(StandardCharsets.UTF_8));
    at.account.page(at.on, stream, part, List.of(raw));
  }

  /** A statement of these lines, each from the time on. */
  static void statement(Desk.At at, String... lines) {
    List<String> all = new ArrayList<>();
    all.add("User_ID,UTC_Time,Account,Operation,Coin,Change,Remark");
    for (String line : lines) {
      all.add(Desk.UID + "," + line);
    }
    at.take("statement.csv", all.toArray(String[]::new));
  }
}
