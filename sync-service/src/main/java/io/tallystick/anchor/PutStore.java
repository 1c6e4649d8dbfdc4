package io.tallystick.anchor;

import io.tallystick.tenancy.SequencerTx;
import io.tallystick.tenancy.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The SQL of how far checkpoints were put to a place outside. */
final class PutStore {
  private PutStore() {}

  /**
   * How far it is.
   *
   * @param size of the last checkpoint that was taken there
   * @param at when; null before the first
   * @param mine whether it is this process that puts them now
   */
  record Stand(long size, @Nullable Instant at, boolean mine) {}

  /** Makes a place known, as if a checkpoint of this size had been taken there; once. */
  static void begin(SequencerTx tx, byte[] place, long size) throws SQLException {
    tx.sql("insert into checkpoint_put (place, size) values (?, ?) on conflict do nothing")
        .bind(place, size)
        .update();
  }

  /** How far it is; null when the place is not known. */
  static @Nullable Stand stand(SequencerTx tx, byte[] place, long process) throws SQLException {
    return tx.sql(
            """
            select size, put_at, turn_of = ? and turn_until > clock_timestamp() as mine
            from checkpoint_put where place = ?
            """)
        .bind(process, place)
        .first(row ->
            new Stand(row.getLong("size"), Sql.instant(row, "put_at"), row.getBoolean("mine")));
  }

  /** Takes the turn for so long, or keeps it; nothing happens while another process has it. */
  static void turn(SequencerTx tx, byte[] place, long process, Duration length)
      throws SQLException {
    tx.sql(
            """
            update checkpoint_put set turn_of = ?,
              turn_until = clock_timestamp() + make_interval(secs => ?)
            where place = ? and (turn_of = ? or turn_until is null
              or turn_until <= clock_timestamp())
            """)
        .bind(process, length.toSeconds(), place, process)
        .update();
  }

  /** Lets the next process have the turn. */
  static int leave(SequencerTx tx, byte[] place, long process) throws SQLException {
    return tx.sql("update checkpoint_put set turn_until = null where place = ? and turn_of = ?")
        .bind(place, process)
        .update();
  }

  /** Writes down that a checkpoint was taken there; sizes only grow. */
  static void taken(SequencerTx tx, byte[] place, long size) throws SQLException {
    tx.sql(
            """
            update checkpoint_put set size = ?, put_at = clock_timestamp()
            where place = ? and size < ?
            """)
        .bind(size, place, size)
        .update();
  }
}
