package io.tallystick.access.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  private static final HexFormat HEX = HexFormat.of();

  /** The leaves of the test tree that Certificate Transparency logs have shared since RFC 6962. */
  private static final List<byte[]> LEAVES =
      List.of(
          HEX.parseHex(""),
          HEX.parseHex("00"),
          HEX.parseHex("10"),
          HEX.parseHex("2021"),
          HEX.parseHex("3031"),
          HEX.parseHex("40414243"),
          HEX.parseHex("5051525354555657"),
          HEX.parseHex("606162636465666768696a6b6c6d6e6f"));

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static final String NODE_6_7 =
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";

  @Test
  void rootsAreTheKnownOnes() {
    MerkleTree.Nodes<RuntimeException> nodes = nodes(hashes(LEAVES));
    CompactTree compact = new CompactTree();
    for (int size = 0; size <= LEAVES.size(); size++) {
      assertEquals(ROOTS.get(size), HEX.formatHex(MerkleTree.root(size, nodes)));
      assertEquals(ROOTS.get(size), HEX.formatHex(compact.root()));
      if (size < LEAVES.size()) {
        compact.append(MerkleTree.leafHash(LEAVES.get(size)));
      }
    }
  }

  @Test
  void inclusionProofsAreTheKnownOnes() {
    MerkleTree.Nodes<RuntimeException> nodes = nodes(hashes(LEAVES));
    assertEquals(
        List.of(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            NODE_6_7,
            ROOTS.get(4)),
        hex(MerkleTree.inclusion(5, 8, nodes)));
    assertEquals(List.of(ROOTS.get(2)), hex(MerkleTree.inclusion(2, 3, nodes)));
  }

  @Test
  void consistencyProofsAreTheKnownOnes() {
    MerkleTree.Nodes<RuntimeException> nodes = nodes(hashes(LEAVES));
    assertEquals(
        List.of(
            "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
            "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
            ROOTS.get(2),
            "837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e"),
        hex(MerkleTree.consistency(3, 7, nodes)));
    assertEquals(
        List.of("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
        hex(MerkleTree.consistency(4, 8, nodes)));
    assertEquals(
        List.of(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            NODE_6_7,
            ROOTS.get(4)),
        hex(MerkleTree.consistency(6, 8, nodes)));
  }

  @Test
  void everyProofOfEverySmallTreeVerifiesAndNoOtherDoes() {
    List<byte[]> hashes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      hashes.add(MerkleTree.leafHash(new byte[] {(byte) i}));
    }
    MerkleTree.Nodes<RuntimeException> nodes = nodes(hashes);
    for (int size = 1; size <= hashes.size(); size++) {
      byte[] root = MerkleTree.root(size, nodes);
      for (int position = 0; position < size; position++) {
        List<byte[]> proof = MerkleTree.inclusion(position, size, nodes);
        byte[] leaf = hashes.get(position);
        assertTrue(MerkleTree.includes(root, size, position, leaf, proof));
        int other = (position + 1) % size;
        assertEquals(other == position, MerkleTree.includes(root, size, other, leaf, proof));
        for (List<byte[]> wrong : mutations(proof)) {
          assertFalse(MerkleTree.includes(root, size, position, leaf, wrong));
        }
      }
      for (int from = 0; from <= size; from++) {
        byte[] old = MerkleTree.root(from, nodes);
        List<byte[]> proof = MerkleTree.consistency(from, size, nodes);
        assertTrue(MerkleTree.consistent(from, old, size, root, proof));
        byte[] forged = MerkleTree.leafHash(old);
        assertFalse(MerkleTree.consistent(from, forged, size, root, proof));
        for (List<byte[]> wrong : mutations(proof)) {
          assertFalse(MerkleTree.consistent(from, old, size, root, wrong));
        }
      }
    }
  }

  @Test
  void aTreeGrownBySubtreesIsTheTreeGrownByLeaves() {
    long seed = 20261121;
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 50; round++) {
      List<byte[]> hashes = new ArrayList<>();
      for (int i = random.nextInt(1, 600); i > 0; i--) {
        byte[] hash = new byte[32];
        random.nextBytes(hash);
        hashes.add(hash);
      }
      MerkleTree.Nodes<RuntimeException> nodes = nodes(hashes);
      CompactTree compact = new CompactTree();
      while (compact.size() < hashes.size()) {
        long size = compact.size();
        int level = size == 0 ? 9 : Long.numberOfTrailingZeros(size);
        while (size + (1L << level) > hashes.size() || (level > 0 && random.nextBoolean())) {
          level--;
        }
        compact.append(level, nodes.hash(level, size >>> level));
      }
      assertArrayEquals(MerkleTree.root(hashes.size(), nodes), compact.root());
    }
  }

  @Test
  void aSubtreeThatDoesNotFitIsRefused() {
    CompactTree tree = new CompactTree();
    tree.append(new byte[32]);
    assertThrows(IllegalArgumentException.class, () -> tree.append(1, new byte[32]));
    assertThrows(IllegalArgumentException.class, () -> tree.append(new byte[31]));
    assertThrows(
        IllegalArgumentException.class, () -> MerkleTree.inclusion(3, 3, nodes(hashes(LEAVES))));
  }

  @Test
  @Tag("benchmark")
  void aMillionLeavesAreHashedInASecondOrTwo() {
    byte[] content = new byte[150];
    for (int round = 0; round < 3; round++) {
      CompactTree tree = new CompactTree();
      long start = System.nanoTime();
      for (int i = 0; i < 1_000_000; i++) {
        content[i & 127]++;
        tree.append(MerkleTree.leafHash(content));
      }
      System.out.println(
          "1,000,000 leaves of 150 bytes hashed in "
              + (System.nanoTime() - start) / 1_000_000
              + " ms, root "
              + HEX.formatHex(tree.root(), 0, 4));
    }
  }

  private static List<List<byte[]>> mutations(List<byte[]> proof) {
    List<List<byte[]>> wrong = new ArrayList<>();
    List<byte[]> longer = new ArrayList<>(proof);
    longer.add(new byte[32]);
    wrong.add(longer);
    if (!proof.isEmpty()) {
      wrong.add(proof.subList(0, proof.size() - 1));
      wrong.add(proof.subList(1, proof.size()));
      for (int i = 0; i < proof.size(); i++) {
        List<byte[]> changed = new ArrayList<>(proof);
        byte[] hash = changed.get(i).clone();
        hash[i % 32] ^= 1;
        changed.set(i, hash);
        wrong.add(changed);
      }
    }
    return wrong;
  }

  private static List<byte[]> hashes(List<byte[]> leaves) {
    return leaves.stream().map(MerkleTree::leafHash).toList();
  }

  private static List<String> hex(List<byte[]> hashes) {
    return hashes.stream().map(HEX::formatHex).toList();
  }

  /** Subtrees by the definition of RFC 6962, with nothing kept. */
  private static MerkleTree.Nodes<RuntimeException> nodes(List<byte[]> hashes) {
    return (level, index) -> {
      List<byte[]> row =
          hashes.subList(Math.toIntExact(index << level), Math.toIntExact((index + 1) << level));
      while (row.size() > 1) {
        List<byte[]> above = new ArrayList<>();
        for (int i = 0; i < row.size(); i += 2) {
          above.add(MerkleTree.nodeHash(row.get(i), row.get(i + 1)));
        }
        row = above;
      }
      return Arrays.copyOf(row.getFirst(), 32);
    };
  }
}
