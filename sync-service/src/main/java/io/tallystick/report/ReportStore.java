package io.tallystick.report;

import io.tallystick.kernel.Digests;
import io.tallystick.records.Span;
import io.tallystick.report.packing.Packing;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of reports: everything is added, nothing is changed. */
final class ReportStore {
  /** Packed records; a digest is that of the bytes before they were deflated. */
  static final int FORMAT = 3;

  private static final String COLUMNS =
      """
      select report_id, created_at, created_by, domains, connections, format, head, input_id,
        prices_id, inputs, lines, result,
        array(select (extract(epoch from s) * 1000000)::bigint
          from unnest(since) with ordinality u(s, n) order by n) as since_micros
      from report where tenant_id = ? and holder_id = ?
      """;

  private ReportStore() {}

  /**
   * A stored report.
   *
   * @param head what it says of itself, as canonical text
   * @param rest the digest of what no chapter of its input tells
   * @param prices the name of its price set
   * @param inputs the digests of its chapters
   * @param lines the digests of the lines of each; behind them of those that later events can
   *     change
   */
  record Stored(
      UUID id,
      Instant createdAt,
      long createdBy,
      List<Span> spans,
      int format,
      String head,
      byte[] rest,
      byte[] prices,
      List<byte[]> inputs,
      List<byte[]> lines,
      String result) {}

  /**
   * Bytes by their digest.
   *
   * @param packed deflated, as they are stored: a long report waits in memory until it is kept
   */
  record Content(byte[] id, byte[] packed) {
    static Content of(byte[] bytes) {
      return new Content(Digests.sha256(bytes), Packing.deflate(bytes));
    }

    /** The digest, lower-case hexadecimal. */
    String name() {
      return HexFormat.of().formatHex(id);
    }
  }

  /** Keeps bytes. */
  static void keep(TenantTx tx, long holder, Content content) throws SQLException {
    tx.sql(
            """
            insert into report_content (tenant_id, holder_id, content_id, format, content)
            values (?, ?, ?, ?, ?) on conflict do nothing
            """)
        .bind(tx.tenant(), holder, content.id(), FORMAT, content.packed())
        .update();
  }

  /** The bytes of a digest. */
  static byte[] content(TenantTx tx, long holder, byte[] id) throws SQLException {
    byte[] found =
        tx.sql(
                """
                select content from report_content
                where tenant_id = ? and holder_id = ? and content_id = ?
                """)
            .bind(tx.tenant(), holder, id)
            .first(row -> row.getBytes(1));
    return Packing.inflate(Objects.requireNonNull(found, "a report's content is kept with it"));
  }

  static void insert(TenantTx tx, long holder, Stored report) throws SQLException {
    tx.sql(
            """
            insert into report (tenant_id, holder_id, report_id, created_at, created_by,
              domains, connections, since, format, head, input_id, prices_id, inputs, lines, result)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .bind(tx.tenant(), holder, report.id(), report.createdAt(), report.createdBy())
        .bind(
            report.spans().stream().map(span -> span.domain().code()).toArray(String[]::new),
            report.spans().stream().map(Span::connection).toArray(Long[]::new),
            report.spans().stream()
                .map(span -> span.since().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new))
        .bind(report.format(), report.head(), report.rest(), report.prices())
        .bind(report.inputs().toArray(byte[][]::new), report.lines().toArray(byte[][]::new))
        .bind(report.result())
        .update();
  }

  static @Nullable Stored find(TenantTx tx, long holder, UUID id) throws SQLException {
    return tx.sql(COLUMNS + "and report_id = ?")
        .bind(tx.tenant(), holder, id)
        .first(ReportStore::report);
  }

  /** Reports of a holder, the newest first. */
  static List<Stored> list(TenantTx tx, long holder, int most) throws SQLException {
    return tx.sql(COLUMNS + "order by created_at desc, report_id desc limit ?")
        .bind(tx.tenant(), holder, most)
        .list(ReportStore::report);
  }

  private static Stored report(ResultSet row) throws SQLException {
    String[] domains = (String[]) row.getArray("domains").getArray();
    Long[] connections = (Long[]) row.getArray("connections").getArray();
    // The driver cannot read an array of instants in the form in which it sends one.
    Long[] since = (Long[]) row.getArray("since_micros").getArray();
    List<Span> spans = new ArrayList<>(domains.length);
    for (int n = 0; n < domains.length; n++) {
      Domain domain = Domain.of(domains[n]).orElseThrow();
      spans.add(new Span(domain, connections[n], Instant.EPOCH.plus(since[n], ChronoUnit.MICROS)));
    }
    return new Stored(
        row.getObject("report_id", UUID.class),
        Objects.requireNonNull(Sql.instant(row, "created_at")),
        row.getLong("created_by"),
        spans,
        row.getInt("format"),
        row.getString("head"),
        row.getBytes("input_id"),
        row.getBytes("prices_id"),
        List.of((byte[][]) row.getArray("inputs").getArray()),
        List.of((byte[][]) row.getArray("lines").getArray()),
        row.getString("result"));
  }
}
