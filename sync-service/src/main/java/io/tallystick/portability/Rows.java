package io.tallystick.portability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.portability.Carried.Sealed;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.Seals;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of tables as lines of JSON: numbers of any size and instants as texts, bytes as {@link
 * Octets}, sealed columns opened. Read through a cursor, never as a whole.
 */
final class Rows {
  static final JsonMapper JSON = new JsonMapper();

  private static final int FETCH = 500;
  private static final String NUMBERS = "_numeric";

  private final Seals seals;

  Rows(Seals seals) {
    this.seals = seals;
  }

  /** Writes the rows of a holder, a line each; returns how many. */
  long write(TenantTx tx, long holder, Carried carried, OutputStream out)
      throws SQLException, IOException {
    try (PreparedStatement statement = tx.connection().prepareStatement(select(tx, carried))) {
      statement.setFetchSize(FETCH);
      statement.setLong(1, tx.tenant());
      statement.setLong(2, holder);
      long written = 0;
      try (ResultSet rows = statement.executeQuery()) {
        ResultSetMetaData about = rows.getMetaData();
        while (rows.next()) {
          ObjectNode line = line(rows, about);
          for (Sealed column : carried.sealed()) {
            open(tx, holder, rows, column, line);
          }
          out.write(JSON.writeValueAsBytes(line));
          out.write('\n');
          written++;
        }
      }
      return written;
    }
  }

  // Arrays of numbers as texts: the driver cannot read them as the server sends them.
  private static String select(TenantTx tx, Carried carried) throws SQLException {
    Map<String, String> types = columns(tx, carried.table());
    if (!types.containsValue(NUMBERS)) {
      return carried.select();
    }
    List<String> columns = new ArrayList<>();
    types.forEach(
        (name, type) -> columns.add(type.equals(NUMBERS) ? name + "::text[] as " + name : name));
    return carried.select().replaceFirst("\\*", String.join(", ", columns));
  }

  private static ObjectNode line(ResultSet row, ResultSetMetaData about) throws SQLException {
    ObjectNode line = JSON.createObjectNode();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      String name = about.getColumnName(i);
      if (!Carried.WHOSE.contains(name)) {
        line.set(name, value(row, i, about.getColumnTypeName(i)));
      }
    }
    return line;
  }

  private static @Nullable JsonNode value(ResultSet row, int i, String type) throws SQLException {
    if (row.getObject(i) == null) {
      return JSON.nullNode();
    }
    return switch (type) {
      case "bool" -> JSON.getNodeFactory().booleanNode(row.getBoolean(i));
      case "int2", "int4" -> JSON.getNodeFactory().numberNode(row.getInt(i));
      case "numeric" -> text(plain(row.getBigDecimal(i)));
      case "timestamptz" -> text(row.getObject(i, OffsetDateTime.class).toInstant().toString());
      case "bytea" -> Octets.node(row.getBytes(i));
      case "int8", "text", "uuid", "date", "tstzmultirange" -> text(row.getString(i));
      case "_int8", "_text", "_uuid" -> array((Object[]) row.getArray(i).getArray());
      default -> throw new IllegalStateException("columns of type " + type + " are not carried");
    };
  }

  private static String plain(BigDecimal number) {
    return number.toPlainString();
  }

  private static JsonNode text(String text) {
    return JSON.getNodeFactory().textNode(text);
  }

  private static ArrayNode array(Object[] values) {
    ArrayNode array = JSON.createArrayNode();
    for (Object value : values) {
      array.add(value.toString());
    }
    return array;
  }

  private void open(TenantTx tx, long holder, ResultSet row, Sealed column, ObjectNode line)
      throws SQLException {
    byte[] sealed = row.getBytes(column.column());
    if (sealed == null || sealed.length == 0) {
      return; // nothing was said, or what was said is erased
    }
    Object id = row.getObject(column.row());
    String part = column.part();
    Object[] context =
        part == null
            ? new Object[] {tx.tenant(), id, column.purpose()}
            : new Object[] {tx.tenant(), id, column.purpose(), row.getInt(part)};
    byte[] plain = seals.open(holder, column.retention(), sealed, context).unlessDestroyed();
    line.set(column.column(), plain == null ? JSON.nullNode() : Octets.node(plain));
  }

  /** The columns that other books take in of a table, each with its type. */
  static Map<String, String> columns(TenantTx tx, String table) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (PreparedStatement statement =
            tx.connection().prepareStatement("select * from " + table + " where false");
        ResultSet none = statement.executeQuery()) {
      ResultSetMetaData about = none.getMetaData();
      for (int i = 1; i <= about.getColumnCount(); i++) {
        if (!Carried.WHOSE.contains(about.getColumnName(i))) {
          columns.put(about.getColumnName(i), about.getColumnTypeName(i));
        }
      }
    }
    return columns;
  }

  /** Seals the columns of a line for the holder it arrives at; the others stay as they are. */
  void seal(TenantTx tx, long holder, Carried carried, Map<String, String> types, ObjectNode line) {
    for (Sealed column : carried.sealed()) {
      JsonNode plain = line.get(column.column());
      if (plain == null || plain.isNull() || Octets.bytes(plain).length == 0) {
        continue;
      }
      Object id = id(line.path(column.row()), types.get(column.row()));
      String part = column.part();
      Object[] context =
          part == null
              ? new Object[] {tx.tenant(), id, column.purpose()}
              : new Object[] {tx.tenant(), id, column.purpose(), line.path(part).asInt()};
      byte[] sealed = seals.seal(holder, column.retention(), Octets.bytes(plain), context);
      line.set(column.column(), Octets.node(sealed));
    }
  }

  private static Object id(JsonNode value, @Nullable String type) {
    return "uuid".equals(type)
        ? UUID.fromString(value.asText())
        : (Object) Long.parseLong(value.asText());
  }

  /** A line of an archive; an {@link IllegalArgumentException} when it is none. */
  static ObjectNode parse(byte[] line) {
    try {
      if (JSON.readTree(line) instanceof ObjectNode object) {
        return object;
      }
      throw new IllegalArgumentException("a line that is no object");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a line that is no JSON", e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
  }
}
