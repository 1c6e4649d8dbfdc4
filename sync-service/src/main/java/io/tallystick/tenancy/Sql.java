package io.tallystick.tenancy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One SQL statement with its parameters, in order. Text is a constant; values are only bound. */
public final class Sql {
  private final Connection connection;
  private final String text;
  private final List<@Nullable Object> values = new ArrayList<>();

  Sql(Connection connection, String text) {
    this.connection = connection;
    this.text = text;
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface Reader<T> {
    /** The value made of the current row. */
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Binds the next parameters: text, numbers, booleans, bytes, UUIDs, instants, dates, null, and
   * arrays of those that PostgreSQL has a type for.
   */
  public Sql bind(@Nullable Object... more) {
    for (Object value : more) {
      values.add(value);
    }
    return this;
  }

  /** All rows. */
  public <T> List<T> list(Reader<T> reader) throws SQLException {
    try (PreparedStatement statement = prepare();
        ResultSet rows = statement.executeQuery()) {
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(reader.read(rows));
      }
      return result;
    }
  }

  /** Takes one row. */
  @FunctionalInterface
  public interface Taker {
    /** Takes what it needs of the current row. */
    void take(ResultSet row) throws SQLException;
  }

  /**
   * Walks the rows without holding more than so many of them in memory; the planner reckons with
   * that, too, and prefers to begin at once.
   */
  public void each(int atOnce, Taker taker) throws SQLException {
    try (PreparedStatement statement = prepare()) {
      statement.setFetchSize(atOnce);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taker.take(rows);
        }
      }
    }
  }

  /** The first row; null when there is none. */
  public <T> @Nullable T first(Reader<T> reader) throws SQLException {
    List<T> rows = list(reader);
    return rows.isEmpty() ? null : rows.getFirst();
  }

  /** Changes rows; returns how many. */
  public int update() throws SQLException {
    try (PreparedStatement statement = prepare()) {
      return statement.executeUpdate();
    }
  }

  /** A column as an instant; null when it is null. */
  public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private PreparedStatement prepare() throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      for (int i = 0; i < values.size(); i++) {
        set(statement, i + 1, values.get(i));
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private void set(PreparedStatement statement, int at, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(at, Types.NULL);
      case String string -> statement.setString(at, string);
      case Long number -> statement.setLong(at, number);
      case Integer number -> statement.setInt(at, number);
      case Boolean flag -> statement.setBoolean(at, flag);
      case BigDecimal number -> statement.setBigDecimal(at, number);
      case byte[] bytes -> statement.setBytes(at, bytes);
      case UUID uuid -> statement.setObject(at, uuid);
      case Instant instant -> statement.setObject(at, instant.atOffset(ZoneOffset.UTC));
      case LocalDate date -> statement.setObject(at, date);
      case Long[] array -> statement.setArray(at, connection.createArrayOf("bigint", array));
      case Integer[] array -> statement.setArray(at, connection.createArrayOf("integer", array));
      case Short[] array -> statement.setArray(at, connection.createArrayOf("smallint", array));
      case Boolean[] array -> statement.setObject(at, BinaryArray.of(array));
      case String[] array -> statement.setObject(at, BinaryArray.of(array));
      case UUID[] array -> statement.setObject(at, BinaryArray.of(array));
      case BigDecimal[] array -> statement.setObject(at, BinaryArray.of(array));
      case byte[][] array -> statement.setArray(at, connection.createArrayOf("bytea", array));
      case LocalDate[] array -> statement.setArray(at, connection.createArrayOf("date", array));
      case Instant[] array -> statement.setObject(at, BinaryArray.of(array));
      case OffsetDateTime[] array -> statement.setObject(at, BinaryArray.of(array));
      default -> throw new IllegalArgumentException("cannot bind " + value.getClass());
    }
  }
}
