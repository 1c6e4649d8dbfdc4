package io.tallystick.imports;

import io.tallystick.imports.ImportRows.Tally;
import io.tallystick.imports.Taking.Block;
import io.tallystick.tenancy.TenantTx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The largest count of any export holds: overlapping exports tell the same events. */
final class Counting {
  private Counting() {}

  /** Counts the rows of a block, and how often each event is told before and after them. */
  static void count(
      TenantTx tx,
      Batch batch,
      Block block,
      Tallies.Source own,
      Map<UUID, Group> groups,
      boolean back)
      throws SQLException {
    if (groups.isEmpty()) {
      return;
    }
    long holder = batch.link().holder();
    List<Tally> told = told(tx, holder, groups.keySet());
    Map<UUID, Tallies> known = known(tx, holder, groups, told);
    // Of what lies outside the look-back, or was not understood then, nothing was taken in.
    Map<UUID, Integer> taken =
        back ? ImportRows.own(tx, holder, own.table(), groups.keySet()) : Map.<UUID, Integer>of();
    if (back) {
      groups.values().removeIf(group -> taken.getOrDefault(group.fact, 0) == 0);
      if (groups.isEmpty()) {
        return;
      }
    }
    Map<UUID, Integer> changes = new HashMap<>();
    for (Group group : groups.values()) {
      int rows = group.rows.size();
      int change = back ? Math.min(rows, taken.getOrDefault(group.fact, 0)) : rows;
      changes.put(group.fact, change);
      Tallies tallies = known.computeIfAbsent(group.event, _ -> new Tallies());
      // Of a trial nothing stays, so what the block before told of it is not there any more.
      tallies.add(own, batch.state() == Batch.State.CHECKING ? group.earlier : 0);
      group.before = tallies.events();
      tallies.add(own, back ? -change : change);
      group.after = tallies.events();
    }
    if (back) {
      ImportRows.less(tx, holder, own.table(), changes);
      return;
    }
    if (batch.state() == Batch.State.CHECKING) {
      changes.keySet().removeIf(fact -> !isWorded(groups.get(fact)));
    }
    if (changes.isEmpty()) {
      return;
    }
    ImportRows.table(tx, batch, own, block.dictionary());
    Set<UUID> again = new HashSet<>();
    for (Tally tally : told) {
      if (tally.source().table().equals(own.table())) {
        again.add(tally.fact());
      }
    }
    Map<UUID, Integer> counted = ImportRows.add(tx, holder, own.table(), changes, again);
    for (Group group : groups.values()) {
      int rows = group.rows.size();
      group.first = counted.getOrDefault(group.fact, rows) - rows;
    }
  }

  private static List<Tally> told(TenantTx tx, long holder, Set<UUID> facts) throws SQLException {
    Set<UUID> near = ImportRows.told(tx, holder, Set.copyOf(facts));
    return near.isEmpty() ? List.of() : ImportRows.tallies(tx, holder, near);
  }

  /** How often tables tell the events of these groups by now. */
  private static Map<UUID, Tallies> known(
      TenantTx tx, long holder, Map<UUID, Group> groups, List<Tally> byFact) throws SQLException {
    Map<UUID, Tallies> known = new HashMap<>();
    List<Tally> told = new ArrayList<>(byFact);
    List<UUID> worded =
        groups.values().stream().filter(Group::isWorded).map(group -> group.event).toList();
    if (!worded.isEmpty()) {
      told.removeIf(tally -> isWorded(groups.get(tally.fact())));
      told.addAll(TellingRows.tallies(tx, holder, worded));
    }
    for (Tally tally : told) {
      known.computeIfAbsent(tally.fact(), _ -> new Tallies()).add(tally.source(), tally.count());
    }
    return known;
  }

  private static boolean isWorded(@Nullable Group group) {
    return group != null && group.isWorded();
  }
}
