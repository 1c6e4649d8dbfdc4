package io.tallystick.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.consent.ConsentState;
import io.tallystick.consent.Coverage;
import io.tallystick.reconcile.Completeness.Facts;
import io.tallystick.reconcile.Completeness.Position;
import io.tallystick.reconcile.Completeness.State;
import io.tallystick.reconcile.Completeness.Unexplained;
import io.tallystick.reconcile.Line.Reported;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompletenessRulesTest {
  private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant RUN = Instant.parse("2026-01-01T12:00:00Z");
  private static final Set<Domain> READ =
      EnumSet.of(
          Domain.BALANCES, Domain.TRADES, Domain.ORDERS, Domain.DEPOSITS, Domain.WITHDRAWALS);
  private static final List<Stream> STREAMS =
      ServiceLoader.load(Venue.class).stream()
          .map(ServiceLoader.Provider::get)
          .filter(venue -> venue.id().equals("binance"))
          .flatMap(venue -> venue.streams().stream())
          .toList();

  /** What is known, to be changed by each test; at first all is well. */
  private static final class Known {
    ConsentState state = ConsentState.ACTIVE;
    Set<Domain> domains = READ;
    List<Position> positions = new ArrayList<>();
    @Nullable Instant lastRun = RUN;
    List<GapRow> gaps = new ArrayList<>();
    List<Line> lines = new ArrayList<>(List.of(line("spot", "BTC", "1.5", "1.50")));
    boolean wholeReports = true;
    Unexplained unexplained = new Unexplained(0, 0);

    State of(Domain domain) {
      Coverage coverage = new Coverage(state, domains, EARLIEST, EARLIEST);
      return Completeness.of(
              new Facts(
                  coverage,
                  EnumSet.allOf(Domain.class),
                  STREAMS,
                  positions,
                  lastRun,
                  gaps,
                  lines,
                  wholeReports,
                  unexplained))
          .get(domain.ordinal());
    }

    /** The periods of a domain as one text each. */
    List<String> periods(Domain domain) {
      return of(domain).periods().stream()
          .map(period ->
              (period.from() == null ? ".." : day(period.from()))
                  + "/"
                  + (period.to() == null ? ".." : day(period.to()))
                  + " "
                  + switch (period.verdict()) {
                    case Verdict.Complete _ -> "complete";
                    case Verdict.Gap gap -> gap.reason() + " " + gap.market();
                    case Verdict.Unknown unknown -> unknown.cause().code();
                  })
          .toList();
    }

    void gap(
        Domain domain, String stream, String market, @Nullable String from, @Nullable String to) {
      gaps.add(
          new GapRow(
              new UUID(0, gaps.size()),
              domain.code(),
              stream,
              market,
              "market-refused",
              from == null ? null : Instant.parse(from + "T00:00:00Z"),
              to == null ? null : Instant.parse(to + "T00:00:00Z"),
              "import it",
              null,
              RUN,
              null));
    }
  }

  private static String day(Instant instant) {
    return instant.toString().substring(0, 10);
  }

  private static Line line(String wallet, String asset, @Nullable String reported, String derived) {
    BigDecimal zero = BigDecimal.ZERO;
    return new Line(
        wallet,
        asset,
        reported == null ? null : new Reported(new BigDecimal(reported), zero, zero, zero, RUN),
        new BigDecimal(derived));
  }

  @Test
  void whatWasReadToItsEndAndAddsUpIsComplete() {
    Known known = new Known();
    for (Domain domain : READ) {
      String from = domain == Domain.BALANCES ? "2026-01-01" : "2025-01-01";
      assertEquals(List.of(from + "/2026-01-01 complete"), known.periods(domain), domain.code());
      assertEquals(RUN, known.of(domain).provedUntil());
      assertEquals("complete", known.of(domain).verdict());
    }
  }

  @Test
  void aDifferenceInTheLastDigitMakesEverythingThatMovesUnknown() {
    Known known = new Known();
    known.lines.add(line("funding", "USDT", "0.000000000000000001", "0"));
    for (Domain domain : READ) {
      boolean moves = domain != Domain.ORDERS;
      assertEquals(moves ? "unknown" : "complete", known.of(domain).verdict(), domain.code());
    }
    assertEquals(List.of("2025-01-01/2026-01-01 balances-differ"), known.periods(Domain.TRADES));
  }

  @Test
  void withoutAReportThereIsNothingToProveTheSumsBy() {
    Known silent = new Known();
    silent.lines.add(line("earn", "BTC", null, "1"));
    assertEquals(
        List.of("2025-01-01/2026-01-01 no-reported-balance"), silent.periods(Domain.DEPOSITS));
    Known empty = new Known();
    empty.lines.add(line("earn", "BTC", null, "0.00"));
    assertEquals("complete", empty.of(Domain.DEPOSITS).verdict(), "nothing there, nothing to say");
    Known torn = new Known();
    torn.wholeReports = false;
    assertEquals(
        List.of("2025-01-01/2026-01-01 no-reported-balance"),
        torn.periods(Domain.DEPOSITS),
        "an asset that could not be read may be anything");
    Known without = new Known();
    without.domains = EnumSet.of(Domain.TRADES, Domain.DEPOSITS, Domain.ORDERS);
    assertEquals(
        List.of("2025-01-01/2026-01-01 no-reported-balance"), without.periods(Domain.TRADES));
    assertEquals("complete", without.of(Domain.ORDERS).verdict());
  }

  @Test
  void whatIsInSuspenseOrDeclaredAsOpeningIsUnexplained() {
    for (Unexplained some : List.of(new Unexplained(1, 0), new Unexplained(0, 1))) {
      Known known = new Known();
      known.unexplained = some;
      assertEquals(
          List.of("2025-01-01/2026-01-01 unexplained-entries"), known.periods(Domain.TRADES));
      assertEquals("complete", known.of(Domain.ORDERS).verdict());
    }
  }

  @Test
  void domainsThatNobodyReadsSayWhy() {
    Known known = new Known();
    assertEquals(List.of("../.. not-in-consent"), known.periods(Domain.CONVERTS));
    known.domains = EnumSet.allOf(Domain.class);
    assertEquals(List.of("../.. not-read-by-this-version"), known.periods(Domain.FUTURES));
    assertNull(known.of(Domain.FUTURES).provedUntil());
    known.state = ConsentState.WITHDRAWN;
    assertEquals(List.of("../.. consent-ended"), known.periods(Domain.TRADES));
  }

  @Test
  void beforeTheFirstRunHasEndedOnlyWholeSourcesCanBeProved() {
    Known known = new Known();
    known.lastRun = null;
    assertEquals(List.of("2025-01-01/.. not-read-to-the-end"), known.periods(Domain.DEPOSITS));
    Instant drained = RUN.minus(Duration.ofDays(1));
    for (Stream stream : STREAMS) {
      known.positions.add(
          new Position(
              stream.name(),
              stream.partition() == Stream.Partition.NONE ? "" : "BTCUSDT",
              drained));
    }
    assertEquals(List.of("2025-01-01/2025-12-31 complete"), known.periods(Domain.DEPOSITS));
    assertEquals(
        List.of("2025-01-01/.. not-read-to-the-end"),
        known.periods(Domain.TRADES),
        "one market read does not tell that there is no other");
  }

  @Test
  void aDifferenceDuringTheFirstRunIsWhatIsStillToCome() {
    Known known = new Known();
    known.lastRun = null;
    STREAMS.stream()
        .filter(stream -> stream.partition() == Stream.Partition.NONE)
        .forEach(stream -> known.positions.add(new Position(stream.name(), "", RUN)));
    known.lines.add(line("spot", "USDT", "5", "0"));
    assertEquals("not-read-to-the-end", known.periods(Domain.DEPOSITS).getFirst().substring(22));
    known.lastRun = RUN;
    assertEquals(List.of("2025-01-01/2026-01-01 balances-differ"), known.periods(Domain.DEPOSITS));
  }

  @Test
  void whatIsAskedByMarketIsKnownAndOtherPartsAreNoMarkets() {
    for (Stream stream : STREAMS) {
      boolean known = GapRow.BY_MARKET.contains(stream.domain().code());
      assertTrue(stream.partition() == Stream.Partition.NONE || known, stream.name());
      assertTrue(!known || stream.parts().size() == 1, stream.name());
    }
    Known known = new Known();
    known.domains = EnumSet.of(Domain.BALANCES, Domain.P2P);
    known.gap(Domain.P2P, "peer-trades", "SELL", "2025-01-01", "2025-07-01");
    var gap =
        assertInstanceOf(Verdict.Gap.class, known.of(Domain.P2P).periods().getFirst().verdict());
    assertNull(gap.market());
    assertEquals("SELL", gap.part());
  }

  @Test
  void aSourceInPartsIsReadWhenTheLastOfThemIs() {
    Known known = new Known();
    known.domains = EnumSet.of(Domain.BALANCES, Domain.P2P);
    known.lastRun = null;
    Instant sold = RUN.plus(Duration.ofDays(1));
    known.positions.add(new Position("peer-trades", "BUY", sold.plusSeconds(9)));
    assertEquals(List.of("2025-01-01/.. not-read-to-the-end"), known.periods(Domain.P2P));
    known.positions.add(new Position("peer-trades", "SELL", sold));
    assertEquals(sold, known.of(Domain.P2P).provedUntil());
    known.lastRun = RUN.plus(Duration.ofDays(1).plusHours(1));
    assertEquals(known.lastRun, known.of(Domain.P2P).provedUntil());
  }

  @Test
  void aMarketBegunAndNotReadToItsEndTakesTheProofBackUnlessAGapSaysSo() {
    Known known = new Known();
    known.positions.add(new Position("spot-trades", "ETHBTC", null));
    assertEquals(List.of("2025-01-01/.. not-read-to-the-end"), known.periods(Domain.TRADES));
    known.gap(Domain.TRADES, "spot-trades", "ETHBTC", null, null);
    assertEquals(List.of("2025-01-01/.. market-refused ETHBTC"), known.periods(Domain.TRADES));
    assertEquals("gap", known.of(Domain.TRADES).verdict());
    assertEquals("complete", known.of(Domain.DEPOSITS).verdict(), "gaps are of their domain");
  }

  @Test
  void datedGapsLeaveTheRestOfTheTimeAsItIs() {
    Known known = new Known();
    known.gap(Domain.TRADES, "spot-trades", "B", "2025-06-01", "2025-07-01");
    known.gap(Domain.TRADES, "spot-trades", "A", "2025-05-01", "2025-06-15");
    known.gap(Domain.TRADES, "spot-trades", "C", "2024-01-01", "2025-02-01");
    known.gap(Domain.TRADES, "spot-trades", "D", "2025-09-09", "2025-09-09");
    assertEquals(
        List.of(
            "2025-01-01/2025-02-01 market-refused C",
            "2025-02-01/2025-05-01 complete",
            "2025-05-01/2025-06-15 market-refused A",
            "2025-06-01/2025-07-01 market-refused B",
            "2025-07-01/2025-09-09 complete",
            "2025-09-09/2025-09-09 market-refused D",
            "2025-09-09/2026-01-01 complete"),
        known.periods(Domain.TRADES));
    known.gap(Domain.TRADES, "spot-trades", "E", "2026-03-01", null);
    List<String> periods = known.periods(Domain.TRADES);
    assertEquals("2025-09-09/2026-01-01 complete", periods.get(6), "nothing behind the proof");
    assertEquals("2026-03-01/.. market-refused E", periods.getLast());
  }

  @Test
  void nothingIsCompleteBeyondTheLastReportedBalance() {
    Known known = new Known();
    known.lastRun = null;
    Instant later = RUN.plus(Duration.ofDays(3));
    for (Stream stream : STREAMS) {
      known.positions.add(
          new Position(stream.name(), "", stream.domain() == Domain.BALANCES ? RUN : later));
    }
    assertEquals(List.of("2025-01-01/2026-01-01 complete"), known.periods(Domain.DEPOSITS));
    assertEquals(later, known.of(Domain.DEPOSITS).provedUntil());
  }

  @Test
  void aConsentGivenAfterTheLastReadingProvesNothing() {
    Known known = new Known();
    known.lastRun = EARLIEST.minusSeconds(1);
    assertEquals(List.of("2025-01-01/.. not-read-to-the-end"), known.periods(Domain.DEPOSITS));
  }
}
