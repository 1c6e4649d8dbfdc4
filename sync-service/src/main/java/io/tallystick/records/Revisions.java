package io.tallystick.records;

import io.tallystick.consent.ReadPermit;
import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.records.EntryViews.EntryView;
import io.tallystick.records.PostingRows.PostingRow;
import io.tallystick.records.RevisionRows.Placed;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Revisions of entries as they were written, for whoever tells clients what changed. */
public final class Revisions {
  private static final List<EntryKind> KINDS = List.of(EntryKind.values());

  private Revisions() {}

  /**
   * What one transaction wrote.
   *
   * @param leaf the page it came with
   * @param recordedAt when it was written
   * @param base the position before its first revision
   */
  public record Booked(UUID leaf, Instant recordedAt, long base) {}

  /**
   * A stretch of positions of one holder's changes.
   *
   * @param after the position behind which it begins
   * @param end its last position
   */
  public record Stretch(long holder, List<Booked> pages, long after, long end) {
    public Stretch {
      pages = List.copyOf(pages);
    }
  }

  /** What a revision means to somebody who knows the ones before it. */
  public enum Change {
    /** The entry is new, or back. */
    ADDED,
    /** The entry was known, and is different now. */
    MODIFIED,
    /** The entry is no longer part of the ledger. */
    REMOVED;

    /** The name in the API. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Change of(EntryState state, @Nullable EntryState before) {
      return switch (state) {
        case VOID -> REMOVED;
        case PENDING, SETTLED, FAILED ->
            before == null || before == EntryState.VOID ? ADDED : MODIFIED;
      };
    }
  }

  /**
   * One revision.
   *
   * @param entry as this revision has it, with the record that it was read from; later revisions
   *     and records change nothing here
   */
  public record Revised(long position, Change change, EntryView entry) {}

  /** Every domain whose consent opens some entry. */
  public static Set<Domain> domains() {
    return Kinds.domains(KINDS);
  }

  /** The revisions of a stretch that the permits open, in order of position. */
  public static List<Revised> open(TenantTx tx, Collection<ReadPermit> permits, Stretch stretch)
      throws SQLException {
    List<Span> spans = Kinds.spans(permits);
    if (spans.isEmpty()) {
      return List.of();
    }
    long holder = stretch.holder();
    List<Placed> open =
        RevisionRows.placed(tx, holder, stretch.pages(), stretch.after(), stretch.end()).stream()
            .filter(placed -> spans.stream().anyMatch(span -> opens(span, placed.row())))
            .toList();
    List<UUID> ids = open.stream().map(placed -> placed.row().id()).distinct().toList();
    Map<UUID, List<PostingRow>> postings = PostingRows.of(tx, holder, ids);
    return open.stream().map(placed -> revised(holder, placed, postings)).toList();
  }

  /** Those of the permits that these revisions rest on. */
  public static List<ReadPermit> used(Collection<ReadPermit> permits, List<Revised> revisions) {
    Set<Domain> needed = EnumSet.noneOf(Domain.class);
    revisions.forEach(revised -> {
      String domain = revised.entry().domain();
      Domain.of(domain == null ? "" : domain).ifPresent(needed::add);
    });
    return permits.stream().filter(permit -> needed.contains(permit.domain())).toList();
  }

  private static Revised revised(long holder, Placed placed, Map<UUID, List<PostingRow>> postings) {
    EntryRow row = placed.row();
    return new Revised(
        placed.position(),
        Change.of(row.state(), placed.before()),
        EntryViews.entry(
            holder,
            row,
            postings.getOrDefault(row.id(), List.of()),
            List.of(PublicIds.evidence(holder, row.evidence())),
            null));
  }

  private static boolean opens(Span span, EntryRow row) {
    return span.domain() == row.domain()
        && span.connection() == row.connection()
        && !span.since().isAfter(row.occurredAt());
  }
}
