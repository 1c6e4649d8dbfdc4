package io.tallystick.sandbox.control;

import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.export.ExportFile;
import io.tallystick.sandbox.export.ExportWish;
import io.tallystick.sandbox.export.Exports;
import io.tallystick.sandbox.export.FileKind;
import io.tallystick.sandbox.export.Generation;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Wire;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /sandbox/accounts/NAME/exports/KIND}: the account's history as a file. */
final class FileRoutes {
  private static final int PATH = 4;

  private final Exchange exchange;
  private final AccountRoutes accounts;

  FileRoutes(Exchange exchange, AccountRoutes accounts) {
    this.exchange = exchange;
    this.accounts = accounts;
  }

  static boolean wanted(String method, List<String> path) {
    return method.equals("GET")
        && path.size() == PATH
        && path.getFirst().equals("accounts")
        && path.get(2).equals("exports");
  }

  /** The file; one part of it where {@code parts} is more than one. */
  Reply download(List<String> path, String query) {
    Map<String, String> asked = asked(query);
    FileKind kind = FileKind.of(path.get(3)).orElseThrow(() -> unfit("kind", path.get(3)));
    int part = number(asked.getOrDefault("part", "1"));
    List<ExportFile> files =
        Exports.of(accounts.account(path.get(1)), wish(kind, asked), exchange.clock().instant());
    if (part < 1 || part > files.size()) {
      throw new Form.Unfit("there are " + files.size() + " parts");
    }
    ExportFile file = files.get(part - 1);
    return new Reply(200, Map.of("Content-Type", "text/csv"), file.content(), new Wire.Whole())
        .with("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
  }

  private static ExportWish wish(FileKind kind, Map<String, String> asked) {
    ExportWish all = ExportWish.all(kind);
    String form = asked.getOrDefault("form", Generation.CURRENT.code());
    try {
      return all.within(
              asked.containsKey("from") ? start(asked.get("from")) : all.from(),
              asked.containsKey("to") ? start(asked.get("to")) : all.to())
          .in(ZoneOffset.of(asked.getOrDefault("zone", "Z")))
          .as(Generation.of(form).orElseThrow(() -> unfit("form", form)))
          .split(number(asked.getOrDefault("parts", "1")));
    } catch (DateTimeException e) {
      throw new Form.Unfit("from and to are dates such as 2026-01-31, zone is one such as +02:00");
    }
  }

  private static Instant start(String date) {
    return LocalDate.parse(date).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw new Form.Unfit("parts and part are small numbers");
    }
    return Integer.parseInt(text);
  }

  private static Form.Unfit unfit(String what, String given) {
    return new Form.Unfit("no such " + what + ": " + given);
  }

  private static Map<String, String> asked(String query) {
    Map<String, String> asked = new HashMap<>();
    for (String pair : query.split("&")) {
      int mark = pair.indexOf('=');
      if (mark > 0) {
        String value = pair.substring(mark + 1);
        asked.put(pair.substring(0, mark), URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return asked;
  }
}
