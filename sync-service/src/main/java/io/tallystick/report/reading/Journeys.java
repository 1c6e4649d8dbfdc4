package io.tallystick.report.reading;

import io.tallystick.ledger.EntryKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
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
public final class Journeys {
  private static final Duration LONGEST = Duration.ofDays(7);
  // What one venue calls sent may be a little later than what another calls arrived.
  private static final Duration SLACK = Duration.ofMinutes(10);

  /** An entry of a transfer may change how another one, so long before it, is read. */
  public static final Duration REACH = LONGEST.plus(SLACK);

  private final Map<String, BookEntry> endByStart = new HashMap<>();
  private final Map<String, BookEntry> startByEnd = new HashMap<>();
  private final List<BookEntry> starts = new ArrayList<>();

  /**
   * What must be known of the time up to an instant to go on from there.
   *
   * @param open withdrawals whose end may still come
   * @param begun journeys that ended by then and began, by the clock of another venue, later
   */
  public record Underway(List<BookEntry> open, List<Pair> begun) {
    /** Nobody is on the way. */
    public static final Underway NOBODY = new Underway(List.of(), List.of());

    public Underway {
      open = List.copyOf(open);
      begun = List.copyOf(begun);
    }
  }

  /** A withdrawal and the deposit as which it arrived. */
  public record Pair(BookEntry start, BookEntry end) {}

  Journeys(Collection<BookEntry> entries) {
    this(Underway.NOBODY, entries);
  }

  /**
   * Journeys from an instant on.
   *
   * @param before what was known then
   * @param entries later deposits and withdrawals; others may be among them
   */
  public Journeys(Underway before, Collection<BookEntry> entries) {
    before.begun().forEach(pair -> pair(pair.start(), pair.end()));
    Map<String, List<BookEntry>> sent = new HashMap<>();
    List<BookEntry> came = new ArrayList<>();
    List<BookEntry> all = new ArrayList<>(before.open());
    all.addAll(entries);
    all.sort(Comparator.comparing(BookEntry::at).thenComparing(BookEntry::id));
    for (BookEntry entry : all) {
      if (entry.kind() == EntryKind.WITHDRAWAL && entry.txid() != null) {
        sent.computeIfAbsent(key(entry), _ -> new ArrayList<>()).add(entry);
        starts.add(entry);
      } else if (entry.kind() == EntryKind.DEPOSIT && entry.txid() != null) {
        came.add(entry);
      }
    }
    for (BookEntry end : came) {
      for (BookEntry start : sent.getOrDefault(key(end), List.of())) {
        if (!endByStart.containsKey(start.id()) && fits(start, end)) {
          pair(start, end);
          break;
        }
      }
    }
  }

  private void pair(BookEntry start, BookEntry end) {
    endByStart.put(start.id(), end);
    startByEnd.put(end.id(), start);
  }

  /** What is known of the time up to an instant, if nothing later is. */
  public Underway underway(Instant to) {
    List<BookEntry> open = new ArrayList<>();
    List<Pair> begun = new ArrayList<>();
    for (BookEntry start : starts) {
      BookEntry end = endByStart.get(start.id());
      if (end != null && !end.at().isAfter(to)) {
        if (start.at().isAfter(to)) {
          begun.add(new Pair(start, end));
        }
      } else if (!start.at().isAfter(to) && !start.at().plus(LONGEST).isBefore(to)) {
        open.add(start);
      }
    }
    return new Underway(open, begun);
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
