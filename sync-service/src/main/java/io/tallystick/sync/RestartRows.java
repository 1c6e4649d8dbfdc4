package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.sync.search.Rounds;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Stream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Puts bookmarks back to where reading began; what was kept before is then only seen again, and
 * what the venue forgot meanwhile is known to have been read.
 */
final class RestartRows {
  private static final String EMPTY = Bookmarks.encode(new Bookmark.AfterId(0, null));

  private RestartRows() {}

  /**
   * Puts a stream back to its beginning where it was read under a consent that looked back less
   * far. True when it did: then what was not kept is read now.
   */
  static boolean widened(TenantTx tx, Link link, Stream stream, String partition, Instant earliest)
      throws SQLException {
    int widened =
        tx.sql(
                "update bookmark set known = "
                    + LostRows.KNOWN
                    + """
                        , position = ?, read_from = ?, drained_at = null, whole_at = null
                    where tenant_id = ? and holder_id = ? and connection_id = ?
                      and stream = ? and partition = ? and read_from > ?
                    """)
            .bind(stream.tellsSince(), stream.tellsSince())
            .bind(Bookmarks.encode(stream.start(earliest)), earliest)
            .bind(tx.tenant(), link.holder(), link.id(), stream.name(), partition, earliest)
            .update();
    return widened > 0;
  }

  /**
   * Makes everything due that was read under a consent that looked back less far, though no balance
   * moved since. Where a list goes by ids and held nothing, there was nothing to pass by: it is not
   * due, for a market of it that is gone is asked by nobody any more.
   */
  static void reopen(TenantTx tx, Link link, List<Stream> streams, Instant earliest, Instant now)
      throws SQLException {
    closeUnread(tx, link, earliest, now);
    if (!narrower(tx, link, earliest)) {
      return;
    }
    for (Stream stream : streams) {
      tx.sql(
              "update bookmark set known = "
                  + LostRows.KNOWN
                  + """
                      , drained_at = null
                  where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
                    and read_from > ? and drained_at is not null and position <> ?
                  """)
          .bind(stream.tellsSince(), stream.tellsSince())
          .bind(tx.tenant(), link.holder(), link.id(), stream.name())
          .bind(earliest, EMPTY)
          .update();
    }
  }

  private static boolean narrower(TenantTx tx, Link link, Instant earliest) throws SQLException {
    return !tx.sql(
            """
            select 1 from bookmark
            where tenant_id = ? and holder_id = ? and connection_id = ?
              and read_from > ? and drained_at is not null and position <> ?
            limit 1
            """)
        .bind(tx.tenant(), link.holder(), link.id(), earliest, EMPTY)
        .list(row -> true)
        .isEmpty();
  }

  // What was left out of parts that were never begun here, as those of a holder who arrived: they
  // are read from where the consent begins.
  private static void closeUnread(TenantTx tx, Link link, Instant earliest, Instant at)
      throws SQLException {
    tx.sql(
            """
            update gap g set closed_at = ?
            where tenant_id = ? and holder_id = ? and connection_id = ?
              and reason = 'before-look-back' and closed_at is null and from_at >= ?
              and not exists (select from bookmark b where b.tenant_id = g.tenant_id
                and b.holder_id = g.holder_id and b.connection_id = g.connection_id
                and b.stream = g.stream and b.partition = g.partition)
            """)
        .bind(at, tx.tenant(), link.holder(), link.id(), earliest)
        .update();
  }

  /**
   * Puts partitions of a stream back to their start, each at most once a week; tells how many. What
   * was read before is only seen again.
   */
  static int restart(
      TenantTx tx, Link link, Stream stream, Collection<String> partitions, Instant now)
      throws SQLException {
    if (partitions.isEmpty()) {
      return 0;
    }
    record Begun(String partition, Instant from) {}
    List<Begun> begun =
        tx.sql(
                """
                select partition, read_from from bookmark
                where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
                  and partition = any(?::text[]) and read_from is not null
                  and drained_at is not null and (reread_at is null or reread_at < ?)
                """)
            .bind(tx.tenant(), link.holder(), link.id(), stream.name())
            .bind((Object) partitions.toArray(String[]::new))
            .bind(now.minus(Rounds.TRADED))
            .list(row ->
                new Begun(row.getString(1), Objects.requireNonNull(Sql.instant(row, "read_from"))));
    for (Begun one : begun) {
      tx.sql(
              "update bookmark set known = "
                  + LostRows.KNOWN
                  + """
                      , position = ?, drained_at = null, whole_at = null, reread_at = ?
                  where tenant_id = ? and holder_id = ? and connection_id = ?
                    and stream = ? and partition = ?
                  """)
          .bind(stream.tellsSince(), stream.tellsSince())
          .bind(Bookmarks.encode(stream.start(one.from())), now, tx.tenant(), link.holder())
          .bind(link.id(), stream.name(), one.partition())
          .update();
    }
    return begun.size();
  }

  /** A part of a stream whose last walk from the start is long ago. */
  record Old(String stream, String partition) {}

  /** Those of these streams, the oldest first. */
  static List<Old> old(TenantTx tx, Link link, Collection<Stream> streams, Instant now)
      throws SQLException {
    return tx.sql(
            """
            select stream, partition from bookmark
            where tenant_id = ? and holder_id = ? and connection_id = ? and stream = any(?::text[])
              and whole_at < ?
            order by whole_at, stream, partition
            """)
        .bind(tx.tenant(), link.holder(), link.id())
        .bind((Object) streams.stream().map(Stream::name).toArray(String[]::new))
        .bind(now.minus(Rounds.ANEW))
        .list(row -> new Old(row.getString(1), row.getString(2)));
  }
}
