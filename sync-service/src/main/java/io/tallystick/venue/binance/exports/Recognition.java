package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.file.Content;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file turned out to be. */
public sealed interface Recognition {
  /**
   * An export of a known kind. With questions it cannot be read before they are answered: pass the
   * answers when recognising it again.
   *
   * @param variant which of the kind's headers it has, for people and for counting
   * @param name what its name told
   * @param plan how to read it
   */
  record Known(ExportKind kind, String variant, FileName name, List<Question> questions, Plan plan)
      implements Recognition {
    public Known {
      questions = List.copyOf(questions);
    }

    /** The zone its times are read in; of no meaning while the zone is asked. */
    public ZoneOffset zone() {
      return plan.settings().zone();
    }
  }

  /**
   * A sheet or file without a single cell, as an export without matches may be: no error, no rows,
   * and its range is not known.
   *
   * @param kind what its name speaks of; null when it speaks of nothing
   */
  record Empty(@Nullable ExportKind kind) implements Recognition {}

  /** Another venue's export. */
  record OtherVenue(String name) implements Recognition {}

  /** No table at all. */
  record NotAnExport(Content what) implements Recognition {}

  /**
   * A table whose header nobody knows.
   *
   * @param header its first row, shortened
   */
  record Unknown(List<String> header) implements Recognition {
    public Unknown {
      header = List.copyOf(header);
    }
  }
}
