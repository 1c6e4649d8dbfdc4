package io.tallystick.portability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.consent.Stated;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Problem;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.Posting;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Rows of an archive on their way into the tables of the holder who arrives. */
final class Intake {
  private static final int ROWS = 500;
  private static final int BYTES = 4 << 20;
  // Classes of SQLState: a value that is none of its type, and one that a constraint refuses.
  private static final Set<String> OF_THE_DATA = Set.of("22", "23");

  private final TenantTx tx;
  private final long holder;
  private final Rows rows;
  private final Customs customs;

  Intake(TenantTx tx, long holder, Rows rows, Customs customs) {
    this.tx = tx;
    this.holder = holder;
    this.rows = rows;
    this.customs = customs;
  }

  /** What becomes of a row where it arrives. */
  @FunctionalInterface
  interface Customs {
    /** Changes the line; a {@link Problem} stops everything. */
    void pass(String table, ObjectNode line) throws SQLException;
  }

  /** Takes a table in; returns how many rows. */
  long take(Carried carried, ArchiveReader archive) throws SQLException, IOException {
    Map<String, String> types = Rows.columns(tx, carried.table());
    Set<String> columns = new LinkedHashSet<>();
    ArrayNode waiting = Rows.JSON.createArrayNode();
    long taken = 0;
    long bytes = 0;
    try (ArchiveReader.Lines lines = archive.lines(carried.member())) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        ObjectNode row = row(carried, types, columns, line, taken + 1);
        waiting.add(row);
        taken++;
        bytes += line.length;
        if (waiting.size() == ROWS || bytes > BYTES) {
          store(carried, columns, waiting);
          waiting = Rows.JSON.createArrayNode();
          bytes = 0;
        }
      }
    }
    if (!waiting.isEmpty()) {
      store(carried, columns, waiting);
    }
    if (taken != archive.rows(carried.member())) {
      throw ArchiveReader.refused(
          carried.member(), "It has another number of rows than the manifest says.");
    }
    return taken;
  }

  private ObjectNode row(
      Carried carried, Map<String, String> types, Set<String> columns, byte[] line, long number)
      throws SQLException {
    try {
      ObjectNode row = Rows.parse(line);
      Set<String> told = new HashSet<>();
      row.fieldNames().forEachRemaining(told::add);
      if (columns.isEmpty()) {
        // Names become a part of a statement: only those that the table has.
        types.keySet().stream().filter(told::contains).forEach(columns::add);
      }
      if (!told.equals(columns)) {
        throw new IllegalArgumentException("other columns than the table has");
      }
      customs.pass(carried.table(), row);
      rows.seal(tx, holder, carried, types, row);
      types.forEach((column, type) -> {
        JsonNode value = row.get(column);
        if (type.equals("bytea") && value != null && !value.isNull()) {
          row.put(column, "\\x" + HexFormat.of().formatHex(Octets.bytes(value)));
        }
      });
      return row;
    } catch (IllegalArgumentException e) {
      throw ArchiveReader.refused(
          carried.member(), "Row " + number + " is not one of this table: " + e.getMessage() + ".");
    }
  }

  private void store(Carried carried, Set<String> columns, ArrayNode waiting) throws SQLException {
    try {
      switch (carried.table()) {
        case "asset" -> assets(waiting);
        case "notice" -> HolderStore.notices(tx, waiting);
        default -> HolderStore.insert(tx, holder, carried.table(), columns, waiting);
      }
    } catch (SQLException e) {
      String state = e.getSQLState();
      if (state != null && state.length() == 5 && OF_THE_DATA.contains(state.substring(0, 2))) {
        throw ArchiveReader.refused(carried.member(), "A row has a value that cannot be.");
      }
      throw e;
    }
  }

  private void assets(ArrayNode rows) throws SQLException {
    Long[] keys = new Long[rows.size()];
    String[] codes = new String[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Long.valueOf(rows.get(i).path("asset_id").asText());
      codes[i] = rows.get(i).path("code").asText();
    }
    HolderStore.assets(tx, keys, codes);
  }

  /** The keys of words are made of the words: one that is not would tell another word elsewhere. */
  static void sameKey(String table, ObjectNode line) {
    boolean same =
        switch (table) {
          case "account" -> key(line, "account_id") == new Account(text(line, "path")).key();
          case "notice" ->
              Arrays.equals(
                  Octets.bytes(line.path("sha256")),
                  Digests.sha256(text(line, "words").getBytes(StandardCharsets.UTF_8)));
          case "asset" -> key(line, "asset_id") == Posting.assetKey(text(line, "code"));
          default -> true;
        };
    if (!same) {
      throw new IllegalArgumentException("a key that is not the word's");
    }
  }

  /** Words that are read back by name: one that nobody knows would break every look at the row. */
  static void known(String table, ObjectNode line) {
    boolean known =
        switch (table) {
          case "entry" -> {
            String kind = text(line, "kind");
            yield Arrays.stream(EntryKind.values()).anyMatch(one -> one.code().equals(kind));
          }
          case "consent" -> !line.hasNonNull("stated") || Stated.read(text(line, "stated")) != null;
          case "import_batch" ->
              !line.hasNonNull("domain") || Domain.of(text(line, "domain")).isPresent();
          default -> true;
        };
    if (!known) {
      throw new IllegalArgumentException("a word that nobody here knows");
    }
  }

  /** What was declared, by those who read it; a reversal has nothing to read. */
  static void declared(DeclarationCheck check, long holder, ObjectNode line) {
    String kind = text(line, "kind");
    if (kind.equals("reversal") != line.hasNonNull("reverses")) {
      throw new IllegalArgumentException("a reversal names what it takes back, and nothing else");
    }
    if (!line.hasNonNull("reverses")) {
      UUID id = UUID.fromString(text(line, "declaration_id"));
      UUID entry = line.hasNonNull("entry_id") ? UUID.fromString(text(line, "entry_id")) : null;
      check.check(holder, id, entry, kind, opened(line, "body_sealed"));
    }
  }

  static long key(ObjectNode line, String column) {
    return Long.parseLong(line.path(column).asText());
  }

  static String text(ObjectNode line, String column) {
    return line.path(column).asText();
  }

  /** The text of a column of bytes; empty when it holds none. */
  static String opened(ObjectNode line, String column) {
    JsonNode value = line.path(column);
    return value.isObject() ? new String(Octets.bytes(value), StandardCharsets.UTF_8) : "";
  }
}
