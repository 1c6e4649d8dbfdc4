package io.tallystick.venue.binance.live;

import io.tallystick.kernel.Digests;
import io.tallystick.venue.Heard;
import io.tallystick.venue.Raw;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Keys of events to which the venue gives no id: the same words are the same event. */
final class EventKey {
  private EventKey() {}

  static Heard.Item byContent(String stream, byte[] event) {
    return byContent(stream, null, event);
  }

  static Heard.Item byContent(String stream, @Nullable Instant at, byte[] event) {
    String key = "~" + HexFormat.of().formatHex(Digests.sha256(event));
    return new Heard.Item(stream, "", new Raw(key, at, event));
  }
}
