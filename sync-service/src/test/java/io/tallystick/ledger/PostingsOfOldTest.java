package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.boot.FormerSchema;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Books that were kept when postings had a table of their own tell the same afterwards. */
final class PostingsOfOldTest {
  private static final String ENTRIES =
      """
      insert into entry (tenant_id, holder_id, entry_id, revision, connection_id, evidence_id,
        leaf_id, occurred_at, recorded_at, kind, state, mapping_version, rank)
      select t, t + 1, ('00000000-0000-0000-0000-00000000000' || e)::uuid, r, 3,
        gen_random_uuid(), gen_random_uuid(), timestamptz '2024-01-01' + make_interval(days => r),
        now(), 'trade', case when r = 3 then 'void' else 'settled' end, 1, ''
      from (values (7), (8)) as tenants(t), (values (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1))
        as entries(e, r);
      """;

  // The live ones of settled revisions, and what each next revision took back of the one before.
  private static final String POSTINGS =
      """
      insert into posting
      select tenant_id, holder_id, entry_id, revision, n, false, occurred_at, n + revision,
        n + 10, 20 + n, n + revision / 8.0
      from entry, generate_series(1, 11) n where state = 'settled' and entry_id::text not like '%3';
      insert into posting
      select p.tenant_id, p.holder_id, p.entry_id, p.revision + 1, -p.n, true, p.occurred_at,
        p.to_account, p.from_account, p.asset_id, p.amount
      from posting p join entry e on e.tenant_id = p.tenant_id and e.entry_id = p.entry_id
        and e.revision = p.revision + 1;
      """;

  private static final String TOLD = "select p::text from posting p order by p::text";

  @Test
  void everyPostingIsToldAsBefore() throws SQLException {
    try (FormerSchema old = new FormerSchema("58")) {
      old.execute(ENTRIES);
      old.execute(POSTINGS);
      List<String> before = old.texts(TOLD);
      assertEquals(2 * (4 * 11 + 3 * 11), before.size());
      old.migrate();
      assertEquals(before, old.texts(TOLD));
    }
  }
}
