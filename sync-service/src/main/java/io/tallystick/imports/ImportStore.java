package io.tallystick.imports;

import io.tallystick.connection.Link;
import io.tallystick.imports.Batch.Counts;
import io.tallystick.imports.Batch.State;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.Seals;
import io.tallystick.venue.Domain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of imports. */
final class ImportStore {
  private ImportStore() {}

  /** A batch as it lies in the database; what is sealed still is. */
  record Stored(
      UUID id,
      State state,
      long connection,
      long size,
      @Nullable String kind,
      @Nullable Domain domain,
      long position,
      long rows,
      Counts counts,
      @Nullable String detail,
      byte[] described,
      byte @Nullable [] asked,
      @Nullable Integer dictionary,
      Instant createdAt,
      Instant updatedAt) {}

  private static final String COLUMNS =
      """
      select batch_id, state, connection_id, size, kind, domain, position, rows, read, added,
        matched, disputed, unknown, broken, detail, described, asked, created_at, updated_at,
        (select max(t.dictionary) from import_table t where t.tenant_id = b.tenant_id
          and t.holder_id = b.holder_id and t.batch_id = b.batch_id) as dictionary
      from import_batch b
      """;

  /** A file: its keyed digest and size in bytes. */
  record Upload(byte[] digest, long size) {}

  /** What is sealed of a batch: name and answers, and what must be asked. */
  record Sealed(byte[] described, byte @Nullable [] asked) {}

  static void insert(TenantTx tx, Batch batch, long client, Upload file, Sealed sealed, Instant at)
      throws SQLException {
    Link link = batch.link();
    tx.sql(
            """
            insert into import_batch (tenant_id, holder_id, batch_id, connection_id, consent_id,
              client_id, format, described, asked, digest, size, state, kind, domain,
              detail, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .bind(tx.tenant(), link.holder(), batch.id(), link.id(), link.consent(), client)
        .bind(Seals.FORMAT, sealed.described(), sealed.asked(), file.digest(), file.size())
        .bind(batch.state().code(), batch.kind(), code(batch.domain()))
        .bind(batch.detail(), at, at)
        .update();
  }

  static @Nullable Stored find(TenantTx tx, long holder, UUID id) throws SQLException {
    return tx.sql(COLUMNS + "where tenant_id = ? and holder_id = ? and batch_id = ?")
        .bind(tx.tenant(), holder, id)
        .first(ImportStore::stored);
  }

  /** Where a list goes on. */
  record Place(Instant createdAt, UUID id) {}

  /**
   * The batches of a connection, the newest first.
   *
   * @param domains those that are shown; batches of no known domain are shown always
   * @param before where to go on; null from the newest
   */
  static List<Stored> list(
      TenantTx tx, Link link, Collection<Domain> domains, @Nullable Place before, int limit)
      throws SQLException {
    return tx.sql(
            COLUMNS
                + """
                where tenant_id = ? and holder_id = ? and connection_id = ?
                  and (domain is null or domain = any(?::text[]))
                  and (?::timestamptz is null or (created_at, batch_id) < (?, ?::uuid))
                order by created_at desc, batch_id desc limit ?
                """)
        .bind(tx.tenant(), link.holder(), link.id())
        .bind((Object) domains.stream().map(Domain::code).toArray(String[]::new))
        .bind(before == null ? null : before.createdAt())
        .bind(before == null ? null : before.createdAt(), before == null ? null : before.id())
        .bind(limit)
        .list(ImportStore::stored);
  }

  private static @Nullable String code(@Nullable Domain domain) {
    return domain == null ? null : domain.code();
  }

  /** The same file, uploaded before to the same connection and not taken back. */
  static @Nullable UUID same(TenantTx tx, Link link, byte[] digest) throws SQLException {
    return tx.sql(
            """
            select batch_id from import_batch
            where tenant_id = ? and holder_id = ? and connection_id = ? and digest = ?
              and state not in ('undone', 'refused')
            order by created_at limit 1
            """)
        .bind(tx.tenant(), link.holder(), link.id(), digest)
        .first(row -> row.getObject(1, UUID.class));
  }

  private static Stored stored(ResultSet row) throws SQLException {
    String domain = row.getString("domain");
    return new Stored(
        row.getObject("batch_id", UUID.class),
        State.of(row.getString("state")),
        row.getLong("connection_id"),
        row.getLong("size"),
        row.getString("kind"),
        domain == null ? null : Domain.of(domain).orElseThrow(),
        row.getLong("position"),
        row.getLong("rows"),
        new Counts(
            row.getLong("read"),
            row.getLong("added"),
            row.getLong("matched"),
            row.getLong("disputed"),
            row.getLong("unknown"),
            row.getLong("broken")),
        row.getString("detail"),
        row.getBytes("described"),
        row.getBytes("asked"),
        row.getObject("dictionary", Integer.class),
        Objects.requireNonNull(Sql.instant(row, "created_at")),
        Objects.requireNonNull(Sql.instant(row, "updated_at")));
  }

  /** Writes state, position and counts; false when another worker moved the batch meanwhile. */
  static boolean advance(TenantTx tx, Batch from, Batch to, Instant at) throws SQLException {
    Counts counts = to.counts();
    return tx.sql(
                """
                update import_batch set state = ?, kind = ?, domain = ?,
                  position = ?, rows = ?, read = ?, added = ?, matched = ?, disputed = ?,
                  unknown = ?, broken = ?, detail = ?, updated_at = ?
                where tenant_id = ? and holder_id = ? and batch_id = ?
                  and state = ? and position = ?
                """)
            .bind(to.state().code(), to.kind(), code(to.domain()))
            .bind(to.position(), to.rows())
            .bind(counts.read(), counts.added(), counts.matched(), counts.disputed())
            .bind(counts.unknown(), counts.broken(), to.detail(), at)
            .bind(tx.tenant(), to.link().holder(), to.id(), from.state().code(), from.position())
            .update()
        == 1;
  }

  /** Marks the place to which {@link #forget} goes back. */
  static void mark(TenantTx tx) throws SQLException {
    tx.sql("savepoint trial").update();
  }

  /** Undoes everything since {@link #mark}. */
  static void forget(TenantTx tx) throws SQLException {
    tx.sql("rollback to savepoint trial").update();
  }

  /** Writes what was answered and what is still open. */
  static void describe(TenantTx tx, Batch batch, Sealed sealed) throws SQLException {
    tx.sql(
            """
            update import_batch set described = ?, asked = ?
            where tenant_id = ? and holder_id = ? and batch_id = ?
            """)
        .bind(sealed.described(), sealed.asked(), tx.tenant(), batch.link().holder(), batch.id())
        .update();
  }

  static void piece(TenantTx tx, long holder, UUID batch, int n, int format, byte[] sealed)
      throws SQLException {
    tx.sql(
            """
            insert into import_piece (tenant_id, holder_id, batch_id, n, format, sealed)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .bind(tx.tenant(), holder, batch, n, format, sealed)
        .update();
  }

  static byte @Nullable [] piece(TenantTx tx, long holder, UUID batch, int n) throws SQLException {
    return tx.sql(
            """
            select sealed from import_piece
            where tenant_id = ? and holder_id = ? and batch_id = ? and n = ?
            """)
        .bind(tx.tenant(), holder, batch, n)
        .first(row -> row.getBytes(1));
  }
}
