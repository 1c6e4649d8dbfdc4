package io.tallystick.egress;

import io.tallystick.venue.Pool;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The table behind {@link Budget}. A row is a pool's stretch, or, under a place's own name, the
 * gate in front of all its pools. Each method is one short transaction of its own.
 */
final class BudgetRows {
  /** A stop that ends by itself. */
  static final String LIMITED = "limited";

  /** A stop after which one call goes first. */
  static final String BANNED = "banned";

  // Gate before pool, for everybody: a place's name begins each of its pools' names.
  private static final String LOCK =
      """
      select address, pool, slot, weights, paced_until, urgent_until, urgent_weight,
        turn, turn_until, blocked_until, block_reason
      from egress_budget where (address = ? and pool = ?) or (address = ? and pool = ?)
      order by pool for update
      """;
  private static final String MAKE =
      """
      insert into egress_budget (address, pool) values (?, ?) on conflict (address, pool) do nothing
      """;
  private static final String STORE =
      """
      update egress_budget set slot = ?, weights = ?, paced_until = ?, urgent_until = ?,
        urgent_weight = ?, turn = ?, turn_until = ?
      where address = ? and pool = ?
      """;
  private static final String GATE =
      """
      select blocked_until, block_reason from egress_budget
      where address = ? and (pool = ? or (starts_with(pool, ? || '/') and position(' ' in pool) = 0))
        and blocked_until is not null and pool <> all (?)
      order by blocked_until desc limit 1
      """;
  private static final String PROBE =
      """
      update egress_budget set blocked_until = ?, block_reason = 'probing'
      where address = ? and pool = ?
      """;
  private static final String LIFT =
      """
      update egress_budget set blocked_until = null, block_reason = null
      where address = ? and pool = ? and block_reason = 'probing'
      """;
  private static final String BLOCK =
      """
      insert into egress_budget as b (address, pool, blocked_until, block_reason)
      values (?, ?, ?, ?)
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

  /** Names a pool's row and the gate in front of it. */
  record Key(String address, String pool, String gateAddress, String gate) {}

  /** What a turn makes of a pool. */
  sealed interface Wish {
    /** Nothing is written. */
    record Leave() implements Wish {}

    /** The stretch is written. */
    record Keep() implements Wish {}

    /** The stretch is written, and the gate's ban is being probed until then. */
    record KeepAndProbe(Instant until) implements Wish {}
  }

  /** Reads a pool and tells what to write. */
  interface Turn {
    Wish take(Found found);
  }

  /** Takes a turn with a pool's row, which nobody else has meanwhile. */
  void inTurn(Key key, Pool pool, Turn turn) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        Found found = found(connection, key, pool);
        write(connection, key, found.stretch(), turn.take(found));
        connection.commit();
        done = true;
      } finally {
        if (!done) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new BudgetUnavailable(e);
    }
  }

  private static Found found(Connection connection, Key key, Pool pool) throws SQLException {
    Found first = lock(connection, key, pool);
    if (first != null) {
      return first;
    }
    try (PreparedStatement make = filled(connection, MAKE, key.address(), key.pool())) {
      make.executeUpdate();
    }
    Found made = lock(connection, key, pool);
    if (made == null) {
      throw new SQLException("the budget's row cannot be made");
    }
    return made;
  }

  /** Null when the pool has no row yet. */
  private static @Nullable Found lock(Connection connection, Key key, Pool pool)
      throws SQLException {
    Stretch stretch = null;
    Found.Stop gate = null;
    Found.Stop own = null;
    try (PreparedStatement statement =
            filled(connection, LOCK, key.gateAddress(), key.gate(), key.address(), key.pool());
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (rows.getString("pool").equals(key.pool())) {
          stretch = stretch(rows, pool);
          own = stop(rows);
        } else {
          gate = stop(rows);
        }
      }
    }
    return stretch == null ? null : new Found(stretch, gate, own);
  }

  private static Stretch stretch(ResultSet row, Pool pool) throws SQLException {
    Array weights = row.getArray("weights");
    try {
      return Stretch.of(
          pool,
          row.getLong("slot"),
          (Integer[]) weights.getArray(),
          instant(row, "paced_until"),
          new Stretch.Urgent(instant(row, "urgent_until"), row.getInt("urgent_weight")),
          new Stretch.Promise(row.getLong("turn"), instant(row, "turn_until")));
    } finally {
      weights.free();
    }
  }

  private static Found.@Nullable Stop stop(ResultSet row) throws SQLException {
    Instant until = instant(row, "blocked_until");
    String reason = row.getString("block_reason");
    return until == null ? null : new Found.Stop(until, reason == null ? LIMITED : reason);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static void write(Connection connection, Key key, Stretch stretch, Wish wish)
      throws SQLException {
    switch (wish) {
      case Wish.Leave _ -> {}
      case Wish.Keep _ -> store(connection, key, stretch);
      case Wish.KeepAndProbe(Instant until) -> {
        store(connection, key, stretch);
        try (PreparedStatement probe =
            filled(connection, PROBE, until, key.gateAddress(), key.gate())) {
          probe.executeUpdate();
        }
      }
    }
  }

  private static void store(Connection connection, Key key, Stretch stretch) throws SQLException {
    Array weights = connection.createArrayOf("int4", stretch.stored());
    try (PreparedStatement statement =
        filled(
            connection,
            STORE,
            stretch.newest(),
            weights,
            stretch.pacedUntil(),
            stretch.urgent().until(),
            stretch.urgent().weight(),
            stretch.promised().to(),
            stretch.promised().until(),
            key.address(),
            key.pool())) {
      statement.executeUpdate();
    } finally {
      weights.free();
    }
  }

  /**
   * The longest stop written for a place or a budget that the whole place shares, over or not.
   *
   * @param beside the names of budgets whose stops do not count
   */
  Optional<Found.Stop> stop(String address, String place, Set<String> beside) {
    Object[] others = beside.stream().map(name -> place + "/" + name).toArray();
    try (Connection connection = connection();
        PreparedStatement statement =
            filled(
                connection, GATE, address, place, place, connection.createArrayOf("text", others));
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.ofNullable(stop(rows)) : Optional.empty();
    } catch (SQLException e) {
      throw new BudgetUnavailable(e);
    }
  }

  /** Ends a ban whose probe was answered. */
  void lift(String address, String place) {
    change(LIFT, address, place);
  }

  /** Writes a stop; one that lasts longer stays. */
  void block(String address, String key, Instant until, String why) {
    change(BLOCK, address, key, until, why);
  }

  private void change(String sql, Object... values) {
    try (Connection connection = connection();
        PreparedStatement statement = filled(connection, sql, values)) {
      statement.executeUpdate();
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

  private static PreparedStatement filled(
      Connection connection, String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case null -> statement.setObject(i + 1, null);
        case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
        case Array array -> statement.setArray(i + 1, array);
        case Object other -> statement.setObject(i + 1, other);
      }
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
