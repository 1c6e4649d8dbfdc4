package io.tallystick.live;

import io.tallystick.egress.Line;
import io.tallystick.venue.Heard;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What arrived since somebody last looked.
 *
 * @param items records in the order in which they came, whatever came between them
 * @param moreToRead whether the lists know more than was said
 * @param leaving whether the venue announced that it will close
 * @param over lines on which nothing more will come
 */
record Batch(List<Heard.Item> items, boolean moreToRead, boolean leaving, List<Line> over) {
  private static final Logger LOG = Logger.getLogger(Batch.class);

  static Batch of(List<Line.Arrival> arrivals, String venue) {
    List<Heard.Item> items = new ArrayList<>();
    List<Line> over = new ArrayList<>();
    boolean more = false;
    boolean leaving = false;
    for (Line.Arrival arrival : arrivals) {
      switch (arrival) {
        case Line.Ended ended -> over.add(ended.line());
        case Line.Said said -> {
          switch (said.heard()) {
            case Heard.News news -> {
              items.addAll(news.items());
              more |= news.moreToRead();
            }
            case Heard.Leaving _ -> leaving = true;
            case Heard.Over _, Heard.Reply _ -> over.add(said.line());
            case Heard.Odd odd -> {
              LOG.warnf("live frame unreadable venue=%s why=%s", venue, odd.why());
              more = true;
            }
          }
        }
      }
    }
    return new Batch(List.copyOf(items), more, leaving, List.copyOf(over));
  }
}
