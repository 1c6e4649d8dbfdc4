package io.tallystick.imports;

import io.tallystick.tenancy.TenantTx;
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
      missing.removeAll(ImportRows.parts(tx, batch.link().holder(), split.getKey()));
      if (!missing.isEmpty()) {
        remarks.add(missing(missing, split.getValue().parts()));
      }
    }
    if (batch.counts().broken() > 0 || !remarks.isEmpty()) {
      remarks.add(ImportWork.exports(batch).advice());
    }
    return remarks.isEmpty() ? null : String.join(" ", remarks);
  }

  private static String missing(Set<Integer> missing, int parts) {
    String named =
        missing.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    String rest = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
    return "Of the %d parts of this export, still missing: %s%s.".formatted(parts, named, rest);
  }
}
