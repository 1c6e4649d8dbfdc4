package io.tallystick.access.proof;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree of RFC 6962, section 2.1: leaf hashes begin with 0x00, inner nodes with 0x01, all by
 * SHA-256. Roots and proofs are made of hashes of complete subtrees; proofs are verified by the
 * steps of RFC 9162, sections 2.1.3.2 and 2.1.4.2. Hashes are 32 bytes.
 */
public final class MerkleTree {
  /** Length of a hash in bytes. */
  public static final int HASH_BYTES = 32;

  private MerkleTree() {}

  /**
   * Where hashes of complete subtrees come from.
   *
   * @param <E> what reading them may throw
   */
  @FunctionalInterface
  public interface Nodes<E extends Exception> {
    /** The hash over the 2^level leaves that begin at position index × 2^level. */
    byte[] hash(int level, long index) throws E;
  }

  /** The hash of a leaf with this content. */
  public static byte[] leafHash(byte[] content) {
    MessageDigest digest = sha256();
    digest.update((byte) 0);
    return digest.digest(content);
  }

  /** The hash of an inner node. */
  public static byte[] nodeHash(byte[] left, byte[] right) {
    MessageDigest digest = sha256();
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }

  /** The root of the first {@code size} leaves; of none, the SHA-256 of nothing. */
  public static <E extends Exception> byte[] root(long size, Nodes<E> nodes) throws E {
    return size == 0 ? sha256().digest() : range(0, size, nodes);
  }

  /** The proof that the leaf at this position is one of the first {@code size}. */
  public static <E extends Exception> List<byte[]> inclusion(
      long position, long size, Nodes<E> nodes) throws E {
    if (position < 0 || position >= size) {
      throw new IllegalArgumentException("position " + position + " is not below " + size);
    }
    List<byte[]> fromRoot = new ArrayList<>();
    long begin = 0;
    long end = size;
    while (end - begin > 1) {
      long middle = begin + split(end - begin);
      if (position < middle) {
        fromRoot.add(range(middle, end, nodes));
        end = middle;
      } else {
        fromRoot.add(range(begin, middle, nodes));
        begin = middle;
      }
    }
    return fromRoot.reversed();
  }

  /** The proof that the first {@code from} leaves are the beginning of the first {@code to}. */
  public static <E extends Exception> List<byte[]> consistency(long from, long to, Nodes<E> nodes)
      throws E {
    if (from < 0 || from > to) {
      throw new IllegalArgumentException("size " + from + " is not within " + to);
    }
    List<byte[]> fromRoot = new ArrayList<>();
    if (from == 0 || from == to) {
      return fromRoot;
    }
    long begin = 0;
    long end = to;
    // Walks down the right edge of the old tree; what it leaves aside on the way is the proof.
    while (from != end) {
      long middle = begin + split(end - begin);
      if (from <= middle) {
        fromRoot.add(range(middle, end, nodes));
        end = middle;
      } else {
        fromRoot.add(range(begin, middle, nodes));
        begin = middle;
      }
    }
    if (begin != 0) {
      fromRoot.add(range(begin, end, nodes));
    }
    return fromRoot.reversed();
  }

  /** Whether the proof shows the leaf hash at this position under the root of that size. */
  public static boolean includes(
      byte[] root, long size, long position, byte[] leafHash, List<byte[]> proof) {
    if (position < 0 || position >= size) {
      return false;
    }
    long node = position;
    long last = size - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = nodeHash(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        hash = nodeHash(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0 && MessageDigest.isEqual(hash, root);
  }

  /** Whether the proof shows that the tree of the first root is a beginning of the second's. */
  public static boolean consistent(
      long from, byte[] fromRoot, long to, byte[] toRoot, List<byte[]> proof) {
    if (from < 0 || from > to) {
      return false;
    }
    if (from == to) {
      return proof.isEmpty() && MessageDigest.isEqual(fromRoot, toRoot);
    }
    if (from == 0) {
      return proof.isEmpty() && MessageDigest.isEqual(fromRoot, sha256().digest());
    }
    if (proof.isEmpty()) {
      return false;
    }
    List<byte[]> path = new ArrayList<>(proof);
    if (Long.bitCount(from) == 1) {
      path.addFirst(fromRoot);
    }
    int level = Long.numberOfTrailingZeros(from);
    long node = (from - 1) >>> level;
    long last = (to - 1) >>> level;
    byte[] old = path.getFirst();
    byte[] grown = path.getFirst();
    for (byte[] sibling : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        old = nodeHash(sibling, old);
        grown = nodeHash(sibling, grown);
        while ((node & 1) == 0 && node != 0) {
          node >>>= 1;
          last >>>= 1;
        }
      } else {
        grown = nodeHash(grown, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    return last == 0
        && MessageDigest.isEqual(old, fromRoot)
        && MessageDigest.isEqual(grown, toRoot);
  }

  /** A fresh digest of the tree's hash function. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  // Ranges that occur begin at a multiple of the power of two that is not below their length.
  private static <E extends Exception> byte[] range(long begin, long end, Nodes<E> nodes) throws E {
    long length = end - begin;
    if (Long.bitCount(length) == 1) {
      int level = Long.numberOfTrailingZeros(length);
      return nodes.hash(level, begin >>> level);
    }
    long middle = begin + split(length);
    return nodeHash(range(begin, middle, nodes), range(middle, end, nodes));
  }

  /** The largest power of two below the length, which is at least two. */
  private static long split(long length) {
    return Long.highestOneBit(length - 1);
  }
}
