package io.tallystick.sync;

import io.tallystick.access.AccessLog;
import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.consent.Permits;
import io.tallystick.consent.PullDecision;
import io.tallystick.consent.PullPermit;
import io.tallystick.consent.Refusal;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Stream;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a source may still be read as the run began to, and from where. */
@ApplicationScoped
class Beginnings {
  private final Transactions transactions;
  private final Connections connections;
  private final Permits permits;
  private final AccessLog log;
  private final Pace pace;

  Beginnings(
      Transactions transactions,
      Connections connections,
      Permits permits,
      AccessLog log,
      Pace pace) {
    this.transactions = transactions;
    this.connections = connections;
    this.permits = permits;
    this.log = log;
    this.pace = pace;
  }

  /**
   * Where a pull begins.
   *
   * @param stored the position on disk; null when there is none
   */
  record Place(@Nullable Bookmark stored, Bookmark at) {}

  /** Whether a pull may begin, and where: all of it looked at in one moment. */
  sealed interface Begun {
    record Not(Ending ending) implements Begun {}

    record At(PullPermit permit, Place place) implements Begun {}
  }

  /**
   * Looks whether the run's key still serves, the connection is under the consent it was under and
   * that covers the stream, and where reading goes on.
   *
   * @throws Bookmarks.Unusable when the stored position cannot be trusted
   */
  Begun begin(RunContext run, Stream stream, String partition) {
    Link link = run.lease().link();
    boolean later =
        run.isLater(() -> transactions.as(link.tenant(), tx -> Bookmarks.any(tx, link)));
    return transactions.as(
        link.tenant(),
        tx -> {
          if (!connections.stands(tx, link, run.progress().key)) {
            return new Begun.Not(new Ending.Replaced());
          }
          // What a consent leaves out is said once for each kind of record, when the account is
          // first read: saying it again in every run would tell nobody anything.
          boolean told = !later && run.leavesOut(stream.domain());
          Optional<PullPermit> permit = permit(tx, link, stream, told);
          return permit.isEmpty()
              ? new Begun.Not(new Ending.NotPermitted())
              : new Begun.At(
                  permit.get(), place(tx, link, stream, partition, permit.get().earliest()));
        });
  }

  /** The permit to go on reading a stream; empty, and said in the log, when there is none now. */
  Optional<PullPermit> permit(Link link, Stream stream) {
    return transactions.as(link.tenant(), tx -> permit(tx, link, stream, true));
  }

  private Optional<PullPermit> permit(TenantTx tx, Link link, Stream stream, boolean told)
      throws SQLException {
    return switch (permits.forPull(tx, link.holder(), link.consent(), stream.domain())) {
      case PullDecision.Granted granted -> Optional.of(granted.permit());
      case PullDecision.Refused refused -> {
        if (told || refused.reason() != Refusal.WRONG_DOMAIN) {
          log.append(tx, PullLeaf.refused(link, stream, refused.reason().code()));
        }
        yield Optional.empty();
      }
    };
  }

  private Place place(TenantTx tx, Link link, Stream stream, String partition, Instant earliest)
      throws SQLException {
    Bookmark stored = load(tx, link, stream, partition, earliest);
    Bookmark start = stream.start(earliest);
    if (stored instanceof Bookmark.Window window
        && start instanceof Bookmark.Window first
        && window.from().isBefore(first.from())) {
      // The consent looks back less far than it did: not a call reaches behind.
      Gaps.Missing missing =
          Gaps.Missing.of(link, stream, partition, Gaps.Reason.BEFORE_LOOK_BACK)
              .between(window.from(), first.from());
      Gaps.open(tx, missing, pace.instant());
      return new Place(stored, start);
    }
    return new Place(stored, stored != null ? stored : start);
  }

  private @Nullable Bookmark load(
      TenantTx tx, Link link, Stream stream, String partition, Instant earliest)
      throws SQLException {
    if (RestartRows.widened(tx, link, stream, partition, earliest)) {
      // What a narrower look-back left out is read now.
      Gaps.close(tx, link, stream, partition, Gaps.Reason.BEFORE_LOOK_BACK, pace.instant());
    }
    return Bookmarks.load(tx, link, stream.name(), partition);
  }
}
