package io.tallystick.imports;

import io.tallystick.connection.Link;
import io.tallystick.evidence.Evidence;
import io.tallystick.imports.Taking.Block;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next block, and seals its rows, while the database is busy with the one before: one
 * ahead, never more.
 */
final class Ahead implements AutoCloseable {
  private final RowBlocks blocks;
  private final Link link;
  private final int size;
  private final @Nullable Sealing sealing;
  private long left;
  private volatile boolean fresh = true;
  private Tallies.@Nullable Source source;
  private Map<UUID, Integer> told = Map.of();
  private @Nullable FutureTask<Ready> next;

  /**
   * A block, and its rows by what they are counted by.
   *
   * @param sealed the rows as evidence, if nothing but the block before told of them; null when
   *     nothing is to be kept, or probably is
   */
  record Ready(Block block, Map<UUID, Group> groups, Evidence.@Nullable Sealed sealed) {}

  /** Seals the rows of a block. */
  @FunctionalInterface
  interface Sealing {
    /** The rows as evidence, named by their places among equals as the groups tell them. */
    Evidence.Sealed of(Block block, Map<UUID, Group> groups);
  }

  /**
   * Reads blocks from where they stand now.
   *
   * @param size rows of a block at most
   * @param most rows of all blocks together at most
   * @param sealing how rows are sealed; null when none is to be kept
   */
  Ahead(RowBlocks blocks, Link link, int size, long most, @Nullable Sealing sealing) {
    this.blocks = blocks;
    this.link = link;
    this.size = size;
    this.left = most;
    this.sealing = sealing;
  }

  /** Tells whether the block just taken brought anything new: then the next may well do so too. */
  void brought(boolean news) {
    fresh = news;
  }

  /** The next block; an empty one at the end. */
  Ready take() throws IOException {
    Ready ready = next == null ? read() : awaited(next);
    left -= ready.block().size();
    next = new FutureTask<>(this::read);
    Thread.ofVirtual().name("import-ahead").start(next);
    return ready;
  }

  private Ready read() throws IOException {
    Block block = blocks.next((int) Math.min(left, size));
    Map<UUID, Group> groups = Group.of(link, block);
    carry(block, groups);
    boolean keeps = fresh && block.source() != null;
    return new Ready(block, groups, sealing != null && keeps ? sealing.of(block, groups) : null);
  }

  // Twins may stand on both sides of a block's end, and rows of one second stand together.
  private void carry(Block block, Map<UUID, Group> groups) {
    Map<UUID, Integer> now = new HashMap<>();
    boolean same = block.source() != null && block.source().equals(source);
    groups.forEach((fact, group) -> {
      group.earlier = same ? told.getOrDefault(fact, 0) : 0;
      group.first = group.earlier;
      now.put(fact, group.earlier + group.rows.size());
    });
    source = block.source();
    told = now;
  }

  private static Ready awaited(FutureTask<Ready> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a block was read", e);
    }
  }

  /** Waits until nobody reads any more; the blocks are then free to be closed. */
  @Override
  public void close() throws IOException {
    if (next != null) {
      awaited(next);
    }
  }
}
