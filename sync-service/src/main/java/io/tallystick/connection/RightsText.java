package io.tallystick.connection;

import io.tallystick.venue.KeyVerdict;
import io.tallystick.venue.KeyVerdict.Excess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verdicts on a key as rows, leaves and answers write them. */
final class RightsText {
  static final String READ_ONLY = "read_only";
  static final String UNVERIFIABLE = "unverifiable";
  static final String TOO_POWERFUL = "too_powerful";
  static final String REJECTED = "rejected";

  private RightsText() {}

  /** The name of the verdict, stable. */
  static String code(KeyVerdict verdict) {
    return switch (verdict) {
      case KeyVerdict.ReadOnly ignored -> READ_ONLY;
      case KeyVerdict.TooPowerful ignored -> TOO_POWERFUL;
      case KeyVerdict.Rejected ignored -> REJECTED;
      case KeyVerdict.Unverifiable ignored -> UNVERIFIABLE;
    };
  }

  /** The rights the verdict tells of: those that are on, or those that are too much. */
  static List<String> rights(KeyVerdict verdict) {
    return switch (verdict) {
      case KeyVerdict.ReadOnly fine -> fine.rights();
      case KeyVerdict.TooPowerful tooMuch -> names(tooMuch.rights());
      case KeyVerdict.Rejected ignored -> List.of();
      case KeyVerdict.Unverifiable ignored -> List.of();
    };
  }

  /** The verdict of this code in words, as people are shown it. */
  static String inWords(String code) {
    return switch (code) {
      case READ_ONLY -> "proved read-only";
      case UNVERIFIABLE -> "rights not verified";
      case TOO_POWERFUL -> "can do more than read";
      case REJECTED -> "not accepted by the venue";
      default -> throw new IllegalStateException("a connection has an unknown verdict");
    };
  }

  /** The venue's names of rights that are too much. */
  static List<String> names(List<Excess> rights) {
    return rights.stream().map(Excess::right).toList();
  }

  /** Whether the venue takes the key from listed addresses only; null where it does not tell. */
  static @Nullable Boolean addressRestricted(KeyVerdict verdict) {
    return verdict instanceof KeyVerdict.ReadOnly fine ? fine.addressRestricted() : null;
  }
}
