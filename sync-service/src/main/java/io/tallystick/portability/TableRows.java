package io.tallystick.portability;

import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.web.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person reads in a spreadsheet: words in the place of keys, public ids, no formulas. */
enum TableRows {
  ENTRIES(
      """
      select e.entry_id, e.revision, e.connection_id, e.evidence_id, e.occurred_at, e.kind,
        e.state, e.domain, e.market, e.side, e.price, e.quantity, e.quote_quantity, e.fee,
        e.fee_asset, e.venue_ref, e.order_ref, e.network, e.recorded_at
      from entry e where e.tenant_id = ? and e.holder_id = ? order by e.entry_id, e.revision
      """),
  // Words are looked up one by one: a join with them might read all postings for each account.
  POSTINGS(
      """
      select p.entry_id, p.revision, p.n, p.reversal, p.occurred_at,
        (select f.path from account f where f.tenant_id = p.tenant_id
          and f.holder_id = p.holder_id and f.account_id = p.from_account) as from_account,
        (select t.path from account t where t.tenant_id = p.tenant_id
          and t.holder_id = p.holder_id and t.account_id = p.to_account) as to_account,
        (select a.code from asset a where a.asset_id = p.asset_id) as asset, p.amount
      from posting p where p.tenant_id = ? and p.holder_id = ?
      order by p.entry_id, p.revision, p.n
      """),
  CONNECTIONS(
      """
      select connection_id, consent_id, venue, environment, state, state_reason, key_kind,
        rights_verdict, rights, rights_checked_at, created_at
      from connection where tenant_id = ? and holder_id = ? order by connection_id
      """),
  CONSENTS(
      """
      select consent_id, version, state, state_at, given_at, given_by, given_method, expires_at,
        purposes, domains, look_back_days, jurisdiction, deletion, duration, used_at,
        given_authentication, lawful_basis
      from consent where tenant_id = ? and holder_id = ? order by arrangement_id, version
      """),
  IMPORTS(
      """
      select batch_id, connection_id, state, kind, domain, size, read, added, matched, disputed,
        unknown, broken, created_at, updated_at
      from import_batch where tenant_id = ? and holder_id = ? order by created_at, batch_id
      """),
  GAPS(
      """
      select connection_id, domain, stream, partition, reason, from_at, to_at, remedy, opened_at,
        closed_at
      from gap where tenant_id = ? and holder_id = ? order by opened_at, gap_id
      """);

  private static final int FETCH = 500;

  private final String select;

  TableRows(String select) {
    this.select = select;
  }

  /** Where it is in the archive. */
  String member() {
    return "csv/" + name().toLowerCase(java.util.Locale.ROOT) + ".csv";
  }

  /** Writes the table of a holder; returns how many rows. */
  long write(TenantTx tx, long holder, OutputStream out) throws SQLException, IOException {
    try (PreparedStatement statement = tx.connection().prepareStatement(select)) {
      statement.setFetchSize(FETCH);
      statement.setLong(1, tx.tenant());
      statement.setLong(2, holder);
      try (ResultSet rows = statement.executeQuery()) {
        ResultSetMetaData about = rows.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
          columns.add(about.getColumnName(i).replaceFirst("_id$", ""));
        }
        out.write(Csv.table(columns, List.of()).getBytes(StandardCharsets.UTF_8));
        long written = 0;
        while (rows.next()) {
          List<@Nullable Object> cells = new ArrayList<>();
          for (int i = 1; i <= about.getColumnCount(); i++) {
            cells.add(cell(rows, i, about, holder));
          }
          out.write(Csv.row(cells).getBytes(StandardCharsets.UTF_8));
          written++;
        }
        return written;
      }
    }
  }

  private static @Nullable Object cell(ResultSet row, int i, ResultSetMetaData about, long holder)
      throws SQLException {
    Object value = row.getObject(i);
    if (value == null) {
      return null;
    }
    return switch (about.getColumnName(i)) {
      case "entry_id" -> PublicIds.entry(holder, (UUID) value);
      case "evidence_id" -> PublicIds.evidence(holder, (UUID) value);
      case "batch_id" -> PublicIds.imported(holder, (UUID) value);
      case "connection_id" -> PublicIds.connection(holder, (Long) value);
      case "consent_id" -> PublicIds.consent(holder, (Long) value);
      default ->
          switch (about.getColumnTypeName(i)) {
            case "timestamptz" -> row.getObject(i, OffsetDateTime.class).toInstant();
            case "_text" -> Arrays.asList((Object[]) row.getArray(i).getArray());
            default -> value;
          };
    };
  }
}
