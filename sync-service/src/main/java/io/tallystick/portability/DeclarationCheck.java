package io.tallystick.portability;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a person declared as those do who use it: one statement that they cannot read would
 * break every look at all of his, for good.
 */
@FunctionalInterface
public interface DeclarationCheck {
  /**
   * Looks at a statement that is about to arrive.
   *
   * @param entry what it is about; null for an opening balance
   * @param body what was stated, as it was kept
   * @throws IllegalArgumentException with a reason in words of ours when nobody here could read it
   */
  void check(long holder, UUID id, @Nullable UUID entry, String kind, String body);
}
