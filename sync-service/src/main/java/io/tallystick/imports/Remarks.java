package io.tallystick.imports;

import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Exports;
import io.tallystick.venue.Exports.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to be said about a file that was read to its end, and is seen from no row of it. */
final class Remarks {
  private static final int NAMED = 10;
  private static final String IDLE =
      " rows book nothing: what they tell was not carried out, or not yet, or changes no balance.";

  private Remarks() {}

  /** A split export, and which parts of it are known. */
  private record Split(int parts, Set<Integer> here) {}

  /**
   * The remarks as sentences, and where the file has to be downloaded once more, what to know about
   * that; null when there is nothing to say. Nothing of the file's content is in them.
   *
   * @param cut the tables whose last line had no line end
   * @param export what the parts of a table's export have in common
   */
  static @Nullable String of(
      TenantTx tx,
      Batch batch,
      List<Table> tables,
      List<Integer> cut,
      Function<Table, String> export)
      throws SQLException {
    Exports exports = ImportWork.exports(batch);
    List<String> remarks = new ArrayList<>();
    for (int table : cut) {
      String which = tables.size() > 1 ? " of table " + (table + 1) : "";
      remarks.add(
          "The last line"
              + which
              + " has no line end: if the file was cut off, download it again.");
    }
    TreeMap<String, Split> splits = new TreeMap<>();
    for (Table table : tables) {
      if (table.parts() > 0) {
        splits
            .computeIfAbsent(export.apply(table), _ -> new Split(table.parts(), new TreeSet<>()))
            .here()
            .add(table.part());
      }
    }
    for (var split : splits.entrySet()) {
      Set<Integer> missing = new TreeSet<>();
      for (int part = 1; part <= split.getValue().parts(); part++) {
        missing.add(part);
      }
      missing.removeAll(split.getValue().here());
      missing.removeAll(ImportRows.parts(tx, batch.link(), split.getKey()));
      if (!missing.isEmpty()) {
        remarks.add(missing(missing, split.getValue().parts()));
      }
    }
    String caution = batch.kind() == null ? null : exports.caution(batch.kind());
    boolean again = batch.counts().broken() > 0 || !remarks.isEmpty();
    if (caution != null) {
      remarks.add(caution);
    } else if (idle(batch.counts()) > 0) {
      remarks.add(idle(batch.counts()) + IDLE);
    }
    if (again) {
      remarks.add(exports.advice());
    }
    return remarks.isEmpty() ? null : String.join(" ", remarks);
  }

  // Understood, and neither an event nor a change of a balance.
  private static long idle(Batch.Counts counts) {
    return counts.read() - counts.added() - counts.matched();
  }

  private static String missing(Set<Integer> missing, int parts) {
    String named =
        missing.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    String rest = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
    return "Of the %d parts of this export, missing when this one was read: %s%s."
        .formatted(parts, named, rest);
  }
}
