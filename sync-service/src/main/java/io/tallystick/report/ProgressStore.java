package io.tallystick.report;

import io.tallystick.kernel.Digests;
import io.tallystick.report.packing.Packing;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of places to go on from. They may vanish at any time; then one begins at the start. What
 * they say of transfers came out of sealed records: it is sealed again, and goes with their key.
 */
@ApplicationScoped
class ProgressStore {
  private static final String PURPOSE = "report progress";

  // Other settings of the same holder that are remembered.
  private static final int KEYS = 4;
  private static final int ENDS = 3;

  private final Seals seals;

  ProgressStore(Seals seals) {
    this.seals = seals;
  }

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
  Progress read(TenantTx tx, long holder, byte[] key, Instant through) throws SQLException {
    byte[] body =
        tx.sql(
                """
                select body from report_progress
                where tenant_id = ? and holder_id = ? and progress_key = ? and through = ?
                """)
            .bind(tx.tenant(), holder, key, through)
            .first(row -> row.getBytes(1));
    byte[] text =
        Packing.inflate(
            seals
                .open(
                    holder,
                    RetentionClass.RAW,
                    Objects.requireNonNull(body),
                    tx.tenant(),
                    row(key, through),
                    PURPOSE)
                .bytes());
    return Canon.read(new String(text, StandardCharsets.UTF_8), Progress.class);
  }

  private static UUID row(byte[] key, Instant through) {
    return new UUID(Digests.key63(key), Digests.key63("through", through.toString()));
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
  void replace(
      TenantTx tx, long holder, byte[] key, Instant from, Marks marks, Draft.Finished finished)
      throws SQLException {
    Map<String, byte[]> fresh = new TreeMap<>(finished.states());
    tx.sql(
            """
            delete from report_progress
            where tenant_id = ? and holder_id = ? and progress_key = ? and through > ?
            """)
        .bind(tx.tenant(), holder, key, from)
        .update();
    for (Progress place : finished.places()) {
      insert(tx, holder, key, marks, place);
      for (String name : place.states().values()) {
        byte[] bytes = fresh.remove(name);
        if (bytes != null) {
          keep(tx, holder, name, bytes);
        }
      }
    }
    sweep(tx, holder, key);
  }

  private void insert(TenantTx tx, long holder, byte[] key, Marks marks, Progress place)
      throws SQLException {
    byte[] body = Canon.text(place).getBytes(StandardCharsets.UTF_8);
    byte[] sealed =
        seals.seal(
            holder,
            RetentionClass.RAW,
            Packing.deflate(body),
            tx.tenant(),
            row(key, place.last()),
            PURPOSE);
    List<byte[]> states = new ArrayList<>();
    place.states().values().forEach(name -> states.add(HexFormat.of().parseHex(name)));
    tx.sql(
            """
            insert into report_progress (tenant_id, holder_id, progress_key, through, at_end, marks,
              body, states, used_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp())
            on conflict (tenant_id, holder_id, progress_key, through) do update
              set at_end = excluded.at_end, marks = excluded.marks, body = excluded.body,
                states = excluded.states, used_at = excluded.used_at
            """)
        .bind(tx.tenant(), holder, key, place.last())
        .bind(place.open() != null, Canon.text(marks))
        .bind(sealed, states.toArray(byte[][]::new))
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
