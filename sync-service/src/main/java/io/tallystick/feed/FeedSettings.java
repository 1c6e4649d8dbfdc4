package io.tallystick.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the feed is numbered. */
@ConfigMapping(prefix = "tallystick.feed")
public interface FeedSettings {
  /** How long the sequencer rests when nothing waits; most of what a reader waits for a change. */
  @WithDefault("PT0.05S")
  Duration rest();
}
