package io.tallystick.report;

import io.tallystick.kernel.Digests;
import io.tallystick.report.packing.Packing;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The SQL of places to go on from. They may vanish at any time; then one begins at the start. */
final class ProgressStore {
  // Other settings of the same holder that are remembered.
  private static final int KEYS = 4;
  private static final int ENDS = 3;

  private ProgressStore() {}

  /** A place, with what had been seen when it was reached. */
  record Row(Instant through, Marks marks) {}

  /**
   * Has the places of a holder for oneself until the transaction ends; false when somebody else has
   * them. Who has not neither reads nor writes any.
   */
  static boolean mine(TenantTx tx, long holder) throws SQLException {
    return tx.tryLock(Digests.key63("report-progress", tx.tenant(), holder));
  }

  /** The places of a key, the latest first. */
  static List<Row> list(TenantTx tx, long holder, byte[] key) throws SQLException {
    return tx.sql(
            """
            select through, marks from report_progress
            where tenant_id = ? and holder_id = ? and progress_key = ? order by through desc
            """)
        .bind(tx.tenant(), holder, key)
        .list(row ->
            new Row(
                Objects.requireNonNull(Sql.instant(row, "through")),
                Canon.read(row.getString("marks"), Marks.class)));
  }

  /** What was known at a place. */
  static Progress read(TenantTx tx, long holder, byte[] key, Instant through) throws SQLException {
    byte[] body =
        tx.sql(
                """
                select body from report_progress
                where tenant_id = ? and holder_id = ? and progress_key = ? and through = ?
                """)
            .bind(tx.tenant(), holder, key, through)
            .first(row -> row.getBytes(1));
    byte[] text = Packing.inflate(Objects.requireNonNull(body));
    return Canon.read(new String(text, StandardCharsets.UTF_8), Progress.class);
  }

  /** The bytes of a state; null when they are gone. */
  static byte @Nullable [] state(TenantTx tx, long holder, String name) throws SQLException {
    byte[] packed =
        tx.sql(
                """
                select content from report_state
                where tenant_id = ? and holder_id = ? and state_id = ?
                """)
            .bind(tx.tenant(), holder, HexFormat.of().parseHex(name))
            .first(row -> row.getBytes(1));
    return packed == null ? null : Packing.inflate(packed);
  }

  /**
   * Puts places in the stead of those of the key that are behind an instant, and forgets what
   * nothing needs any more.
   */
  static void replace(
      TenantTx tx, long holder, byte[] key, Instant from, Marks marks, List<Draft.Place> places)
      throws SQLException {
    Map<String, byte[]> fresh = new TreeMap<>();
    places.forEach(place -> fresh.putAll(place.states()));
    tx.sql(
            """
            delete from report_progress
            where tenant_id = ? and holder_id = ? and progress_key = ? and through > ?
            """)
        .bind(tx.tenant(), holder, key, from)
        .update();
    for (Draft.Place place : places) {
      insert(tx, holder, key, marks, place);
      for (String name : place.progress().states().values()) {
        byte[] bytes = fresh.remove(name);
        if (bytes != null) {
          keep(tx, holder, name, bytes);
        }
      }
    }
    sweep(tx, holder, key);
  }

  private static void insert(TenantTx tx, long holder, byte[] key, Marks marks, Draft.Place place)
      throws SQLException {
    byte[] body = Canon.text(place.progress()).getBytes(StandardCharsets.UTF_8);
    List<byte[]> states = new ArrayList<>();
    place.progress().states().values().forEach(name -> states.add(HexFormat.of().parseHex(name)));
    tx.sql(
            """
            insert into report_progress (tenant_id, holder_id, progress_key, through, at_end, marks,
              body, states, used_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp())
            on conflict (tenant_id, holder_id, progress_key, through) do update
              set at_end = excluded.at_end, marks = excluded.marks, body = excluded.body,
                states = excluded.states, used_at = excluded.used_at
            """)
        .bind(tx.tenant(), holder, key, place.progress().last())
        .bind(place.progress().inOpen() > 0, Canon.text(marks))
        .bind(Packing.deflate(body), states.toArray(byte[][]::new))
        .update();
  }

  private static void keep(TenantTx tx, long holder, String name, byte[] bytes)
      throws SQLException {
    tx.sql(
            """
            insert into report_state (tenant_id, holder_id, state_id, content)
            values (?, ?, ?, ?) on conflict do nothing
            """)
        .bind(tx.tenant(), holder, HexFormat.of().parseHex(name), Packing.deflate(bytes))
        .update();
  }

  private static void sweep(TenantTx tx, long holder, byte[] key) throws SQLException {
    tx.sql(
            """
            delete from report_progress where tenant_id = ? and holder_id = ?
              and progress_key not in (select progress_key from report_progress
                where tenant_id = ? and holder_id = ?
                group by progress_key order by progress_key = ? desc, max(used_at) desc limit ?)
            """)
        .bind(tx.tenant(), holder, tx.tenant(), holder, key, KEYS)
        .update();
    // The ends of former reports lie close together.
    tx.sql(
            """
            delete from report_progress where tenant_id = ? and holder_id = ?
              and progress_key = ? and at_end and through not in (
                select through from report_progress where tenant_id = ? and holder_id = ?
                  and progress_key = ? and at_end order by through desc limit ?)
            """)
        .bind(tx.tenant(), holder, key, tx.tenant(), holder, key, ENDS)
        .update();
    tx.sql(
            """
            delete from report_state where tenant_id = ? and holder_id = ?
              and state_id not in (select unnest(states) from report_progress
                where tenant_id = ? and holder_id = ?)
            """)
        .bind(tx.tenant(), holder, tx.tenant(), holder)
        .update();
  }
}
