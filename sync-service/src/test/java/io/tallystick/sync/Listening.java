package io.tallystick.sync;

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

  @AfterEach
  void beQuiet() {
    for (Subject subject : subjects) {
      subject.post("/v1/consents/" + subject.consent + "/withdrawal", "{\"reason\": \"enough\"}");
    }
  }
}
