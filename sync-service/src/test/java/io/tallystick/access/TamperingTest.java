package io.tallystick.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.access.proof.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever a superuser does to what a kept checkpoint covers is noticed and placed. */
class TamperingTest {
  private final TamperedLog log = TamperedLog.shared();

  @Test
  @DisplayName("100 random tamperings as superuser are 100 times detected and placed")
  void hundredRandomTamperingsAreDetected() throws SQLException {
    long seed = 20261121;
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Map<Tampering, List<Long>> widths = new EnumMap<>(Tampering.class);
    int detected = 0;
    for (int i = 0; i < 100; i++) {
      Tampering kind = Tampering.values()[i % Tampering.values().length];
      long tenant = random.nextInt(1, 4);
      List<Long> own = log.positions(tenant);
      long position = own.get(random.nextInt(1, own.size()));
      long other = own.get(random.nextInt(own.size()));
      other = other == position ? own.getFirst() : other;
      Tampering.Target[] target = new Tampering.Target[1];
      long[] harmed = new long[1];
      long another = other;
      Verdict verdict =
          log.after(
              tenant,
              superuser -> {
                target[0] = new Tampering.Target(superuser, tenant, position, another);
                harmed[0] = kind.harm(target[0], random);
              });
      String what = i + " " + kind + " at " + harmed[0] + ": " + verdict;
      Verdict.Finding first = assertInstanceOf(Verdict.Tampered.class, verdict, what).first();
      assertTrue(first.from() <= harmed[0] && harmed[0] <= first.to(), what);
      widths.computeIfAbsent(kind, k -> new ArrayList<>()).add(first.to() - first.from() + 1);
      detected++;
    }
    System.out.println(detected + " of 100 tamperings detected; positions named in each case:");
    widths.forEach((kind, named) -> System.out.println("  " + kind + " " + named));
    assertEquals(100, detected);
  }

  @Test
  @DisplayName("F78 one changed byte of header, body or hash names the entry")
  void oneChangedByte() throws SQLException {
    long position = log.positions(1).get(20);
    for (Tampering kind :
        List.of(Tampering.HEADER_BYTE, Tampering.BODY_BYTE, Tampering.CHANGE_A_STORED_HASH)) {
      assertNamed(
          position,
          log.after(
              1,
              superuser ->
                  kind.harm(
                      new Tampering.Target(superuser, 1, position, 0), new SplittableRandom(1))));
    }
  }

  @Test
  @DisplayName("F79 an update that no trigger sees names the entry")
  void anUpdateBehindTriggers() throws SQLException {
    long position = log.positions(2).get(7);
    assertNamed(
        position,
        log.after(
            2,
            TamperedLog.sql(
                "set local session_replication_role = replica",
                "update access_leaf set body = '\\x00' where leaf_id ="
                    + " (select leaf_id from leaf_position where position = "
                    + position
                    + ")")));
  }

  @Test
  @DisplayName("F80 one deleted entry, the last one and the last thousand are missed")
  void deletedEntries() throws SQLException {
    List<Long> own = log.positions(1);
    for (int last : new int[] {1, 10, 1_000}) {
      long first = own.get(Math.max(0, own.size() - last));
      Verdict verdict =
          log.after(
              1,
              superuser ->
                  Tampering.HIDE_THE_LAST_LEAVES.harm(
                      new Tampering.Target(superuser, 1, first, 0), new SplittableRandom(1)));
      Verdict.Finding found = assertInstanceOf(Verdict.Tampered.class, verdict).first();
      assertTrue(found.from() <= first && first <= found.to(), verdict.toString());
    }
    assertNamed(
        own.get(3),
        log.after(
            1,
            TamperedLog.sql(
                "delete from access_leaf where leaf_id ="
                    + " (select leaf_id from leaf_position where position = "
                    + own.get(3)
                    + ")")));
  }

  @Test
  @DisplayName("F81 a truncated table is missed from the first entry on")
  void truncatedTables() throws SQLException {
    assertNamed(log.positions(1).getFirst(), log.after(1, TamperedLog.sql("truncate access_leaf")));
    assertNamed(0, log.after(1, TamperedLog.sql("truncate log_position, log_node")));
    assertNamed(0, log.after(1, TamperedLog.sql("truncate log_checkpoint")));
    Verdict places = log.after(1, TamperedLog.sql("truncate leaf_position"));
    assertEquals(0, assertInstanceOf(Verdict.Tampered.class, places).first().from());
  }

  @Test
  @DisplayName("F82 two swapped entries, and an entry copied to another tenant")
  void swappedAndCopiedEntries() throws SQLException {
    long one = log.positions(1).get(4);
    long other = log.positions(1).get(9);
    assertNamed(
        one, log.after(1, superuser -> new Tampering.Target(superuser, 1, one, other).swap()));
    long copied = log.positions(2).get(5);
    Verdict verdict =
        log.after(
            1,
            superuser ->
                new Tampering.Target(superuser, 2, copied, 0)
                    .run(
                        "update access_leaf set tenant_id = 1 where",
                        "update leaf_position set tenant_id = 1 where"));
    Verdict.Tampered tampered = assertInstanceOf(Verdict.Tampered.class, verdict);
    assertTrue(
        tampered.findings().stream()
            .anyMatch(found ->
                found.from() == copied && found.what().equals("the leaf is another tenant's")),
        verdict.toString());
  }

  @Test
  @DisplayName("F83 a consistent rewriting is placed between two checkpoints that were signed")
  void aConsistentRewriting() throws SQLException {
    long position = log.positions(1).get(30);
    Verdict verdict =
        log.after(
            1,
            superuser -> {
              Forger.changeHeader(superuser, position);
              Forger.rehash(superuser);
            });
    Verdict.Finding first = assertInstanceOf(Verdict.Tampered.class, verdict).first();
    assertTrue(first.from() <= position && position <= first.to(), verdict.toString());
    assertTrue(first.to() - first.from() < 20, verdict.toString());
  }

  private static void assertNamed(long position, Verdict verdict) {
    Verdict.Finding first = assertInstanceOf(Verdict.Tampered.class, verdict).first();
    assertEquals(position, first.from(), verdict.toString());
    assertEquals(position, first.to(), verdict.toString());
  }
}
