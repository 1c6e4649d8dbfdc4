package io.tallystick.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.access.proof.CompactTree;
import io.tallystick.access.proof.MerkleTree;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SequencerTest {
  private LogRig rig;

  @BeforeEach
  void start() throws SQLException, IOException {
    rig = LogRig.fresh();
  }

  private Long position(long tenant, long holder, UUID leaf) throws SQLException {
    return rig.as(
        tenant,
        tx ->
            Objects.requireNonNull(LogStore.place(tx, holder, leaf)).position() == null
                ? -1L
                : LogStore.place(tx, holder, leaf).position());
  }

  private long size() throws SQLException {
    return rig.sequencing(tx -> new TreeStore(tx::sql).size());
  }

  @Test
  void leavesOfAllTenantsGetOnePositionEachInOrderOfArrival() throws SQLException {
    List<UUID> leaves = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      leaves.add(rig.append(1 + i % 3, 5));
    }
    assertEquals(30, rig.place());
    for (int i = 0; i < 30; i++) {
      assertEquals(i, position(1 + i % 3, 5, leaves.get(i)));
    }
    assertEquals(0, rig.place(), "again changes nothing");
    assertEquals(30, size());
  }

  @Test
  @DisplayName("F90 a leaf that commits behind its successors is taken up, and no index is skipped")
  void lateCommitsAreTakenUp() throws SQLException {
    try (Connection late = rig.app()) {
      UUID slow = rig.log.append(LogRig.enter(late, 1), LogRig.leaf(5));
      UUID quick = rig.append(1, 5);
      rig.pace.move(Duration.ofHours(1));
      assertEquals(1, rig.place());
      assertEquals(0, position(1, 5, quick));
      assertEquals(0, rig.place());
      late.commit();
      assertEquals(1, rig.place());
      assertEquals(1, position(1, 5, slow));
      assertEquals(2, size());
    }
  }

  @Test
  void aLeafThatRolledBackLeavesNoHole() throws SQLException {
    try (Connection lost = rig.app()) {
      rig.log.append(LogRig.enter(lost, 1), LogRig.leaf(5));
      lost.rollback();
    }
    UUID kept = rig.append(1, 5);
    rig.place();
    assertEquals(0, position(1, 5, kept));
    assertEquals(1, size());
  }

  @Test
  void aRoundThatWasKilledNeverWas() throws SQLException {
    List<UUID> leaves = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      leaves.add(rig.append(1, 5));
    }
    try (Connection killed = rig.app()) {
      Sequencer.Round round = Sequencer.round(LogRig.sequencer(killed), 7);
      assertEquals(7, assertInstanceOf(Sequencer.Round.Placed.class, round).leaves());
      killed.rollback();
    }
    assertEquals(0, size());
    assertEquals(10, rig.place());
    for (int i = 0; i < 10; i++) {
      assertEquals(i, position(1, 5, leaves.get(i)));
    }
  }

  @Test
  void ofTwoSequencersOneWorks() throws SQLException {
    rig.append(1, 5);
    try (Connection first = rig.app();
        Connection second = rig.app()) {
      Sequencer.round(LogRig.sequencer(first), 10);
      assertEquals(new Sequencer.Round.Busy(), Sequencer.round(LogRig.sequencer(second), 10));
      first.commit();
      second.rollback();
      assertEquals(
          new Sequencer.Round.Placed(0, false, 0), Sequencer.round(LogRig.sequencer(second), 10));
    }
  }

  @Test
  @DisplayName("F89 an hour without sequencer: work goes on, the lag is told, nothing is lost")
  void anHourWithoutSequencer() throws SQLException {
    List<UUID> leaves = new ArrayList<>();
    assertNull(oldest());
    java.time.Instant stopped = rig.pace.instant();
    for (int i = 0; i < 60; i++) {
      leaves.add(rig.append(1 + i % 2, 5));
      rig.pace.move(Duration.ofMinutes(1));
    }
    Duration lag = Duration.between(Objects.requireNonNull(oldest()), rig.pace.instant());
    assertTrue(lag.compareTo(Duration.ofMinutes(59)) > 0, lag.toString());
    assertTrue(Duration.between(stopped, oldest()).abs().compareTo(Duration.ofSeconds(2)) < 0);
    assertTrue(new Sealing.State(lag, "").late());
    assertEquals(60, rig.place());
    assertNull(oldest());
    for (int i = 0; i < 60; i++) {
      assertEquals(i, position(1 + i % 2, 5, leaves.get(i)), "a later commit stands later");
    }
  }

  private java.time.@org.jspecify.annotations.Nullable Instant oldest() throws SQLException {
    try (Connection connection = rig.app()) {
      return WaitingStore.oldest(LogRig.sequencer(connection));
    }
  }

  @Test
  void aLeafThatVanishedBeforeItWasSealedIsToldAndHoldsNobodyUp() throws SQLException {
    UUID gone = rig.append(1, 5);
    rig.append(1, 5);
    rig.tamper("delete from access_leaf where leaf_id = '" + gone + "'");
    assertEquals(
        new Sequencer.Round.Placed(1, false, 1), rig.sequencing(tx -> Sequencer.round(tx, 10)));
    assertEquals(1, size());
  }

  @Test
  void whatIsStoredIsTheTreeOverTheLeavesWhateverTheBatches() throws SQLException {
    long seed = 6962;
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    CompactTree expected = new CompactTree();
    List<byte[]> hashes = new ArrayList<>();
    while (hashes.size() < 70_000) {
      int n = random.nextInt(1, 9_000);
      List<byte[]> batch = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        byte[] hash = new byte[32];
        random.nextBytes(hash);
        batch.add(hash);
        expected.append(hash);
      }
      rig.sequencing(tx -> {
        TreeStore tree = new TreeStore(tx::sql);
        tree.append(tree.size(), batch);
        return true;
      });
      hashes.addAll(batch);
    }
    int size = hashes.size();
    rig.sequencing(tx -> {
      TreeStore tree = new TreeStore(tx::sql);
      byte[] root = MerkleTree.root(size, tree);
      assertEquals(
          java.util.HexFormat.of().formatHex(expected.root()),
          java.util.HexFormat.of().formatHex(root));
      for (int i = 0; i < 20; i++) {
        int position = random.nextInt(size);
        assertTrue(
            MerkleTree.includes(
                root,
                size,
                position,
                hashes.get(position),
                MerkleTree.inclusion(position, size, tree)));
        int from = random.nextInt(1, size);
        assertTrue(
            MerkleTree.consistent(
                from,
                MerkleTree.root(from, tree),
                size,
                root,
                MerkleTree.consistency(from, size, tree)));
      }
      return true;
    });
  }

  @Test
  void oneLeafIsNeverGivenTwoPositions() throws SQLException {
    byte[] hash = new byte[32];
    rig.sequencing(tx -> append(tx, 0, hash));
    assertThrows(IllegalStateException.class, () -> rig.sequencing(tx -> append(tx, 1, hash)));
    assertEquals(1, size());
  }

  private static boolean append(io.tallystick.tenancy.SequencerTx tx, long position, byte[] hash)
      throws SQLException {
    new TreeStore(tx::sql).append(position, List.of(hash));
    return true;
  }

  @Test
  void theSequencerSeesWhoWaitsAcrossTenantsAndNothingElse() throws SQLException {
    rig.append(1, 5);
    rig.append(2, 6);
    rig.place();
    rig.append(1, 5);
    rig.append(2, 6);
    rig.sequencing(tx -> {
      assertEquals(2, tx.sql("select 1 from leaf_position").list(row -> 1).size());
      assertEquals(0, tx.sql("select 1 from access_leaf").list(row -> 1).size());
      return true;
    });
    rig.as(
        1,
        tx -> {
          assertEquals(
              new HashSet<>(List.of(1L)),
              new HashSet<>(
                  tx.sql("select tenant_id from leaf_position").list(row -> row.getLong(1))));
          return true;
        });
  }
}
