package io.tallystick.report;

import io.tallystick.connection.Link;
import io.tallystick.consent.ReadPermit;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.engine.State;
import io.tallystick.kernel.Digests;
import io.tallystick.records.Kinds;
import io.tallystick.report.packing.Packing;
import io.tallystick.report.reading.BookRows;
import io.tallystick.report.reading.ChangeRows;
import io.tallystick.report.reading.Declaration;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.valuation.Valuation;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes a report from the latest place of which nothing before it changed, and from the start
 * where there is none. What comes out is the same, to the byte.
 */
@ApplicationScoped
class Continuing {
  // Raised with every change of how books are read or computed.
  private static final int VERSION = 6;

  // Books that never lie still: then what was read last counts.
  private static final int MOST_AGAIN = 2;

  private final Gathering gathering;
  private final Valuation valuation;
  private final ProgressStore progress;

  Continuing(Gathering gathering, Valuation valuation, ProgressStore progress) {
    this.progress = progress;
    this.gathering = gathering;
    this.valuation = valuation;
  }

  /**
   * A computation, not kept yet.
   *
   * @param standing how complete the books were that it read
   * @param key of its places; null when they are somebody else's now
   * @param from where it began; {@code Instant.MIN} for the start
   */
  record Computed(
      Draft.Finished finished,
      List<ReportHead.Standing> standing,
      Marks marks,
      byte @Nullable [] key,
      Instant from) {}

  /**
   * Computes, and again where the books moved meanwhile: each statement sees what was committed
   * before it, so a deposit could be read whose withdrawal was asked for too early.
   */
  Computed run(TenantTx tx, List<ReadPermit> permits, Settings settings) throws SQLException {
    long holder = permits.getFirst().holder();
    for (int again = 0; ; again++) {
      Computed computed = once(tx, permits, settings);
      if (again == MOST_AGAIN || ChangeRows.since(tx, holder, computed.marks().books()) == null) {
        return computed;
      }
    }
  }

  private Computed once(TenantTx tx, List<ReadPermit> permits, Settings settings)
      throws SQLException {
    long holder = permits.getFirst().holder();
    ChangeRows.planAnew(tx);
    boolean mine = ProgressStore.mine(tx, holder);
    List<Link> links = gathering.links(tx, permits);
    List<String> places = Gathering.places(links);
    List<Declaration> declared = gathering.declared(tx, permits);
    Set<String> assets = Gathering.assets(tx, holder, declared);
    Map<String, Instant> about = Marks.declared(tx, holder, declared);
    // Before anything is read: what is written meanwhile is looked at again the next time.
    Marks marks = Marks.now(tx, holder, valuation, places, assets, about);
    byte[] key = key(tx, permits, settings, places);
    Progress start = mine ? start(tx, holder, key, about) : Progress.NOTHING;
    Draft.Origin origin = new Draft.Origin(start, new Shelf(tx, holder), Draft.Division.USUAL);
    // Before the books, too: what is complete up to an instant has to be in them when read.
    Gathering.Stood stood = gathering.standing(tx, permits);
    Draft.Finished finished = gathering.run(tx, permits, settings, declared, origin, stood);
    return new Computed(finished, stood.all(), marks, mine ? key : null, start.last());
  }

  /** Keeps the places of a computation whose report is kept. */
  void keep(TenantTx tx, long holder, Computed computed) throws SQLException {
    byte[] key = computed.key();
    if (key == null || computed.finished().places().isEmpty()) {
      return;
    }
    Instant from = computed.from().equals(Instant.MIN) ? BookRows.BEGINNING : computed.from();
    progress.replace(tx, holder, key, from, computed.marks(), computed.finished());
  }

  private Progress start(TenantTx tx, long holder, byte[] key, Map<String, Instant> about)
      throws SQLException {
    for (ProgressStore.Row row : ProgressStore.list(tx, holder, key)) {
      Instant changed = Marks.changed(tx, valuation, holder, row.marks(), about);
      if (row.through().isBefore(changed)) {
        return progress.read(tx, holder, key, row.through());
      }
    }
    return Progress.NOTHING;
  }

  private static byte[] key(
      TenantTx tx, List<ReadPermit> permits, Settings settings, List<String> places)
      throws SQLException {
    List<String> spans =
        Kinds.spans(permits).stream()
            .map(span -> span.domain().code() + " " + span.connection() + " " + span.since())
            .sorted()
            .toList();
    String text =
        String.join(
            "\n",
            "version "
                + VERSION
                + " "
                + Packing.LAYOUT
                + " "
                + State.LAYOUT
                + " "
                + Draft.Division.USUAL,
            settings.entries().toString(),
            spans.toString(),
            places.toString(),
            ChangeRows.erased(tx, permits.getFirst().holder()).toString());
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads what was kept, in the transaction of the computation. */
  private record Shelf(TenantTx tx, long holder) implements Draft.Shelf {
    @Override
    public byte[] content(String name) {
      try {
        return ReportStore.content(tx, holder, HexFormat.of().parseHex(name));
      } catch (SQLException e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }

    @Override
    public byte[] state(String name) {
      try {
        return Objects.requireNonNull(ProgressStore.state(tx, holder, name), name);
      } catch (SQLException e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
  }
}
