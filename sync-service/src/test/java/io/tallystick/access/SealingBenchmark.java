package io.tallystick.access;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.access.proof.TrustedCheckpoints;
import io.tallystick.access.proof.Verdict;
import io.tallystick.tenancy.TenantTx;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What sealing costs beside ingest. A page here is its evidence and its leaf alone, without entries
 * and postings, so the printed ratio is higher than that of a real page. One thread does both in
 * turn, sealing after each second of ingest as the service does.
 */
@Tag("benchmark")
class SealingBenchmark {
  private static final long SECOND = 1_000_000_000L;
  private static final int LEAVES = 4_000;

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void sealingCostsLessThanATwentiethOfIngest() throws SQLException, IOException {
    double waiting = costOfWaiting();
    double small = ratio(20, 10, waiting);
    double large = ratio(1_000, 10, waiting);
    System.out.printf(
        Locale.ROOT,
        "sealing / ingest: %.4f at 1,000 rows a page, %.4f at 20 rows a page%n",
        large,
        small);
    assertTrue(large < 0.05, "pages of 1,000: " + large);
  }

  @Test
  void leavesAreSealedFasterThanTheyAreMade() throws SQLException, IOException {
    LogRig rig = LogRig.fresh();
    int n = 50_000;
    long start = System.nanoTime();
    for (int i = 0; i < n; i += 100) {
      rig.as(
          1,
          tx -> {
            for (int k = 0; k < 100; k++) {
              rig.log.append(tx, LogRig.leaf(k));
            }
            return true;
          });
    }
    long made = System.nanoTime();
    rig.place();
    rig.sign();
    long sealed = System.nanoTime();
    TrustedCheckpoints trusted = rig.keep(1, null);
    List<String> export = rig.export(1, trusted);
    long exported = System.nanoTime();
    assertInstanceOf(Verdict.Verified.class, LogRig.verify(export, trusted));
    long verified = System.nanoTime();
    System.out.printf(
        Locale.ROOT,
        "%d leaves: appended %.0f/s, sealed %.0f/s, exported %.0f/s, verified %.0f/s%n",
        n,
        rate(n, made - start),
        rate(n, sealed - made),
        rate(n, exported - sealed),
        rate(n, verified - exported));
  }

  /** Nanoseconds that the row of a waiting leaf adds to the page's own transaction. */
  private double costOfWaiting() throws SQLException, IOException {
    LogRig rig = LogRig.fresh();
    double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
    try (Connection connection = rig.app()) {
      for (int round = 0; round < 8; round++) {
        long start = System.nanoTime();
        TenantTx tx = LogRig.enter(connection, 1);
        for (int i = 0; i < LEAVES; i++) {
          if (round % 2 == 0) {
            rig.log.append(tx, LogRig.leaf(5));
          } else {
            withoutWaiting(tx, rig.log.newId());
          }
        }
        connection.commit();
        best[round % 2] = Math.min(best[round % 2], System.nanoTime() - start);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "a leaf takes %.0f us, %.0f us without its waiting row%n",
        best[0] / LEAVES / 1_000,
        best[1] / LEAVES / 1_000);
    return Math.max(0, (best[0] - best[1]) / LEAVES);
  }

  private static void withoutWaiting(TenantTx tx, UUID id) throws SQLException {
    java.time.Instant at = java.time.Instant.parse("2026-03-01T10:00:00Z");
    byte[] body = LeafFormat.body(LogRig.leaf(5));
    tx.sql(
            """
            insert into access_leaf (tenant_id, holder_id, leaf_id, recorded_at, kind, consent_id,
              connection_id, client_id, version, header, body)
            values (?, 5, ?, ?, 'pull', 11, 12, null, 1, ?, ?) on conflict do nothing
            """)
        .bind(tx.tenant(), id, at, LeafFormat.header(1, id, at, LogRig.leaf(5), body), body)
        .update();
  }

  private double ratio(int rows, int seconds, double waiting) throws SQLException, IOException {
    LogRig rig = LogRig.fresh();
    Signer signer = rig.signer();
    long ingesting = 0;
    long sealing = 0;
    long pages = 0;
    try (Connection connection = rig.app()) {
      for (int second = -2; second < seconds; second++) {
        long start = System.nanoTime();
        long made = 0;
        while (System.nanoTime() - start < SECOND) {
          page(rig, connection, rows);
          made++;
        }
        long between = System.nanoTime();
        Sequencer.round(LogRig.sequencer(connection), 2_000);
        connection.commit();
        signer.round(LogRig.sequencer(connection));
        connection.commit();
        if (second >= 0) {
          ingesting += between - start;
          sealing += System.nanoTime() - between;
          pages += made;
        }
      }
    }
    double ratio = (sealing + pages * waiting) / ingesting;
    System.out.printf(
        Locale.ROOT,
        "%d pages of %d rows: ingest %.0f rows/s, sealing %.1f ms a second, ratio %.4f%n",
        pages,
        rows,
        rate(pages * rows, ingesting),
        sealing / 1e6 / seconds,
        ratio);
    return ratio;
  }

  private void page(LogRig rig, Connection connection, int rows) throws SQLException {
    UUID[] ids = new UUID[rows];
    byte[][] payloads = new byte[rows][];
    for (int i = 0; i < rows; i++) {
      ids[i] = new UUID(random.nextLong(), random.nextLong());
      payloads[i] = new byte[300];
      random.nextBytes(payloads[i]);
    }
    TenantTx tx = LogRig.enter(connection, 1);
    evidence(tx, rig.log.append(tx, LogRig.leaf(5)), ids, payloads);
    connection.commit();
  }

  private static void evidence(TenantTx tx, UUID leaf, UUID[] ids, byte[][] payloads)
      throws SQLException {
    tx.sql(
            """
            insert into evidence (tenant_id, holder_id, evidence_id, connection_id, leaf_id,
              stream, partition, revision, content_mac, format, payload, received_at)
            select ?::bigint, 5, id, 12, ?::uuid, 'trades', '', 1, sha256(payload), 1, payload,
              now()
            from unnest(?::uuid[], ?::bytea[]) as r(id, payload)
            on conflict do nothing
            """)
        .bind(tx.tenant(), leaf)
        .bind((Object) ids)
        .bind((Object) payloads)
        .update();
  }

  private static double rate(long n, long nanos) {
    return n * 1e9 / nanos;
  }
}
