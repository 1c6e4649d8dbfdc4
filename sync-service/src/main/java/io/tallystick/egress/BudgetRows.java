package io.tallystick.egress;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The table behind {@link Budget}. A row is a pool's window, or, under a place's own name, the gate
 * in front of all its pools. Each method is one statement in a transaction of its own.
 */
final class BudgetRows {
  /** A stop that ends by itself. */
  static final String LIMITED = "limited";

  /** A stop after which one call goes first. */
  static final String BANNED = "banned";

  private static final String PROBING = "probing";

  private static final String CHARGE =
      """
      insert into egress_budget as b (address, pool, window_start, used)
      select ?, ?, ?, ?
      where ? or not exists (
        select 1 from egress_budget g
        where g.address = ? and g.pool = ?
          and (g.blocked_until > ? or g.block_reason in ('banned', 'probing')))
      on conflict (address, pool) do update set
        window_start = case when b.window_start < excluded.window_start or b.window_start > ?
          then excluded.window_start else b.window_start end,
        used = case when b.window_start < excluded.window_start or b.window_start > ?
          then excluded.used else b.used + excluded.used end
      where (b.blocked_until is null or b.blocked_until <= ?)
        and (b.window_start < excluded.window_start or b.window_start > ?
          or b.used = 0 or b.used + excluded.used <= ?)
      returning window_start, used
      """;
  private static final String GATE =
      """
      select blocked_until, block_reason from egress_budget
      where address = ? and pool = ? and blocked_until is not null
      """;
  private static final String CLAIM =
      """
      update egress_budget set blocked_until = ?, block_reason = 'probing'
      where address = ? and pool = ? and blocked_until <= ?
        and block_reason in ('banned', 'probing')
      """;
  private static final String LIFT =
      """
      update egress_budget set blocked_until = null, block_reason = null
      where address = ? and pool = ? and block_reason = 'probing'
      """;
  private static final String AT_LEAST =
      """
      insert into egress_budget as b (address, pool, window_start, used) values (?, ?, ?, ?)
      on conflict (address, pool) do update set
        window_start = excluded.window_start,
        used = case when b.window_start = excluded.window_start
          then greatest(b.used, excluded.used) else excluded.used end
      where b.window_start <= excluded.window_start
      """;
  private static final String BLOCK =
      """
      insert into egress_budget as b
        (address, pool, window_start, used, blocked_until, block_reason)
      values (?, ?, ?, 0, ?, ?)
      on conflict (address, pool) do update set
        blocked_until = case when b.block_reason = 'probing' then excluded.blocked_until
          else greatest(coalesce(b.blocked_until, excluded.blocked_until),
                        excluded.blocked_until) end,
        block_reason = case when b.block_reason = 'banned' then 'banned'
          else excluded.block_reason end
      """;

  private final DataSource database;

  BudgetRows(DataSource database) {
    this.database = database;
  }

  /**
   * A wish to charge.
   *
   * @param address of the pool's row
   * @param gateAddress of the gate's row
   * @param room the weight that the window may be brought to; a call too heavy for that goes alone
   */
  record Asked(
      String address, String gateAddress, Charge charge, Instant window, Instant next, int room) {}

  /** Charges if gate, block and room allow; empty when they do not. */
  Optional<Budget.Grant.Granted> charge(Asked asked, Instant now, boolean probe) {
    Charge charge = asked.charge();
    return ask(
        CHARGE,
        row ->
            new Budget.Grant.Granted(
                charge, row.getObject(1, OffsetDateTime.class).toInstant(), row.getInt(2), probe),
        asked.address(),
        charge.key(),
        asked.window(),
        charge.weight(),
        probe,
        asked.gateAddress(),
        charge.place(),
        now,
        // A window far ahead of us was written by a clock that was wrong: it counts as over.
        asked.next(),
        asked.next(),
        now,
        asked.next(),
        asked.room());
  }

  /** The stop written on a row, over or not. */
  Optional<Budget.Block> gate(String address, String pool) {
    return ask(
        GATE,
        row -> {
          String why = row.getString(2);
          return new Budget.Block(
              row.getObject(1, OffsetDateTime.class).toInstant(),
              PROBING.equals(why) ? BANNED : why == null ? LIMITED : why);
        },
        address,
        pool);
  }

  /** Takes the right to be the one call that tries after a ban. */
  boolean claimProbe(String address, String place, Instant now) {
    return change(CLAIM, now.plus(Budget.PROBE), address, place, now) == 1;
  }

  /** Ends a ban whose probe was answered. */
  void lift(String address, String place) {
    change(LIFT, address, place);
  }

  /** Raises the used weight of a window; nothing when the row is in a later window. */
  void atLeast(String address, String key, Instant window, int used) {
    change(AT_LEAST, address, key, window, used);
  }

  /** Writes a stop; one that lasts longer stays. */
  void block(String address, String key, Instant window, Instant until, String why) {
    change(BLOCK, address, key, window, until, why);
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> Optional<T> ask(String sql, Reader<T> reader, Object... values) {
    try (Connection connection = connection();
        PreparedStatement statement = filled(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
    } catch (SQLException e) {
      throw new BudgetUnavailable(e);
    }
  }

  private int change(String sql, Object... values) {
    try (Connection connection = connection();
        PreparedStatement statement = filled(connection, sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new BudgetUnavailable(e);
    }
  }

  private Connection connection() throws SQLException {
    Connection connection = database.getConnection();
    if (!connection.getAutoCommit()) {
      connection.setAutoCommit(true);
    }
    return connection;
  }

  private static PreparedStatement filled(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      statement.setObject(
          i + 1, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
    }
    return statement;
  }

  /** The database that keeps the budget does not answer: without budget nothing is sent. */
  static final class BudgetUnavailable extends RuntimeException {
    BudgetUnavailable(SQLException cause) {
      super("the egress budget cannot be read or written", cause);
    }
  }
}
