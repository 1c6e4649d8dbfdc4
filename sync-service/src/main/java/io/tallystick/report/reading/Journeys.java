package io.tallystick.report.reading;

import io.tallystick.ledger.EntryKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which withdrawal arrived as which deposit: the same asset and chain id, no more than was sent,
 * not long after it was. Each is taken once.
 */
final class Journeys {
  private static final Duration LONGEST = Duration.ofDays(7);
  // What one venue calls sent may be a little later than what another calls arrived.
  private static final Duration SLACK = Duration.ofMinutes(10);

  private final Map<String, BookEntry> endByStart = new HashMap<>();
  private final Map<String, BookEntry> startByEnd = new HashMap<>();

  Journeys(Collection<BookEntry> entries) {
    Map<String, List<BookEntry>> sent = new HashMap<>();
    List<BookEntry> came = new ArrayList<>();
    for (BookEntry entry : entries) {
      if (entry.kind() == EntryKind.WITHDRAWAL && entry.txid() != null) {
        sent.computeIfAbsent(key(entry), _ -> new ArrayList<>()).add(entry);
      } else if (entry.kind() == EntryKind.DEPOSIT && entry.txid() != null) {
        came.add(entry);
      }
    }
    came.sort(Comparator.comparing(BookEntry::at).thenComparing(BookEntry::id));
    sent.values()
        .forEach(
            list -> list.sort(Comparator.comparing(BookEntry::at).thenComparing(BookEntry::id)));
    for (BookEntry end : came) {
      for (BookEntry start : sent.getOrDefault(key(end), List.of())) {
        if (!endByStart.containsKey(start.id()) && fits(start, end)) {
          endByStart.put(start.id(), end);
          startByEnd.put(end.id(), start);
          break;
        }
      }
    }
  }

  /** Where a withdrawal arrived; null when nobody saw it. */
  @Nullable BookEntry endOf(BookEntry withdrawal) {
    return endByStart.get(withdrawal.id());
  }

  /** Whether a deposit is the end of a withdrawal. */
  boolean ends(BookEntry deposit) {
    return startByEnd.containsKey(deposit.id());
  }

  private static boolean fits(BookEntry start, BookEntry end) {
    Duration took = Duration.between(start.at(), end.at());
    return took.compareTo(SLACK.negated()) >= 0
        && took.compareTo(LONGEST) <= 0
        && moved(end).compareTo(moved(start)) <= 0
        && !start.connection().equals(end.connection());
  }

  private static String key(BookEntry entry) {
    String asset = entry.flows().isEmpty() ? "" : entry.flows().getFirst().asset();
    return entry.txid() + " " + asset;
  }

  private static BigDecimal moved(BookEntry entry) {
    Movements moved = Movements.of(entry);
    return moved.arrived().values().stream()
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .add(moved.departed().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
  }
}
