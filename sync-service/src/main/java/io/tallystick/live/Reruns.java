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

  private final Pace pace;
  private final News news;
  private final Link link;
  private Instant last = Instant.EPOCH;

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
    if (now.isBefore(last.plus(News.LAG))) {
      return;
    }
    Instant earliest = last.plus(APART);
    last = earliest.isAfter(now) ? earliest : now;
    news.readOn(link, last);
  }
}
