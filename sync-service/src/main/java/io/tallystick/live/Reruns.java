package io.tallystick.live;

import io.tallystick.connection.Link;
import io.tallystick.kernel.Pace;
import io.tallystick.sync.News;
import java.time.Duration;
import java.time.Instant;

/**
 * Asks for runs that read what was not heard. One a while is enough, for each reads everything on;
 * one that was asked for and has not begun yet is not asked for again. Used by one thread.
 */
final class Reruns {
  private static final Duration APART = Duration.ofSeconds(30);

  /**
   * By when a run has begun that was asked for. It reads of what came before it was asked for, and
   * not for sure of what comes while it waits to begin, which lists may not tell yet; to plan
   * another sooner would put that one off.
   */
  private static final Duration BEGUN = News.LAG.plusSeconds(5);

  private final Pace pace;
  private final News news;
  private final Link link;
  private Instant last = Instant.EPOCH;
  private boolean owed;

  Reruns(Pace pace, News news, Link link) {
    this.pace = pace;
    this.news = news;
    this.link = link;
  }

  void ask() {
    Instant now = pace.instant();
    // Further ahead than we ever ask: our own clock was set back.
    if (last.isAfter(now.plus(APART))) {
      last = Instant.EPOCH;
    }
    if (!now.isAfter(last)) {
      return;
    }
    if (now.isBefore(last.plus(BEGUN))) {
      owed = true;
      return;
    }
    owed = false;
    Instant earliest = last.plus(APART);
    last = earliest.isAfter(now) ? earliest : now;
    news.readOn(link, last);
  }

  /** Asks for what is owed, once that puts nothing off; to be called now and then. */
  void look() {
    if (owed) {
      ask();
    }
  }
}
