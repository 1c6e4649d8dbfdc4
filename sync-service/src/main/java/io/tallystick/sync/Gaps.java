package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.evidence.Kept;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Ids;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Stream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens gaps, which are typed, dated statements of what was not read, with what would close them;
 * and closes those that are no more. A gap that comes back is a new one.
 */
final class Gaps {
  private Gaps() {}

  /** Why something is missing. */
  enum Reason {
    /** One record could not be read; the rest of its page was. */
    UNREAD_RECORD("Keep the record; it is read again when its mapping is taught."),
    /** A whole answer was not in the venue's language. */
    UNREADABLE_PAGE("Run the sync again; if it stays, the venue changed its answers."),
    /** A firewall in front of the venue refuses what is asked for here, and nothing else. */
    FIREWALL(
        "Nothing to do yet: it is asked for again from time to time. If it stays, import the venue's"
            + " CSV export that covers it."),
    /** The venue no longer answers for this market. */
    MARKET_REFUSED("Import the venue's export (CSV) that covers this market."),
    /** The venue fails at this source each time, and answers others. */
    VENUE_ERROR(
        "Nothing to do yet: the source is asked again in each run. If it stays, import the product's"
            + " CSV export."),
    /** The venue does not offer the source to this account. */
    NOT_OFFERED("Nothing to do while the product is unused; otherwise import its CSV export."),
    /** The venue refuses the key at this source alone, and serves it elsewhere. */
    CLOSED_TO_THE_KEY(
        "Let the key read this product at the venue, where it offers that; or import the product's"
            + " CSV export. The source is asked again from time to time."),
    /** The venue told of records from before the consent's look-back: they were not kept. */
    BEFORE_LOOK_BACK(
        "Ask the holder for a consent that looks back further: nothing older may be kept, from files"
            + " neither. What happened then still shows in balances."),
    /** Paging did not get on. */
    NOT_ADVANCING("Run the sync again later; import the CSV export of the period if it stays."),
    /** More happened in an instant than the venue shows at once. */
    SATURATED("Import the venue's CSV export that covers this instant. " + Reason.UNPROVED),
    /** The venue no longer tells what is so old, or never did. */
    BEYOND_RETENTION(
        "Import the venue's CSV export that covers this period, and sync regularly from now on. "
            + Reason.UNPROVED),
    /** The stored position was changed by other hands, or by a newer version. */
    BOOKMARK_UNUSABLE(
        "Run the version of the service that wrote the bookmark, or have an operator remove it: the"
            + " stream is then read from its beginning, and nothing is booked twice.");

    /** What an import does not bring about: a file tells of no period that it were whole in. */
    private static final String UNPROVED =
        "What the file tells is in the books then; the gap stays, as no file proves that it leaves"
            + " nothing out.";

    private final String remedy;

    Reason(String remedy) {
      this.remedy = remedy;
    }

    /** Whether reading again never closes it. */
    boolean lasting() {
      return this == SATURATED || this == BEYOND_RETENTION;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What is missing.
   *
   * @param evidence what could not be read, as far as it is kept; null when nothing came
   * @param from when what is missing began; null for as far back as the consent goes
   * @param to when it ended; null for as long as the gap is open
   */
  record Missing(
      Link link,
      Stream stream,
      String partition,
      Reason reason,
      @Nullable UUID evidence,
      @Nullable Instant from,
      @Nullable Instant to) {

    /** A stream's partition that could not be read. */
    static Missing of(Link link, Stream stream, String partition, Reason reason) {
      return new Missing(link, stream, partition, reason, null, null, null);
    }

    /** The same with what came instead. */
    Missing with(UUID kept) {
      return new Missing(link, stream, partition, reason, kept, from, to);
    }

    /** A period that the venue cannot tell. */
    static Missing of(Link link, Source source, Fetch.Lost lost) {
      Reason reason =
          switch (lost.why()) {
            case SATURATED -> Reason.SATURATED;
            case FORGOTTEN -> Reason.BEYOND_RETENTION;
          };
      return new Missing(
          link, source.stream(), source.partition(), reason, null, lost.from(), lost.to());
    }

    /** One record that could not be read. */
    static Missing of(Link link, Source source, Kept record) {
      return new Missing(
          link,
          source.stream(),
          source.partition(),
          Reason.UNREAD_RECORD,
          record.id(),
          record.raw().bornAt(),
          record.raw().bornAt());
    }

    /** What would help; of a refused market it names the export that covers it. */
    String remedy() {
      return reason != Reason.MARKET_REFUSED
          ? reason.remedy
          : "Import the venue's spot "
              + (stream.domain() == Domain.ORDERS ? "order" : "trade")
              + " history export (CSV) that covers "
              + partition
              + (to == null ? "." : " until " + LocalDate.ofInstant(to, ZoneOffset.UTC) + ".");
    }

    /** What came to be in this time. */
    Missing between(@Nullable Instant begin, Instant end) {
      return new Missing(link, stream, partition, reason, evidence, begin, end);
    }
  }

  /** Opens a gap; one that is open already is told once more. Tells how many were opened. */
  static int open(TenantTx tx, Missing missing, Instant at) throws SQLException {
    Link link = missing.link();
    String stream = missing.stream().name();
    String reason = missing.reason().code();
    UUID id =
        Ids.timed(
            null,
            Digests.sha256(
                Frame.of(
                    "gap/1",
                    link.publicId(),
                    stream,
                    missing.partition(),
                    reason,
                    missing.evidence(),
                    missing.reason().lasting() ? missing.from() : null,
                    at)));
    return tx.sql(
            """
            with told as (
              update gap set told_at = ?
              where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
                and partition = ? and reason = ? and closed_at is null
                and (reason <> 'unread-record' or evidence_id = ?::uuid)
                and (reason not in ('saturated', 'beyond-retention')
                  or (from_at, to_at) = (?::timestamptz, ?::timestamptz))
              returning 1)
            insert into gap (tenant_id, holder_id, gap_id, connection_id, domain, stream, partition,
              reason, from_at, to_at, remedy, evidence_id, opened_at)
            select ?::bigint, ?::bigint, ?::uuid, ?::bigint, ?::text, ?::text, ?::text,
              ?::text, ?::timestamptz, ?::timestamptz, ?::text, ?::uuid, ?::timestamptz
            where not exists (select from told)
            on conflict do nothing
            """)
        .bind(at, tx.tenant(), link.holder(), link.id(), stream, missing.partition(), reason)
        .bind(missing.evidence(), missing.from(), missing.to())
        .bind(tx.tenant(), link.holder(), id, link.id(), missing.stream().domain().code(), stream)
        .bind(missing.partition(), reason, missing.from(), missing.to())
        .bind(missing.remedy(), missing.evidence(), at)
        .update();
  }

  /** Whether a partition's gap of this reason is open. */
  static boolean isOpen(TenantTx tx, Missing missing) throws SQLException {
    return isOpen(tx, missing, missing.partition());
  }

  /** Whether a gap of this stream and reason is open, whatever its partition. */
  static boolean isOpenAnywhere(TenantTx tx, Missing missing) throws SQLException {
    return isOpen(tx, missing, null);
  }

  private static boolean isOpen(TenantTx tx, Missing missing, @Nullable String partition)
      throws SQLException {
    Link link = missing.link();
    return !tx.sql(
            """
            select 1 from gap
            where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
              and reason = ? and partition = coalesce(?, partition) and closed_at is null
            """)
        .bind(tx.tenant(), link.holder(), link.id(), missing.stream().name())
        .bind(missing.reason().code(), partition)
        .list(row -> true)
        .isEmpty();
  }

  /** Whether anything at all is known to be missing. */
  static boolean any(TenantTx tx, Link link) throws SQLException {
    return !tx.sql(
            """
            select 1 from gap
            where tenant_id = ? and holder_id = ? and connection_id = ? and closed_at is null
            """)
        .bind(tx.tenant(), link.holder(), link.id())
        .list(row -> true)
        .isEmpty();
  }

  /** Closes what stood between us and the whole of a partition: it has been read to its end. */
  static void closeOf(TenantTx tx, Link link, Stream stream, String partition, Instant at)
      throws SQLException {
    tx.sql(
            """
            update gap set closed_at = ?
            where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
              and partition = ? and closed_at is null and reason not in ('unread-record',
                'before-look-back', 'saturated', 'beyond-retention')
            """)
        .bind(at, tx.tenant(), link.holder(), link.id(), stream.name(), partition)
        .update();
  }

  /**
   * States what of a page is older than the look-back and so was not kept. Its effect is in the
   * balances all the same: without a word these would seem wrong.
   */
  static void cut(
      TenantTx tx, Link link, Source source, List<Raw> records, Instant earliest, Instant at)
      throws SQLException {
    Instant first = null;
    for (Raw raw : records) {
      Instant born = raw.bornAt();
      if (born != null && born.isBefore(earliest) && (first == null || born.isBefore(first))) {
        first = born;
      }
    }
    if (first != null) {
      Missing missing =
          Missing.of(link, source.stream(), source.partition(), Reason.BEFORE_LOOK_BACK);
      open(tx, missing.between(first, earliest), at);
    }
  }

  /** Closes a partition's gap of one reason, and leaves what else is missing of it. */
  static int close(
      TenantTx tx, Link link, Stream stream, String partition, Reason reason, Instant at)
      throws SQLException {
    return tx.sql(
            """
            update gap set closed_at = ?
            where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
              and partition = ? and reason = ? and closed_at is null
            """)
        .bind(at, tx.tenant(), link.holder(), link.id(), stream.name(), partition, reason.code())
        .update();
  }

  /** Closes the gaps of records that the venue has replaced by a later revision. */
  static void closeOf(TenantTx tx, Link link, List<UUID> replaced, Instant at) throws SQLException {
    tx.sql(
            """
            update gap set closed_at = ?
            where tenant_id = ? and holder_id = ? and connection_id = ?
              and evidence_id = any(?::uuid[]) and closed_at is null
            """)
        .bind(at, tx.tenant(), link.holder(), link.id())
        .bind((Object) replaced.toArray(UUID[]::new))
        .update();
  }
}
