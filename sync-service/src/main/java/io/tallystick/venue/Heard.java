package io.tallystick.venue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a frame says. Every caller handles all of them. */
public sealed interface Heard {
  /**
   * The answer to a request, in the form in which the venue's error table reads answers.
   *
   * @param id the request's; null where the venue speaks up unasked, which ends the subscription
   */
  record Reply(@Nullable String id, Answer answer) implements Heard {}

  /**
   * Something happened.
   *
   * @param moreToRead whether it says less than there is to know, so that paging must tell the rest
   */
  record News(List<Item> items, boolean moreToRead) implements Heard {
    public News {
      items = List.copyOf(items);
    }
  }

  /** The venue will soon close the socket: another one is opened first. */
  record Leaving() implements Heard {}

  /** The subscription is over, though the socket may still be open. */
  record Over(String why) implements Heard {}

  /** Not in the venue's language; {@code why} quotes nothing of it. */
  record Odd(String why) implements Heard {}

  /**
   * One record of one live stream; its bytes are the event's own, cut out of the frame.
   *
   * @param stream the name of the live stream
   * @param partition as the stream that pages the same records is cut; empty when it is not
   */
  record Item(String stream, String partition, Raw raw) {}
}
