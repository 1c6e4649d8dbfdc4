package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was read in time is not lost, though the venue forgets it later. */
@QuarkusTest
@TestProfile(EngineProfile.class)
@WithTestResource(TestDatabase.class)
class ForgottenLaterTest extends OnStage {
  private static final List<String> DOMAINS = List.of("balances", "p2p");
  private static final Duration MEMORY = Duration.ofDays(180);

  @Test
  @DisplayName("F11 what was read in time is no gap when its list is walked anew")
  void whatWasReadInTimeIsNoGapWhenItsListIsWalkedAnew() {
    Subject subject = stage.subject(stage.small(94), DOMAINS, justRemembered()).connect();
    subject.runWell();
    assertEquals(List.of(), subject.gaps(), "all of it lies within the venue's memory");
    List<String> began =
        subject.texts(
            "select date_trunc('milliseconds', read_from) from bookmark"
                + " where stream = 'peer-trades' order by 1");

    walkedAnew(subject, "peer-trades", 2);
    walkedAnew(subject, "peer-trades", 2);
    assertEquals(List.of(), subject.gaps());

    subject.moveTo(subject.consent(DOMAINS, 400));
    subject.runWell();
    List<String> missed = periods(subject, "from_at || ' ' || to_at");
    assertEquals(2, subject.gaps().size(), "one for each side");
    assertEquals(began, periods(subject, "to_at"), "the wider consent came too late for this");

    walkedAnew(subject, "peer-trades", 2);
    assertEquals(missed, periods(subject, "from_at || ' ' || to_at"));
  }

  @Test
  void aWiderConsentLosesNothingOfWhatWasReadBefore() {
    Subject subject = stage.subject(stage.small(96), DOMAINS, justRemembered()).connect();
    subject.runWell();
    List<String> began =
        subject.texts(
            "select date_trunc('milliseconds', read_from) from bookmark"
                + " where stream = 'peer-trades' order by 1");
    LeapingPace.leap(Duration.ofDays(20));
    subject.moveTo(subject.consent(DOMAINS, 400));
    subject.runWell();
    assertEquals(began, periods(subject, "to_at"), "the wider consent came too late for this");
  }

  @Test
  void whatAListNeverToldStaysOneGapHoweverOftenItIsWalked() {
    Subject subject = stage.subject(stage.small(95), List.of("balances", "dust"), 2_500).connect();
    subject.runWell();
    List<String> never = periods(subject, "stream || ' ' || from_at || ' ' || to_at");
    assertEquals(1, never.size());
    assertEquals(
        List.of("dust 2020-12-01"),
        periods(subject, "stream || ' ' || (to_at at time zone 'UTC')::date"));

    walkedAnew(subject, "dust", 1);

    assertEquals(never, periods(subject, "stream || ' ' || from_at || ' ' || to_at"));
  }

  // Consents look back from the machine's own time.
  private static int justRemembered() {
    Duration ahead = Duration.between(Instant.now(), LeapingPace.now());
    return (int) MEMORY.minus(ahead).minusDays(1).toDays();
  }

  /** The horizon moves on by some days, and a month has passed since the walk before. */
  private static void walkedAnew(Subject subject, String stream, int parts) {
    LeapingPace.leap(Duration.ofDays(4));
    subject.tamper(
        "update bookmark set whole_at = whole_at - interval '30 days', reread_at = null");
    // One list a run.
    for (int run = 0; run < 4; run++) {
      LeapingPace.leap(Duration.ofMinutes(5));
      subject.runWell();
    }
    assertEquals(
        parts,
        subject.count(
            "select count(*) from bookmark where stream = '"
                + stream
                + "' and reread_at is not null and drained_at is not null"));
  }

  private static List<String> periods(Subject subject, String which) {
    return subject.texts(
        "select "
            + which
            + " from gap where reason = 'beyond-retention' and closed_at is null"
            + " order by stream, partition");
  }
}
