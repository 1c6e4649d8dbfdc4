package io.tallystick.consent;

import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The SQL of notices: added once for each text, never changed. */
final class NoticeStore {
  private NoticeStore() {}

  /** Keeps the words of a notice; nothing where there are none, or they are kept. */
  static void keep(TenantTx tx, @Nullable Notice notice) throws SQLException {
    String words = notice == null ? null : notice.words();
    if (notice != null && words != null) {
      tx.sql(
              """
              insert into notice (tenant_id, sha256, words, kept_at)
              values (?, ?, ?, clock_timestamp()) on conflict do nothing
              """)
          .bind(tx.tenant(), HexFormat.of().parseHex(notice.sha256()), words)
          .update();
    }
  }

  /** The words of a digest; null when none are kept. */
  static @Nullable String words(TenantTx tx, Notice notice) throws SQLException {
    return tx.sql("select words from notice where tenant_id = ? and sha256 = ?")
        .bind(tx.tenant(), HexFormat.of().parseHex(notice.sha256()))
        .first(row -> row.getString(1));
  }
}
