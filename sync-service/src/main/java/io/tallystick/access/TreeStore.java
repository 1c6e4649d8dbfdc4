package io.tallystick.access;

import io.tallystick.access.proof.CompactTree;
import io.tallystick.access.proof.MerkleTree;
import io.tallystick.kernel.Digests;
import io.tallystick.tenancy.Sql;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The SQL of the log's order and tree: leaf hashes by position, and hashes of complete subtrees of
 * 256, 256² … leaves; what lies between is made of these. Rows are appended and never changed. One
 * object serves one transaction.
 */
final class TreeStore implements MerkleTree.Nodes<SQLException> {
  /** Whoever holds it, alone, writes the log. */
  static final long LOCK = Digests.key63("tallystick/access-log");

  private static final int STEP = 8;
  private static final int WIDTH = 1 << STEP;
  private static final int KEPT_BLOCKS = 64;

  private final Statements statements;
  private final Map<Block, byte[][]> blocks =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Block, byte[][]> eldest) {
          return size() > KEPT_BLOCKS;
        }
      };

  private record Block(int step, long index) {}

  /** Makes statements of one transaction. */
  @FunctionalInterface
  interface Statements {
    Sql sql(String text);
  }

  /** Rows of the log are gone or do not follow each other: nothing the service does by itself. */
  static final class Broken extends RuntimeException {
    private final long position;

    Broken(long position) {
      super("the access log has no hash at position " + position);
      this.position = position;
    }

    /** The first position whose hash is missing. */
    long position() {
      return position;
    }
  }

  TreeStore(Statements statements) {
    this.statements = statements;
  }

  /** How many positions are given. */
  long size() throws SQLException {
    return Objects.requireNonNull(
        statements
            .sql("select coalesce(max(position) + 1, 0) from log_position")
            .first(row -> row.getLong(1)));
  }

  /** The hash at this position. */
  byte[] leafHash(long position) throws SQLException {
    return hash(0, position);
  }

  @Override
  public byte[] hash(int level, long index) throws SQLException {
    int step = level / STEP;
    int depth = level % STEP;
    long first = index << depth;
    byte[][] block = block(step, first >>> STEP);
    CompactTree subtree = new CompactTree();
    int offset = (int) (first & (WIDTH - 1));
    for (int i = offset; i < offset + (1 << depth); i++) {
      if (block[i].length == 0) {
        throw new Broken((first - offset + i) << (step * STEP));
      }
      subtree.append(block[i]);
    }
    return subtree.root();
  }

  /** Gives these leaf hashes the positions from {@code first}, which is the present size. */
  void append(long first, List<byte[]> hashes) throws SQLException {
    int n = hashes.size();
    Long[] positions = new Long[n];
    for (int i = 0; i < n; i++) {
      positions[i] = first + i;
    }
    int written =
        statements
            .sql(
                """
                insert into log_position (position, leaf_hash)
                select position, hash from unnest(?::bigint[], ?::bytea[]) as r(position, hash)
                on conflict do nothing
                """)
            .bind((Object) positions)
            .bind((Object) hashes.toArray(byte[][]::new))
            .update();
    if (written != n) {
      throw new IllegalStateException("a leaf or a position of the access log was given twice");
    }
    blocks.clear();
    long from = first;
    long to = first + n;
    for (int step = 1; from >>> STEP < to >>> STEP; step++) {
      from >>>= STEP;
      to >>>= STEP;
      for (long index = from; index < to; index++) {
        node(step, index);
      }
    }
  }

  private void node(int step, long index) throws SQLException {
    CompactTree subtree = new CompactTree();
    byte[][] children = block(step - 1, index);
    for (int i = 0; i < WIDTH; i++) {
      if (children[i].length == 0) {
        throw new Broken((index * WIDTH + i) << ((step - 1) * STEP));
      }
      subtree.append(children[i]);
    }
    statements
        .sql("insert into log_node (level, index, hash) values (?, ?, ?) on conflict do nothing")
        .bind(step, index, subtree.root())
        .update();
  }

  // Missing hashes are empty arrays: at the right edge that is ordinary, elsewhere it is not.
  private byte[][] block(int step, long index) throws SQLException {
    Block name = new Block(step, index);
    byte[][] known = blocks.get(name);
    if (known != null) {
      return known;
    }
    byte[][] hashes = new byte[WIDTH][0];
    long first = index * WIDTH;
    Sql query =
        step == 0
            ? statements
                .sql(
                    """
                    select position, leaf_hash from log_position
                    where position >= ? and position < ?
                    """)
                .bind(first, first + WIDTH)
            : statements
                .sql(
                    """
                    select index, hash from log_node
                    where level = ? and index >= ? and index < ?
                    """)
                .bind(step, first, first + WIDTH);
    query.list(row -> hashes[(int) (row.getLong(1) - first)] = row.getBytes(2));
    blocks.put(name, hashes);
    return hashes;
  }
}
