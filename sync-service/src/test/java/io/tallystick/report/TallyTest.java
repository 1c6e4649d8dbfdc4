package io.tallystick.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.Profile;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Settings;
import io.tallystick.costbasis.Source;
import io.tallystick.report.reading.Chapter;
import io.tallystick.report.reading.Input;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rests on a person's word is never said to be proved, whatever the method. */
class TallyTest {
  private static Source at(String entry, String time) {
    return new Source(entry, Instant.parse(time), "w");
  }

  private static Event came(String entry, AcquisitionKind kind, String time, Leg leg) {
    Source source = at(entry, time);
    return new Event.Acquired(source, kind, leg, List.of(), source.at());
  }

  private static Event sold(String entry, String time, Leg leg) {
    return new Event.Disposed(at(entry, time), DisposalKind.SALE, leg, List.of(), Selection.NONE);
  }

  private static Chapter chapter(List<String> onWord, Event... events) {
    return new Chapter(
        Arrays.asList(events),
        onWord.stream().map(entry -> new Input.Assumption(entry, "declaration")).toList(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Tally.Year year(Settings settings, Chapter... chapters) {
    return Computation.run(settings, List.of(chapters), null).totals().years().getLast();
  }

  private static void assertSums(String proved, String assumed, Tally.Year year) {
    assertEquals(
        proved + " " + assumed,
        year.proved().stripTrailingZeros().toPlainString()
            + " "
            + year.assumed().stripTrailingZeros().toPlainString());
  }

  private static final Chapter WORD =
      chapter(
          List.of("d1"),
          came("d1", AcquisitionKind.OPENING, "2023-01-01T00:00:00Z", Leg.of("BTC", "1", "100")),
          came("e0", AcquisitionKind.PURCHASE, "2023-01-01T00:00:00Z", Leg.of("ETH", "1", "40")));

  private static final Chapter SALES =
      chapter(
          List.of(),
          sold("e1", "2024-06-01T12:00:00Z", Leg.of("BTC", "1", "30000")),
          sold("e2", "2024-06-01T12:00:00Z", Leg.of("ETH", "1", "50")));

  @ParameterizedTest
  @CsvSource({
    "us, FIFO",
    "uk, UK_SHARES",
    "ca, ACB",
    "jp, TOTAL_AVERAGE",
    "jp, AVERAGE",
    "de, AVERAGE",
    "de, FIFO"
  })
  void aCostThatAPersonDeclaredProvesNothingInAPoolEither(String profile, String method) {
    Settings settings = Profile.of(profile).settings(Map.of("method", method));
    assertSums("10", "29900", year(settings, WORD, SALES));
    Computation first = new Computation(Computation.Before.nothing(settings));
    first.chapter(WORD);
    Tally.Totals kept = Canon.read(Canon.text(first.save().totals()), Tally.Totals.class);
    Computation.Before saved = first.save();
    Computation next =
        new Computation(
            new Computation.Before(saved.state(), kept, saved.assumed(), saved.refused()));
    next.chapter(SALES);
    next.close(null);
    assertSums("10", "29900", next.totals().years().getLast());
  }

  @Test
  void anAverageThatAWordWentIntoIsNoneOfEvidenceWhicheverLotIsTheOldest() {
    Settings settings = Profile.of("de").settings(Map.of("method", "AVERAGE"));
    Chapter mixed =
        chapter(
            List.of("d1"),
            came("e0", AcquisitionKind.PURCHASE, "2023-01-01T00:00:00Z", Leg.of("BTC", "1", "300")),
            came("d1", AcquisitionKind.OPENING, "2023-02-01T00:00:00Z", Leg.of("BTC", "1", "100")),
            sold("e1", "2024-06-01T12:00:00Z", Leg.of("BTC", "1", "1000")));
    assertSums("0", "800", year(settings, mixed));
  }

  @Test
  void aDayOfSalesRestsOnAWordWhereOneOfThemDoes() {
    Settings settings = Profile.of("uk").settings();
    Chapter day =
        chapter(
            List.of("e2"),
            came("e0", AcquisitionKind.PURCHASE, "2023-01-01T00:00:00Z", Leg.of("BTC", "2", "200")),
            sold("e1", "2024-06-01T12:00:00Z", Leg.of("BTC", "1", "500")),
            sold("e2", "2024-06-01T13:00:00Z", Leg.of("BTC", "1", "500")));
    assertSums("0", "800", year(settings, day));
  }

  @Test
  void whatIsDeniedOfALossOnAWordIsNotProved() {
    Settings settings = Profile.of("ca").settings();
    Chapter loss =
        chapter(
            List.of("d1"),
            came("d1", AcquisitionKind.OPENING, "2023-01-01T00:00:00Z", Leg.of("BTC", "2", "200")),
            sold("e1", "2024-06-01T12:00:00Z", Leg.of("BTC", "2", "100")),
            came("e2", AcquisitionKind.PURCHASE, "2024-06-09T00:00:00Z", Leg.of("BTC", "1", "9")));
    assertSums("0", "-50", year(settings, loss));
  }
}
