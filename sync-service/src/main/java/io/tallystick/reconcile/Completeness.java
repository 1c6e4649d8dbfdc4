package io.tallystick.reconcile;

import io.tallystick.consent.ConsentState;
import io.tallystick.consent.Coverage;
import io.tallystick.reconcile.Verdict.Cause;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Stream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of each domain and period whether everything is there. A pure function of what was read, of
 * what the venue reports and of what the postings add up to; in doubt it says unknown.
 */
final class Completeness {
  private static final Comparator<GapRow> IN_ORDER =
      Comparator.comparing(GapRow::from, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(GapRow::stream)
          .thenComparing(GapRow::partition)
          .thenComparing(GapRow::id);

  private final Facts facts;

  private Completeness(Facts facts) {
    this.facts = facts;
  }

  /**
   * How far one source was read.
   *
   * @param drainedAt when it last proved that nothing more was there; null when it never did
   */
  record Position(String stream, String partition, @Nullable Instant drainedAt) {}

  /** Entries of which nobody knows what they were, by where their postings went. */
  record Unexplained(int suspense, int opening) {
    boolean any() {
      return suspense + opening > 0;
    }
  }

  /**
   * Everything that is known of a connection.
   *
   * @param visible the domains of which the asker may know; the others are as if not consented to
   * @param lastRun when the newest run under the present consent began that came to its end; null
   *     when none did
   * @param gaps those that are open
   * @param wholeReports whether no report of a wallet had a part that could not be read
   */
  record Facts(
      Coverage coverage,
      Set<Domain> visible,
      List<Stream> streams,
      List<Position> positions,
      @Nullable Instant lastRun,
      List<GapRow> gaps,
      List<Line> lines,
      boolean wholeReports,
      Unexplained unexplained) {}

  /**
   * A period and what can be said of it.
   *
   * @param from null when nothing was to be read
   * @param to null when nothing was proved yet, or the gap is still open
   */
  record Period(@Nullable Instant from, @Nullable Instant to, Verdict verdict) {}

  /**
   * A domain.
   *
   * @param provedUntil the instant up to which all its sources were read to their end; null when
   *     some were not
   * @param periods in order of time; nothing is said of what comes after the last
   */
  record State(
      Domain domain, boolean inConsent, @Nullable Instant provedUntil, List<Period> periods) {

    /** What can be said of all periods together: a gap outweighs doubt, doubt completeness. */
    String verdict() {
      List<String> codes = periods.stream().map(period -> period.verdict().code()).toList();
      return List.of("gap", "unknown").stream()
          .filter(codes::contains)
          .findFirst()
          .orElse("complete");
    }
  }

  /** Every domain, in the order of {@link Domain}. */
  static List<State> of(Facts facts) {
    Completeness completeness = new Completeness(facts);
    List<State> states = new ArrayList<>();
    for (Domain domain : Domain.values()) {
      states.add(completeness.state(domain));
    }
    return states;
  }

  private State state(Domain domain) {
    boolean covered =
        facts.coverage().domains().contains(domain) && facts.visible().contains(domain);
    if (!covered) {
      return nothing(domain, false, Cause.NOT_IN_CONSENT);
    }
    if (facts.coverage().state() != ConsentState.ACTIVE) {
      return nothing(domain, true, Cause.CONSENT_ENDED);
    }
    List<Stream> sources = sources(domain);
    if (sources.isEmpty()) {
      return nothing(domain, true, Cause.NOT_READ_BY_THIS_VERSION);
    }
    Instant proved = proved(sources);
    // A balance is of one instant: nobody is told of the past.
    Instant from =
        domain == Domain.BALANCES && proved != null ? proved : facts.coverage().earliest();
    Instant to = proved != null && proved.isBefore(from) ? null : proved;
    Verdict rest = rest(domain, to);
    boolean compared = rest instanceof Verdict.Complete && domain != Domain.ORDERS;
    Instant heard = compared ? proved(sources(Domain.BALANCES)) : null;
    Instant end = to != null && heard != null && heard.isBefore(to) ? heard : to;
    return new State(domain, true, proved, periods(domain, from, end, rest));
  }

  private static State nothing(Domain domain, boolean inConsent, Cause cause) {
    Period all = new Period(null, null, new Verdict.Unknown(cause));
    return new State(domain, inConsent, null, List.of(all));
  }

  private List<Stream> sources(Domain domain) {
    return facts.streams().stream().filter(stream -> stream.domain() == domain).toList();
  }

  // A domain is as fresh as the source that was read to its end the longest time ago.
  private @Nullable Instant proved(List<Stream> sources) {
    Instant earliest = null;
    for (Stream source : sources) {
      Instant proved =
          source.partition() == Stream.Partition.NONE ? whole(source) : byMarket(source);
      if (proved == null) {
        return null;
      }
      earliest = earliest == null || proved.isBefore(earliest) ? proved : earliest;
    }
    return earliest;
  }

  // A source that is asked for one part after the other was read when the last of them was.
  private @Nullable Instant whole(Stream source) {
    Instant earliest = null;
    for (String part : source.parts()) {
      Instant read = read(source, part);
      if (read == null) {
        return null;
      }
      earliest = earliest == null || read.isBefore(earliest) ? read : earliest;
    }
    return earliest;
  }

  // A quiet read moves no bookmark, and so leaves no time there; the run that made it does.
  private @Nullable Instant read(Stream source, String part) {
    Instant latest = facts.lastRun();
    for (Position position : facts.positions()) {
      Instant drained = position.drainedAt();
      boolean later = drained != null && (latest == null || drained.isAfter(latest));
      if (position.stream().equals(source.name()) && position.partition().equals(part) && later) {
        latest = drained;
      }
    }
    return latest;
  }

  // Which markets there are to be read is known only when a run has ended; and a market that was
  // begun since then, and not read to its end, takes that back.
  private @Nullable Instant byMarket(Stream source) {
    boolean begun =
        facts.positions().stream()
            .filter(position -> position.stream().equals(source.name()))
            .filter(position -> position.drainedAt() == null)
            .anyMatch(position -> !stated(position));
    return begun ? null : facts.lastRun();
  }

  private boolean stated(Position position) {
    return facts.gaps().stream()
        .anyMatch(gap ->
            gap.stream().equals(position.stream()) && gap.partition().equals(position.partition()));
  }

  private List<Period> periods(Domain domain, Instant from, @Nullable Instant to, Verdict rest) {
    List<Period> periods = new ArrayList<>();
    List<GapRow> gaps =
        facts.gaps().stream()
            .filter(gap -> gap.domain().equals(domain.code()))
            .sorted(IN_ORDER)
            .toList();
    @Nullable Instant at = from;
    for (GapRow gap : gaps) {
      Instant begins = begin(gap, from);
      Instant until = earlier(begins, to);
      if (at != null && at.isBefore(until)) {
        periods.add(new Period(at, until, rest));
      }
      periods.add(
          new Period(
              begins,
              gap.to(),
              new Verdict.Gap(
                  gap.id(), gap.reason(), gap.remedy(), gap.stream(), gap.market(), gap.part())));
      at = later(at, gap.to());
    }
    if (gaps.isEmpty() || (at != null && (to == null || at.isBefore(to)))) {
      periods.add(new Period(at, to, rest));
    }
    return periods;
  }

  // A gap that ends before the look-back begins is told where it is, not at the look-back's border.
  private static Instant begin(GapRow gap, Instant from) {
    Instant begin = gap.from();
    if (begin == null) {
      return from;
    }
    boolean before = gap.to() != null && !gap.to().isAfter(from);
    return begin.isBefore(from) && !before ? from : begin;
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }

  // An end that is null is never reached.
  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return null;
    }
    return other.isAfter(one) ? other : one;
  }

  /** What can be said of a domain where no gap is. */
  private Verdict rest(Domain domain, @Nullable Instant proved) {
    if (proved == null) {
      return new Verdict.Unknown(Cause.NOT_READ_TO_THE_END);
    }
    Cause doubt = domain == Domain.ORDERS ? null : doubt();
    return doubt == null ? new Verdict.Complete() : new Verdict.Unknown(doubt);
  }

  // Orders move nothing. Everything else ends in a balance, and only the venue's own balance shows
  // that nothing is missing.
  private @Nullable Cause doubt() {
    boolean heard =
        facts.coverage().domains().contains(Domain.BALANCES)
            && !sources(Domain.BALANCES).isEmpty()
            && proved(sources(Domain.BALANCES)) != null;
    boolean silent =
        facts.lines().stream()
            .anyMatch(line -> line.reported() == null && line.derived().signum() != 0);
    if (!heard || silent || !facts.wholeReports()) {
      return Cause.NO_REPORTED_BALANCE;
    }
    if (facts.lines().stream().anyMatch(line -> Boolean.FALSE.equals(line.agrees()))) {
      // Before a run has read all there is, the difference is what is still to come.
      return facts.lastRun() == null ? Cause.NOT_READ_TO_THE_END : Cause.BALANCES_DIFFER;
    }
    return facts.unexplained().any() ? Cause.UNEXPLAINED_ENTRIES : null;
  }
}
