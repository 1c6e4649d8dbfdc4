package io.tallystick.access;

import io.tallystick.tenancy.SequencerTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signed checkpoints of the present log as they are stored, for whoever carries them elsewhere.
 */
@ApplicationScoped
public class Checkpoints {
  private final String origin;

  Checkpoints(AccessSettings settings) {
    this.origin = settings.origin();
  }

  /**
   * A checkpoint.
   *
   * @param size how many entries it covers
   * @param note the C2SP signed note, exactly as it was signed
   */
  public record Signed(long size, String note, Instant at) {}

  /** The newest; null before the first. */
  public @Nullable Signed newest(SequencerTx tx) throws SQLException {
    LogStore.Stored newest = LogStore.newest(tx::sql, origin);
    return newest == null ? null : signed(newest);
  }

  /** Those that cover more than so many entries, in order. */
  public List<Signed> after(SequencerTx tx, long size, int limit) throws SQLException {
    return LogStore.after(tx::sql, origin, size, limit).stream().map(Checkpoints::signed).toList();
  }

  private static Signed signed(LogStore.Stored stored) {
    return new Signed(stored.size(), stored.note(), stored.signedAt());
  }
}
