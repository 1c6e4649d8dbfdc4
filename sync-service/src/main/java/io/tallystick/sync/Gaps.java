package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Ids;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Stream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens gaps: typed, dated statements of what was not read, with what would close them. */
final class Gaps {
  private Gaps() {}

  /** Why something is missing. */
  enum Reason {
    /** One record could not be read; the rest of its page was. */
    UNREAD_RECORD("Keep the record; it is read again when its mapping is taught."),
    /** A whole answer was not in the venue's language. */
    UNREADABLE_PAGE("Run the sync again; if it stays, the venue changed its answers."),
    /** The venue no longer answers for this market. */
    MARKET_REFUSED("Import the venue's spot trade history export (CSV) that covers this market."),
    /** The venue does not offer the source to this account. */
    NOT_OFFERED("Nothing to do while the product is unused; otherwise import its CSV export."),
    /** Paging did not get on. */
    NOT_ADVANCING("Run the sync again later; import the CSV export of the period if it stays.");

    private final String remedy;

    Reason(String remedy) {
      this.remedy = remedy;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Opens a gap once; the same gap again is nothing. */
  static void open(
      TenantTx tx,
      Link link,
      Stream stream,
      String partition,
      Reason reason,
      @Nullable UUID evidence,
      Instant at)
      throws SQLException {
    UUID id =
        Ids.timed(
            null,
            Digests.sha256(
                Frame.of(
                    "gap/1", link.publicId(), stream.name(), partition, reason.code(), evidence)));
    tx.sql(
            """
            insert into gap (tenant_id, holder_id, gap_id, connection_id, domain, stream, partition,
              reason, from_at, to_at, remedy, evidence_id, opened_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, null, null, ?, ?::uuid, ?)
            on conflict do nothing
            """)
        .bind(tx.tenant(), link.holder(), id, link.id(), stream.domain().code(), stream.name())
        .bind(partition, reason.code(), reason.remedy, evidence, at)
        .update();
  }
}
