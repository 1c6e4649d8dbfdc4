package io.tallystick.connection;

import io.tallystick.kernel.Digests;
import io.tallystick.report.packing.Packing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Searches a dump of a database for words, field by field: as they are, in hexadecimal digits,
 * base64, reversed, as a plain digest, and inside what is deflated.
 */
final class DumpSearch {
  private static final int SIGNATURE = 11;

  // No word fits into less, deflated.
  private static final int SHORTEST = 36;

  /** What each form of each word looks like, one character a byte. */
  private final List<Form> forms = new ArrayList<>();

  private record Form(String name, String bytes) {}

  /** How many bytes were looked at. */
  long bytes;

  /** Searches for these words, by their names. */
  DumpSearch(Map<String, String> words) {
    words.forEach((name, word) -> {
      byte[] plain = word.getBytes(StandardCharsets.UTF_8);
      form(name, "plain", plain);
      form(name, "reversed", new StringBuilder(word).reverse().toString().getBytes(UTF));
      String hex = HexFormat.of().formatHex(plain);
      form(name, "hex", hex.getBytes(UTF));
      form(name, "HEX", hex.toUpperCase(Locale.ROOT).getBytes(UTF));
      for (int shift = 0; shift < 3; shift++) {
        form(name, "base64", base64(plain, shift));
      }
      byte[] digest = Digests.sha256(plain);
      form(name, "digest", digest);
      form(name, "digest in hex", HexFormat.of().formatHex(digest).getBytes(UTF));
      if (word.matches("[0-9]{5,18}")) {
        form(name, "number", ByteBuffer.allocate(8).putLong(Long.parseLong(word)).array());
      }
    });
    // Most fields are shorter than any word: the shortest first, so that those are done with soon.
    forms.sort(Comparator.comparingInt(form -> form.bytes().length()));
  }

  private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

  private void form(String name, String how, byte[] form) {
    forms.add(new Form(name + " " + how, latin(form)));
  }

  // What stands in the middle of any base64 text that holds the bytes at this offset.
  private static byte[] base64(byte[] plain, int shift) {
    byte[] moved = new byte[plain.length + shift];
    System.arraycopy(plain, 0, moved, shift, plain.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(moved);
    int from = shift == 0 ? 0 : 4;
    return text.substring(from, text.length() - 4).getBytes(UTF);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The tables that this connection may read, of every schema but PostgreSQL's own. */
  static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select format('%I.%I', n.nspname, c.relname) from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'm')
                  and n.nspname not in ('pg_catalog', 'information_schema')
                  and n.nspname not like 'pg\\_toast%'
                  and has_schema_privilege(n.oid, 'usage')
                  and has_table_privilege(c.oid, 'select')
                order by 1
                """)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  /**
   * Where words stand in what this connection may read.
   *
   * @param tenant whose rows, beside everything that is of no tenant; null for all rows
   */
  TreeSet<String> in(Connection connection, @Nullable Long tenant)
      throws SQLException, IOException {
    TreeSet<String> found = new TreeSet<>();
    for (String table : tables(connection)) {
      boolean his = tenant != null && hasTenants(connection, table);
      found.addAll(in(connection, table, his ? "where tenant_id = " + tenant : ""));
    }
    return found;
  }

  private static boolean hasTenants(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select 1 from pg_attribute where attname = 'tenant_id' and attrelid = '"
                    + table
                    + "'::regclass")) {
      return row.next();
    }
  }

  /**
   * Where words stand in a table, as {@code table word form}.
   *
   * @param where a condition with its keyword; empty for the whole table
   */
  TreeSet<String> in(Connection connection, String table, String where)
      throws SQLException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("copy (select * from " + table + " " + where + ") to stdout (format binary)", out);
    TreeSet<String> found = new TreeSet<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(out.toByteArray()));
    in.skipNBytes(SIGNATURE + 4);
    in.skipNBytes(in.readInt());
    for (short fields = in.readShort(); fields >= 0; fields = in.readShort()) {
      for (int i = 0; i < fields; i++) {
        int length = in.readInt();
        if (length > 0) {
          look(table, in.readNBytes(length), found);
        }
      }
    }
    return found;
  }

  private void look(String table, byte[] field, TreeSet<String> found) {
    bytes += field.length;
    look(table, latin(field), found);
    byte[] inside = field.length < SHORTEST ? new byte[0] : inflated(field);
    if (inside.length > 0) {
      look(table + " deflated", latin(inside), found);
    }
  }

  private void look(String place, String text, TreeSet<String> found) {
    for (Form form : forms) {
      if (form.bytes().length() > text.length()) {
        return;
      }
      if (text.contains(form.bytes())) {
        found.add(place + " " + form.name());
      }
    }
  }

  private static byte[] inflated(byte[] field) {
    for (boolean raw : List.of(false, true)) {
      Inflater inflater = new Inflater(raw);
      try (InflaterInputStream in =
          new InflaterInputStream(new ByteArrayInputStream(field), inflater)) {
        byte[] inside = in.readAllBytes();
        if (inside.length > field.length) {
          return inside;
        }
      } catch (IOException none) {
        continue; // not deflated, which sealed bytes never look like for long
      } finally {
        inflater.end();
      }
    }
    return new byte[0];
  }

  /**
   * Puts a word into a table in each form by itself, and takes it back with the transaction; the
   * forms that a search then finds.
   */
  static List<String> planted(Connection admin, String word) throws SQLException, IOException {
    DumpSearch search = new DumpSearch(Map.of("memo", word));
    byte[] plain = word.getBytes(UTF);
    byte[] story = "a long story in which %s is told ".formatted(word).repeat(9).getBytes(UTF);
    Map<String, byte[]> forms = new LinkedHashMap<>();
    forms.put("plain", ("said " + word).getBytes(UTF));
    forms.put("plain inside", Packing.deflate(story));
    forms.put("reversed", new StringBuilder(word).reverse().toString().getBytes(UTF));
    forms.put("hex", HexFormat.of().formatHex(plain).getBytes(UTF));
    forms.put("base64", Base64.getEncoder().encode(("x" + word).getBytes(UTF)));
    forms.put("digest", Digests.sha256(plain));
    forms.put("bytes", plain);
    List<String> found = new ArrayList<>();
    admin.setAutoCommit(false);
    try (Statement statement = admin.createStatement();
        PreparedStatement put =
            prepared(admin, statement, "insert into tallystick.planted values (?)")) {
      for (Map.Entry<String, byte[]> form : forms.entrySet()) {
        statement.execute("truncate tallystick.planted");
        put.setBytes(1, form.getValue());
        put.executeUpdate();
        if (!search.in(admin, "tallystick.planted", "").isEmpty()) {
          found.add(form.getKey());
        }
      }
    } finally {
      admin.rollback();
      admin.setAutoCommit(true);
    }
    return found;
  }

  private static PreparedStatement prepared(Connection admin, Statement statement, String insert)
      throws SQLException {
    statement.execute("create table tallystick.planted (b bytea)");
    return admin.prepareStatement(insert);
  }
}
