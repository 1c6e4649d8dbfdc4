package io.tallystick.access;

import io.tallystick.access.proof.TrustedCheckpoints;
import io.tallystick.access.proof.Verdict;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * One log of three tenants, and the checkpoint each of them kept. Whatever is done to it is rolled
 * back, so that the next act meets the log as it was.
 */
final class TamperedLog {
  final LogRig rig;
  final long covered;
  private final Map<Long, TrustedCheckpoints> kept = new HashMap<>();
  private final Map<Long, List<Long>> positions = new HashMap<>();

  private TamperedLog() throws SQLException, IOException {
    rig = LogRig.fresh();
    SplittableRandom random = new SplittableRandom(4711);
    long position = 0;
    for (int batch = 0; batch < 60; batch++) {
      // A long stretch of one tenant lets others' exports use whole subtrees of the database.
      boolean stretch = batch == 30;
      int n = stretch ? 600 : random.nextInt(1, 9);
      for (int i = 0; i < n; i++) {
        long tenant = stretch ? 3 : random.nextInt(1, 4);
        rig.append(tenant, tenant * 10 + random.nextInt(4));
        positions.computeIfAbsent(tenant, t -> new ArrayList<>()).add(position++);
      }
      rig.seal();
    }
    covered = position;
    for (long tenant = 1; tenant <= 3; tenant++) {
      kept.put(tenant, rig.keep(tenant, null));
    }
    for (int i = 0; i < 12; i++) {
      rig.append(1 + i % 3, 10);
    }
    rig.seal();
    for (int i = 0; i < 6; i++) {
      rig.append(1 + i % 3, 10);
    }
  }

  private static final class Shared {
    static final TamperedLog ONE = made();

    private static TamperedLog made() {
      try {
        return new TamperedLog();
      } catch (SQLException | IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The log that all tests of a run share. */
  static TamperedLog shared() {
    return Shared.ONE;
  }

  /** What this tenant keeps: the checkpoint before anything was done. */
  TrustedCheckpoints kept(long tenant) {
    return Objects.requireNonNull(kept.get(tenant));
  }

  /** The tenant's positions that the checkpoint covers. */
  List<Long> positions(long tenant) {
    return Objects.requireNonNull(positions.get(tenant));
  }

  /** What the verifier says after an act that is undone again. */
  Verdict after(long tenant, Act act) throws SQLException {
    try (Connection superuser = rig.superuser()) {
      act.on(superuser);
      Verdict verdict =
          LogRig.verify(rig.export(superuser, tenant, null, kept(tenant)), kept(tenant));
      superuser.rollback();
      return verdict;
    }
  }

  /** Something done to the database. */
  interface Act {
    void on(Connection superuser) throws SQLException;
  }

  /** Statements as they are. */
  static Act sql(String... statements) {
    return superuser -> {
      try (Statement statement = superuser.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    };
  }
}
