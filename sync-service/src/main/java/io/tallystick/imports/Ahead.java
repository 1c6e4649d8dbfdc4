package io.tallystick.imports;

import io.tallystick.connection.Link;
import io.tallystick.imports.Taking.Block;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Reads the next block while the database is busy with the one before: one ahead, never more. */
final class Ahead implements AutoCloseable {
  private final RowBlocks blocks;
  private final Link link;
  private final int size;
  private long left;
  private @Nullable FutureTask<Ready> next;

  /** A block, and its rows by what they are counted by. */
  record Ready(Block block, Map<UUID, Group> groups) {
    static Ready of(Link link, Block block) {
      return new Ready(block, Group.of(link, block));
    }
  }

  /**
   * Reads blocks from where they stand now.
   *
   * @param size rows of a block at most
   * @param most rows of all blocks together at most
   */
  Ahead(RowBlocks blocks, Link link, int size, long most) {
    this.blocks = blocks;
    this.link = link;
    this.size = size;
    this.left = most;
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
    return Ready.of(link, blocks.next((int) Math.min(left, size)));
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
