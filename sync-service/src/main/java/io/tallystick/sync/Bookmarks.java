package io.tallystick.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.connection.Link;
import io.tallystick.sync.search.Rounds;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Bookmark;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps bookmarks: the durable position of each stream and partition. */
final class Bookmarks {
  /** The format in which positions are written. */
  static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Bookmarks() {}

  /** A bookmark that this version cannot trust. The stream must not start from it. */
  static final class Unusable extends RuntimeException {
    Unusable(String stream, String partition, String why) {
      super("bookmark of " + stream + (partition.isEmpty() ? "" : " " + partition) + ": " + why);
    }
  }

  /** The stored position; null when nothing was read yet. */
  static @Nullable Bookmark load(TenantTx tx, Link link, String stream, String partition)
      throws SQLException {
    return tx.sql(
            """
            select format, position from bookmark
            where tenant_id = ? and holder_id = ? and connection_id = ?
              and stream = ? and partition = ?
            """)
        .bind(tx.tenant(), link.holder(), link.id(), stream, partition)
        .first(row -> decode(stream, partition, row.getInt(1), row.getString(2)));
  }

  /**
   * Notes when the venue proved that nothing more was there. A read that moved nothing notes it
   * only if that says something new: it was never noted, or balances moved since, or it was long
   * ago. So a quiet run writes nothing.
   */
  static void drained(TenantTx tx, Link link, Source source, boolean moved, Instant at)
      throws SQLException {
    tx.sql(
            """
            update bookmark set drained_at = ?, whole_at = coalesce(whole_at, ?)
            where tenant_id = ? and holder_id = ? and connection_id = ?
              and stream = ? and partition = ?
              and (? or drained_at is null or drained_at < ?
                or drained_at <= (select max(reported_at) + make_interval(secs => ?)
                  from reported_balance
                  where tenant_id = ? and holder_id = ? and connection_id = ?))
            """)
        .bind(at, at, tx.tenant(), link.holder(), link.id())
        .bind(source.stream().name(), source.partition(), moved, at.minus(Rounds.UNSETTLED))
        .bind(Rounds.SETTLING.toSeconds())
        .bind(tx.tenant(), link.holder(), link.id())
        .update();
  }

  /**
   * When each partition of a stream last gave a whole answer, be it that it knows no such thing, or
   * that a firewall lets nobody ask for it.
   */
  static Map<String, Instant> answered(TenantTx tx, Link link, String stream) throws SQLException {
    Map<String, Instant> answered = new HashMap<>();
    tx.sql(
            """
            select partition, max(at) as at
            from (
              select partition, drained_at as at from bookmark
              where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
              union all
              select partition, coalesce(told_at, opened_at) from gap
              where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
                and reason in ('market-refused', 'not-offered', 'firewall')) a
            where at is not null
            group by 1
            """)
        .bind(tx.tenant(), link.holder(), link.id(), stream)
        .bind(tx.tenant(), link.holder(), link.id(), stream)
        .list(
            row -> answered.put(row.getString(1), Objects.requireNonNull(Sql.instant(row, "at"))));
    return answered;
  }

  /** Stores the position with the page it belongs to. */
  static void save(
      TenantTx tx, Link link, Source source, Bookmark bookmark, UUID leaf, Instant readFrom)
      throws SQLException {
    tx.sql(
            """
            insert into bookmark (tenant_id, holder_id, connection_id, stream, partition, format,
              position, leaf_id, read_from)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, holder_id, connection_id, stream, partition) do update
              set format = excluded.format, position = excluded.position,
                leaf_id = excluded.leaf_id,
                -- what a narrower look-back passed by was not kept
                read_from = greatest(bookmark.read_from, excluded.read_from)
            """)
        .bind(tx.tenant(), link.holder(), link.id(), source.stream().name(), source.partition())
        .bind(FORMAT, encode(bookmark), leaf, readFrom)
        .update();
  }

  /** Whether anything of the connection was ever read. */
  static boolean any(TenantTx tx, Link link) throws SQLException {
    return !tx.sql(
            """
            select 1 from bookmark
            where tenant_id = ? and holder_id = ? and connection_id = ? limit 1
            """)
        .bind(tx.tenant(), link.holder(), link.id())
        .list(row -> true)
        .isEmpty();
  }

  /** The partitions of a stream in which records were found by id, as far as can be told. */
  static List<String> advanced(TenantTx tx, Link link, String stream) throws SQLException {
    return tx
        .sql(
            """
            select partition, format, position from bookmark
            where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
            """)
        .bind(tx.tenant(), link.holder(), link.id(), stream)
        .list(row ->
            found(stream, row.getString(1), row.getInt(2), row.getString(3))
                ? row.getString(1)
                : "")
        .stream()
        .filter(partition -> !partition.isEmpty())
        .toList();
  }

  private static boolean found(String stream, String partition, int format, String text) {
    try {
      return decode(stream, partition, format, text) instanceof Bookmark.AfterId position
          && position.next() > 0;
    } catch (Unusable _) {
      // Whoever reads that partition says so; here it only means that nothing is known of it.
      return false;
    }
  }

  static String encode(Bookmark bookmark) {
    ObjectNode json = JSON.createObjectNode();
    switch (bookmark) {
      case Bookmark.AfterId position -> {
        json.put("kind", "after-id").put("next", position.next());
        if (position.resume() != null) {
          json.put("resume", position.resume());
        }
      }
      case Bookmark.Window position -> {
        json.put("kind", "window").put("from", position.from().toString());
        if (position.to() != null) {
          json.put("to", position.to().toString());
        }
        json.put("offset", position.offset());
        if (position.resume() != null) {
          json.put("resume", position.resume().toString());
        }
      }
      case Bookmark.Snapshot position -> {
        json.put("kind", "snapshot");
        if (position.seen() != null) {
          json.put("seen", position.seen());
        }
      }
    }
    return json.toString();
  }

  static Bookmark decode(String stream, String partition, int format, String text) {
    if (format != FORMAT) {
      throw new Unusable(stream, partition, "format " + format + " is not known here");
    }
    try {
      JsonNode json = JSON.readTree(text);
      return switch (json.path("kind").asText()) {
        case "after-id" -> new Bookmark.AfterId(number(json, "next"), resume(json));
        case "window" ->
            new Bookmark.Window(
                Instant.parse(json.path("from").asText()),
                instant(json.get("to")),
                Math.toIntExact(number(json, "offset")),
                instant(json.get("resume")));
        case "snapshot" -> {
          JsonNode seen = json.get("seen");
          if (seen != null && !seen.isTextual()) {
            throw new ArithmeticException("a digest is a text");
          }
          yield new Bookmark.Snapshot(seen == null ? null : seen.asText());
        }
        default -> throw new Unusable(stream, partition, "its kind is not known");
      };
    } catch (JsonProcessingException | DateTimeException | ArithmeticException e) {
      throw new Unusable(stream, partition, "it cannot be read");
    }
  }

  private static @Nullable Long resume(JsonNode json) {
    return json.has("resume") ? number(json, "resume") : null;
  }

  private static long number(JsonNode json, String name) {
    JsonNode number = json.path(name);
    if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 0) {
      throw new ArithmeticException("a position is a whole number from 0");
    }
    return number.asLong();
  }

  private static @Nullable Instant instant(@Nullable JsonNode node) {
    return node == null ? null : Instant.parse(node.asText());
  }
}
