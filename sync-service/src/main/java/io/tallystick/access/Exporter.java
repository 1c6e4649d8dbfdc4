package io.tallystick.access;

import io.tallystick.access.proof.Export;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes the sealed log of a tenant or holder as {@link Export} lines, page by page: what is sealed
 * never changes, so no transaction has to be held open over the whole. It writes what the database
 * has and judges nothing.
 */
final class Exporter {
  private static final int PAGE = 1_000;

  private final Scope scope;
  private final OutputStream out;
  private long cursor;
  private long leaves;

  private Exporter(Scope scope, OutputStream out) {
    this.scope = scope;
    this.out = out;
  }

  /**
   * What to export.
   *
   * @param holder null for the whole tenant
   * @param size the log's size up to which
   * @param cuts sizes at which the reader wants to compute a root
   */
  record Scope(@Nullable Long holder, long size, List<Long> cuts, SignedNote.Verifier verifier) {}

  /** Opens a transaction as the tenant, for one page. */
  @FunctionalInterface
  interface Pages {
    boolean page(Transactions.Work<Boolean> work);
  }

  /** Writes the export; throws {@link UncheckedIOException} when the reader is gone. */
  static void write(Pages pages, Scope scope, OutputStream out) {
    Exporter exporter = new Exporter(scope, out);
    pages.page(tx -> exporter.begin(tx));
    try {
      boolean more = true;
      while (more) {
        more = pages.page(exporter::next);
      }
      pages.page(tx -> exporter.end(tx, null));
    } catch (TreeStore.Broken e) {
      pages.page(tx -> exporter.end(tx, e.position()));
    }
  }

  private boolean begin(TenantTx tx) {
    Long holder = scope.holder();
    line(
        new Export.Log(
            "log",
            Export.VERSION,
            scope.verifier().name(),
            Long.toString(tx.tenant()),
            holder == null ? null : holder.toString(),
            scope.size(),
            scope.verifier().text()));
    return true;
  }

  private boolean next(TenantTx tx) throws SQLException {
    List<LogStore.Sealed> page = LogStore.sealed(tx, scope.holder(), cursor, scope.size(), PAGE);
    boolean more = page.size() == PAGE;
    long end = more ? page.getLast().position() + 1 : scope.size();
    TreeStore tree = new TreeStore(tx::sql);
    SortedSet<Long> stops = new TreeSet<>(scope.cuts());
    List<LogStore.Stored> covering = new ArrayList<>(covering(tx, page, end));
    covering.forEach(checkpoint -> stops.add(checkpoint.size()));
    stops.add(end);
    for (LogStore.Sealed leaf : page) {
      advance(tree, stops, covering, leaf.position());
      line(leaf(leaf, tree.leafHash(leaf.position())));
      leaves++;
      cursor = leaf.position() + 1;
    }
    advance(tree, stops, covering, end);
    return more;
  }

  private List<LogStore.Stored> covering(TenantTx tx, List<LogStore.Sealed> page, long end)
      throws SQLException {
    List<Long> positions = new ArrayList<>(page.stream().map(LogStore.Sealed::position).toList());
    if (cursor > 0) {
      // The page before may have ended with a leaf whose checkpoint lies in this one.
      positions.add(cursor - 1);
    }
    if (scope.size() > 0) {
      positions.add(scope.size() - 1);
    }
    return LogStore.covering(
            tx::sql, scope.verifier().name(), positions.toArray(Long[]::new), scope.size())
        .stream()
        .filter(checkpoint -> checkpoint.size() > cursor && checkpoint.size() <= end)
        .toList();
  }

  // Covers what lies before the position by subtrees, stopping wherever a root is wanted.
  private void advance(
      TreeStore tree, SortedSet<Long> stops, List<LogStore.Stored> covering, long to)
      throws SQLException {
    for (long stop : List.copyOf(stops.headSet(to + 1))) {
      cover(tree, stop);
      while (!covering.isEmpty() && covering.getFirst().size() == stop) {
        LogStore.Stored checkpoint = covering.removeFirst();
        line(new Export.Signed("checkpoint", checkpoint.size(), checkpoint.note()));
      }
    }
    stops.headSet(to + 1).clear();
    cover(tree, to);
  }

  private void cover(TreeStore tree, long to) throws SQLException {
    while (cursor < to) {
      int level = 63 - Long.numberOfLeadingZeros(to - cursor);
      if (cursor != 0) {
        level = Math.min(level, Long.numberOfTrailingZeros(cursor));
      }
      long index = cursor >>> level;
      line(new Export.Others("others", level, index, tree.hash(level, index)));
      cursor += 1L << level;
    }
  }

  private boolean end(TenantTx tx, @Nullable Long broken) throws SQLException {
    line(new Export.End("end", leaves, LogStore.waiting(tx, scope.holder()), broken));
    return true;
  }

  private static Export.LeafLine leaf(LogStore.Sealed leaf, byte[] hash) {
    Export.Shown shown = null;
    if (leaf.at() != null && leaf.kind() != null) {
      shown =
          new Export.Shown(
              leaf.at().toString(),
              leaf.kind(),
              Long.toString(leaf.holder()),
              text(leaf.consent()),
              text(leaf.connection()),
              text(leaf.client()));
    }
    return new Export.LeafLine(
        "leaf",
        leaf.position(),
        leaf.tenantNumber(),
        leaf.holderNumber(),
        PublicIds.leaf(leaf.holder(), leaf.id()),
        leaf.header(),
        leaf.bodyDigest(),
        hash,
        shown);
  }

  private static @Nullable String text(@Nullable Long number) {
    return number == null ? null : number.toString();
  }

  private void line(Object line) {
    try {
      out.write(Export.mapper().writeValueAsBytes(line));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
