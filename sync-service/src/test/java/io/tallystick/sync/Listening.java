package io.tallystick.sync;

import static org.awaitility.Awaitility.await;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.exchange.Sockets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A test whose accounts are listened to; afterwards nobody listens any more. */
abstract class Listening extends OnStage {
  private final List<Subject> subjects = new ArrayList<>();

  /** An account that was read once and is listened to now. */
  Ticker listening(long seed) {
    Subject subject = remembered(stage.subject(stage.small(seed)).connect());
    subject.runWell();
    return new Ticker(stage, subject).heard();
  }

  Subject remembered(Subject subject) {
    subjects.add(subject);
    return subject;
  }

  /** The hash of a ledger read in one go; in a minute of its own, whose budget nobody has used. */
  String undisturbed(Account account) {
    LeapingPace.leap(Duration.ofSeconds(61));
    Subject subject = remembered(stage.subject(account)).connect();
    subject.runWell();
    return subject.hash();
  }

  /** So much time passes, with the venue's ping at its end, and everybody's pong to it. */
  static void pings(Sockets sockets, Duration pass) {
    LeapingPace.leap(pass);
    long asked = LeapingPace.now().toEpochMilli();
    sockets.tick();
    while (!sockets.answeredSince(asked)) {
      Thread.onSpinWait();
    }
  }

  /** Time passes, with pings, until the line that was followed by another is closed. */
  static void alone(Ticker ticker) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          pings(ticker.sockets(), Duration.ofSeconds(5));
          return ticker.sockets().subscriptions(ticker.account) == 1;
        });
  }

  @AfterEach
  void beQuiet() {
    for (Subject subject : subjects) {
      subject.post("/v1/consents/" + subject.consent + "/withdrawal", "{\"reason\": \"enough\"}");
    }
    // Who listens looks every two seconds whether he may.
    LeapingPace.leap(Duration.ofSeconds(3));
    for (Subject subject : subjects) {
      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> subject.count("select count(*) from live_lease where until > now()") == 0);
    }
  }
}
