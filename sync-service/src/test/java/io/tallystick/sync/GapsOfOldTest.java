package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.boot.FormerSchema;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gaps that walks from the start opened for what had been read are closed, and no others. */
final class GapsOfOldTest {
  // Three walks from one start, a part that was walked once, a venue that was not asked for long,
  // and a full millisecond.
  private static final String GAPS =
      """
      insert into gap (tenant_id, holder_id, gap_id, connection_id, domain, stream, partition,
        reason, from_at, to_at, remedy, opened_at)
      select 7, 8, gen_random_uuid(), 9, 'p2p', 'peer-trades', part, reason,
        date '2026-01-01' + since, date '2026-01-01' + until, 'import', date '2026-08-01' + until
      from (values ('BUY', 'beyond-retention', 0, 31), ('BUY', 'beyond-retention', 0, 61),
          ('BUY', 'beyond-retention', 0, 91), ('SELL', 'beyond-retention', 0, 61),
          ('BUY', 'beyond-retention', 70, 80), ('BUY', 'saturated', 0, 40))
        as gaps(part, reason, since, until);
      """;

  @Test
  void theFirstOfThoseThatBeginTogetherStays() throws SQLException {
    try (FormerSchema old = new FormerSchema("63")) {
      old.execute(GAPS);
      old.migrate();
      assertEquals(
          List.of(
              "BUY beyond-retention 0 31",
              "BUY beyond-retention 70 80",
              "BUY saturated 0 40",
              "SELL beyond-retention 0 61"),
          old.texts(
              """
              select partition || ' ' || reason || ' ' || extract(day from from_at - '2026-01-01')
                || ' ' || extract(day from to_at - '2026-01-01')
              from gap where closed_at is null order by partition, reason, from_at
              """));
      assertEquals(
          List.of("2"),
          old.texts("select count(distinct remedy) from gap where closed_at is null"));
    }
  }
}
