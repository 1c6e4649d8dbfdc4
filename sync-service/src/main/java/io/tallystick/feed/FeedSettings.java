package io.tallystick.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the feed is numbered. */
@ConfigMapping(prefix = "tallystick.feed")
public interface FeedSettings {
  /**
   * How long the sequencer rests when nobody of its own process wakes it: most of what a reader
   * waits for what was committed by a process that died right after.
   */
  @WithDefault("PT2S")
  Duration rest();
}
