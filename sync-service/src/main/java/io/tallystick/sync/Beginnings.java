package io.tallystick.sync;

import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Stream;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a source may still be read as the run began to, and from where. */
@ApplicationScoped
class Beginnings {
  private final Transactions transactions;
  private final Connections connections;
  private final Pace pace;

  Beginnings(Transactions transactions, Connections connections, Pace pace) {
    this.transactions = transactions;
    this.connections = connections;
    this.pace = pace;
  }

  /**
   * Where a pull begins.
   *
   * @param stored the position on disk; null when there is none
   */
  record Place(@Nullable Bookmark stored, Bookmark at) {}

  /** Whether the run's key still serves, and the connection is under the consent it was under. */
  boolean stands(RunContext run) {
    Link link = run.lease().link();
    return transactions.as(link.tenant(), tx -> connections.stands(tx, link, run.progress().key));
  }

  /**
   * Where a source is read from under a consent that looks back to an instant.
   *
   * @throws Bookmarks.Unusable when the stored position cannot be trusted
   */
  Place of(Link link, Stream stream, String partition, Instant earliest) {
    Bookmark stored =
        transactions.find(link.tenant(), tx -> load(tx, link, stream, partition, earliest));
    Bookmark start = stream.start(earliest);
    if (stored instanceof Bookmark.Window window
        && start instanceof Bookmark.Window first
        && window.from().isBefore(first.from())) {
      // The consent looks back less far than it did: not a call reaches behind.
      Gaps.Missing missing =
          Gaps.Missing.of(link, stream, partition, Gaps.Reason.BEFORE_LOOK_BACK)
              .between(window.from(), first.from());
      transactions.as(link.tenant(), tx -> Gaps.open(tx, missing, pace.instant()));
      return new Place(stored, start);
    }
    return new Place(stored, stored != null ? stored : start);
  }

  private @Nullable Bookmark load(
      TenantTx tx, Link link, Stream stream, String partition, Instant earliest)
      throws SQLException {
    if (RestartRows.widened(tx, link, stream, partition, earliest)) {
      Gaps.closeCut(tx, link, stream, partition, pace.instant());
    }
    return Bookmarks.load(tx, link, stream.name(), partition);
  }
}
