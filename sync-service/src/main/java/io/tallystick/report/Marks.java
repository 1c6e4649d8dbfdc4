package io.tallystick.report;

import io.tallystick.kernel.PublicIds;
import io.tallystick.report.reading.ChangeRows;
import io.tallystick.report.reading.Declaration;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.valuation.PriceMarks;
import io.tallystick.valuation.Valuation;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What had been seen of all that can change a report, before it was read.
 *
 * @param books what of the order of changes was seen
 * @param declarations what was declared, with the instant that each is about
 * @param prices what was known of prices
 */
record Marks(ChangeRows.Seen books, Map<String, Instant> declarations, PriceMarks prices) {
  Marks {
    declarations = Map.copyOf(declarations);
  }

  /** What is to be seen now; asked before anything is read. */
  static Marks now(
      TenantTx tx,
      long holder,
      Valuation valuation,
      List<String> places,
      Set<String> assets,
      Map<String, Instant> declared)
      throws SQLException {
    return new Marks(ChangeRows.now(tx, holder), declared, valuation.marks(tx, places, assets));
  }

  /** From when on a report may come out otherwise; {@code Instant.MAX} when it does not. */
  static Instant changed(
      TenantTx tx, Valuation valuation, long holder, Marks then, Map<String, Instant> declared)
      throws SQLException {
    Instant from = Instant.MAX;
    from = earlier(from, ChangeRows.since(tx, holder, then.books()));
    from = earlier(from, valuation.changed(tx, then.prices()));
    Set<String> ids = new HashSet<>(declared.keySet());
    ids.addAll(then.declarations().keySet());
    for (String id : ids) {
      Instant before = then.declarations().get(id);
      Instant now = declared.get(id);
      if (before == null || !before.equals(now)) {
        from = earlier(earlier(from, before), now);
      }
    }
    return from;
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }

  /** What is declared, with the earliest instant that each is about. */
  static Map<String, Instant> declared(TenantTx tx, long holder, List<Declaration> declarations)
      throws SQLException {
    Map<String, UUID> entries = new HashMap<>();
    for (Declaration one : declarations) {
      PublicIds.Timed entry = PublicIds.entry(one.entry());
      if (entry != null) {
        entries.put(one.id(), entry.id());
      }
    }
    Map<UUID, Instant> earliest = ChangeRows.earliest(tx, holder, entries.values());
    Map<String, Instant> declared = new HashMap<>();
    for (Declaration one : declarations) {
      UUID entry = entries.get(one.id());
      Instant at = entry == null ? one.at() : earliest.get(entry);
      declared.put(one.id(), at == null ? Instant.EPOCH : Objects.requireNonNull(at));
    }
    return declared;
  }
}
