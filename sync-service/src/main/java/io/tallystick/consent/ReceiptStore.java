package io.tallystick.consent;

import io.tallystick.consent.Consents.Consent;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of receipts, which are added and never changed. */
final class ReceiptStore {
  private ReceiptStore() {}

  /** A receipt as it is stored. */
  record Row(UUID id, String step, Instant at, byte[] sealed) {}

  static void add(TenantTx tx, Consent consent, Row row) throws SQLException {
    tx.sql(
            """
            insert into consent_receipt (tenant_id, holder_id, consent_id, receipt_id, step,
              issued_at, sealed)
            values (?, ?, ?, ?, ?, ?, ?)
            """)
        .bind(tx.tenant(), consent.holder(), consent.id(), row.id(), row.step(), row.at())
        .bind(row.sealed())
        .update();
  }

  /** The receipts of a consent, the first step first. */
  static List<Row> of(TenantTx tx, long holder, long consent) throws SQLException {
    return tx.sql(
            """
            select receipt_id, step, issued_at, sealed from consent_receipt
            where tenant_id = ? and holder_id = ? and consent_id = ?
            order by issued_at, receipt_id
            """)
        .bind(tx.tenant(), holder, consent)
        .list(row ->
            new Row(
                row.getObject("receipt_id", UUID.class),
                row.getString("step"),
                Objects.requireNonNull(Sql.instant(row, "issued_at")),
                row.getBytes("sealed")));
  }

  /** The transaction's tenant, as the provisioning file has it; what it does not say is null. */
  record Tenant(
      String name,
      @Nullable String contact,
      @Nullable String address,
      @Nullable String country,
      @Nullable String basis) {}

  static Tenant tenant(TenantTx tx) throws SQLException {
    return Objects.requireNonNull(
        tx.sql(
                "select name, contact, address, country, lawful_basis from tenant where tenant_id = ?")
            .bind(tx.tenant())
            .first(row ->
                new Tenant(
                    row.getString("name"),
                    row.getString("contact"),
                    row.getString("address"),
                    row.getString("country"),
                    row.getString("lawful_basis"))));
  }
}
