package io.tallystick.access.proof;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A growing tree that keeps only the hashes on its right edge: at most 64 of them, whatever its
 * size. Takes leaves one by one, or whole subtrees. For one thread.
 */
public final class CompactTree {
  private final MessageDigest digest = MerkleTree.sha256();
  private final byte[][] edge = new byte[Long.SIZE][];
  private long size;

  /** How many leaves were taken. */
  public long size() {
    return size;
  }

  /** Takes the next leaf by its hash. */
  public void append(byte[] leafHash) {
    append(0, leafHash);
  }

  /** Takes the next 2^level leaves by their subtree's hash; the size must be a multiple of that. */
  public void append(int level, byte[] hash) {
    if (level < 0 || level > 62 || (size & ((1L << level) - 1)) != 0) {
      throw new IllegalArgumentException("no subtree of level " + level + " begins at " + size);
    }
    if (hash.length != MerkleTree.HASH_BYTES) {
      throw new IllegalArgumentException("a hash is 32 bytes long");
    }
    byte[] whole = hash.clone();
    int at = level;
    // A bit set in the size is a subtree on the edge; two of one level make one of the next.
    while ((size >>> at & 1) == 1) {
      join(edge[at], whole);
      at++;
    }
    edge[at] = whole;
    size += 1L << level;
  }

  /** The root over all leaves taken so far. */
  public byte[] root() {
    if (size == 0) {
      return digest.digest();
    }
    int at = Long.numberOfTrailingZeros(size);
    byte[] root = Arrays.copyOf(edge[at], MerkleTree.HASH_BYTES);
    for (at++; at < Long.SIZE; at++) {
      if ((size >>> at & 1) == 1) {
        join(edge[at], root);
      }
    }
    return root;
  }

  // Writes the parent over the right child: a million leaves leave no million arrays behind.
  private void join(byte[] left, byte[] right) {
    digest.update((byte) 1);
    digest.update(left);
    digest.update(right);
    try {
      digest.digest(right, 0, right.length);
    } catch (DigestException e) {
      throw new IllegalStateException("a SHA-256 digest fits into 32 bytes", e);
    }
  }
}
