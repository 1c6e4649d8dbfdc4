package io.tallystick.report;

import io.tallystick.kernel.Problem;
import io.tallystick.portability.DeclarationCheck;
import io.tallystick.report.reading.Declaration;
import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of declarations: everything is added, nothing is changed. What was stated is in a
 * person's own words, so it is sealed, and lives as long as the books that it is about.
 */
@ApplicationScoped
class StatementStore implements DeclarationCheck {
  private static final String PURPOSE = "declaration";

  private final Seals seals;

  StatementStore(Seals seals) {
    this.seals = seals;
  }

  /**
   * A stored statement.
   *
   * @param said what was stated; null for a reversal
   */
  record Statement(
      UUID id,
      @Nullable UUID entry,
      @Nullable UUID reverses,
      String kind,
      Instant madeAt,
      Instant recordedAt,
      long recordedBy,
      UUID leaf,
      @Nullable Declaration said) {}

  void insert(TenantTx tx, long holder, Statement one) throws SQLException {
    byte[] plain = text(one.said()).getBytes(StandardCharsets.UTF_8);
    byte[] body = seals.seal(holder, RetentionClass.BOOKS, plain, tx.tenant(), one.id(), PURPOSE);
    tx.sql(
            """
            insert into declaration (tenant_id, holder_id, declaration_id, entry_id, reverses,
              kind, made_at, recorded_at, recorded_by, leaf_id, format, body_sealed)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .bind(tx.tenant(), holder, one.id(), one.entry(), one.reverses(), one.kind())
        .bind(one.madeAt(), one.recordedAt(), one.recordedBy(), one.leaf(), Seals.FORMAT, body)
        .update();
  }

  /** Every statement of a holder, reversals too, in the order in which they were recorded. */
  List<Statement> all(TenantTx tx, long holder) throws SQLException {
    return tx.sql(
            """
            select declaration_id, entry_id, reverses, kind, made_at, recorded_at, recorded_by,
              leaf_id, body_sealed
            from declaration where tenant_id = ? and holder_id = ?
            order by recorded_at, declaration_id
            """)
        .bind(tx.tenant(), holder)
        .list(row -> {
          UUID id = row.getObject("declaration_id", UUID.class);
          UUID entry = row.getObject("entry_id", UUID.class);
          UUID reverses = row.getObject("reverses", UUID.class);
          String body = opened(tx.tenant(), holder, id, row.getBytes("body_sealed"));
          return new Statement(
              id,
              entry,
              reverses,
              row.getString("kind"),
              Objects.requireNonNull(Sql.instant(row, "made_at")),
              Objects.requireNonNull(Sql.instant(row, "recorded_at")),
              row.getLong("recorded_by"),
              row.getObject("leaf_id", UUID.class),
              reverses == null ? Canon.read(body, Declaration.class).of(holder, id, entry) : null);
        });
  }

  private static String text(@Nullable Declaration said) {
    return said == null ? "{}" : Canon.text(said);
  }

  private String opened(long tenant, long holder, UUID id, byte[] sealed) {
    byte[] plain = seals.open(holder, RetentionClass.BOOKS, sealed, tenant, id, PURPOSE).bytes();
    return new String(plain, StandardCharsets.UTF_8);
  }

  /** What is stated and not taken back. */
  List<Declaration> standing(TenantTx tx, long holder) throws SQLException {
    Map<UUID, Declaration> standing = new HashMap<>();
    for (Statement one : all(tx, holder)) {
      if (one.reverses() != null) {
        standing.remove(one.reverses());
      } else {
        standing.put(one.id(), Objects.requireNonNull(one.said()));
      }
    }
    return List.copyOf(standing.values());
  }

  @Override
  public void check(long holder, UUID id, @Nullable UUID entry, String kind, String body) {
    try {
      Declaration said = Canon.read(body, Declaration.class).of(holder, id, entry);
      if (!kind.equals(said.kind().code())) {
        throw new IllegalArgumentException("what was declared is of another kind");
      }
      Declarations.check(said);
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException("what was declared cannot be read", e);
    } catch (Problem e) {
      throw new IllegalArgumentException("what was declared lacks something", e);
    }
  }
}
