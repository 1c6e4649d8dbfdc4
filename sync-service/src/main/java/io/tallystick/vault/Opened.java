package io.tallystick.vault;

import org.jspecify.annotations.Nullable;

/** What came of opening sealed bytes. */
public sealed interface Opened {
  /** The plain bytes; the array is the caller's. */
  record Plain(byte[] content) implements Opened {
    @Override
    public String toString() {
      return "[opened]";
    }
  }

  /** They stay closed. */
  record Closed(Unopenable why) implements Opened {}

  /** The plain bytes; throws {@link Unopenable} when they stay closed. */
  default byte[] bytes() {
    return switch (this) {
      case Plain plain -> plain.content();
      case Closed closed -> throw closed.why();
    };
  }

  /** The plain bytes; null when their key was destroyed, else like {@link #bytes}. */
  default byte @Nullable [] unlessDestroyed() {
    boolean destroyed =
        this instanceof Closed closed && closed.why().reason() == Unopenable.Reason.KEY_DESTROYED;
    return destroyed ? null : bytes();
  }
}
