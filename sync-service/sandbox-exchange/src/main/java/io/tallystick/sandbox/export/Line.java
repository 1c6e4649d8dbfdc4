package io.tallystick.sandbox.export;

import java.util.List;

/**
 * A row of a file before it is written.
 *
 * @param time its moment in milliseconds, which decides in which period and where it stands
 * @param cells as they are shown
 */
record Line(long time, List<String> cells) {
  Line {
    cells = List.copyOf(cells);
  }

  static Line of(long time, String... cells) {
    return new Line(time, List.of(cells));
  }
}
