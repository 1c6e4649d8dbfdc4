package io.tallystick.costbasis;

import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;

/**
 * Money in the reporting currency that is either known exactly or unknown for a stated cause.
 * Arithmetic with an unknown amount is unknown: an unknown never turns into zero.
 */
public sealed interface Amount {

  /** An exact amount; may be negative. */
  record Known(BigDecimal value) implements Amount {

    /** Nothing, as a known fact. */
    public static final Known ZERO = new Known(BigDecimal.ZERO);

    @Override
    public String toString() {
      return value.toPlainString();
    }
  }

  /**
   * An amount that cannot be stated.
   *
   * @param cause why, and thereby what would resolve it
   * @param entry the entry to repair first
   * @param others how many further causes were met on the way; resolving the first is not enough
   *     when it is above zero
   */
  record Unknown(Cause cause, String entry, int others) implements Amount {
    private Unknown and(Unknown more) {
      boolean same = cause == more.cause && entry.equals(more.entry);
      return same ? this : new Unknown(cause, entry, others + 1 + more.others);
    }
  }

  /** Why an amount is unknown. */
  enum Cause {
    /** No price could be found for a leg of the entry. */
    MISSING_PRICE("supply a price of the asset at the entry's instant"),
    /** The units arrived with no statement of what they cost. */
    MISSING_COST("declare the acquisition lots (date and cost), or link the deposit"),
    /** More units left than are known to have been acquired. */
    MISSING_ACQUISITION("import the missing history, link a deposit, or declare an opening lot"),
    /** More units were moved than the sending wallet is known to hold. */
    EXCESS_TRANSFER("import the sending wallet's missing history, or declare an opening lot"),
    /** A wallet held more units than there was unused basis to allocate to it. */
    UNALLOCATED_BASIS("complete the history before the allocation, or declare an opening lot"),
    /** The profile splits the old coin's cost over a fork by values that are not known. */
    FORK_COST("declare the new coin's share of the old cost and its acquisition date");

    private final String remedy;

    Cause(String remedy) {
      this.remedy = remedy;
    }

    /** What a person can do about it, as a clause without a full stop. */
    public String remedy() {
      return remedy;
    }
  }

  /** A known amount. */
  static Known of(BigDecimal value) {
    return new Known(value);
  }

  /** A known amount from plain decimal text; throws IllegalArgumentException on anything else. */
  static Known of(String value) {
    return new Known(Decimals.of(value));
  }

  /** An amount that is unknown because of one entry. */
  static Unknown unknown(Cause cause, String entry) {
    return new Unknown(cause, entry, 0);
  }

  /** Whether the amount is known. */
  default boolean known() {
    return this instanceof Known;
  }

  /** This amount when known, else the other. */
  default Amount or(Amount other) {
    return known() ? this : other;
  }

  /** The exact sum. */
  default Amount plus(Amount other) {
    return switch (this) {
      case Known(BigDecimal a) ->
          switch (other) {
            case Known(BigDecimal b) ->
                b.signum() == 0 ? this : a.signum() == 0 ? other : new Known(a.add(b));
            case Unknown u -> u;
          };
      case Unknown a ->
          switch (other) {
            case Known _ -> a;
            case Unknown b -> a.and(b);
          };
    };
  }

  /** The exact difference. */
  default Amount minus(Amount other) {
    return plus(other.negated());
  }

  /** The amount with its sign turned. */
  default Amount negated() {
    return switch (this) {
      case Known(BigDecimal a) -> a.signum() == 0 ? this : new Known(a.negate());
      case Unknown u -> u;
    };
  }

  /** This amount × part / whole at the working scale; the amount itself when part is the whole. */
  default Amount share(BigDecimal part, BigDecimal whole) {
    return switch (this) {
      case Known(BigDecimal a) -> {
        if (a.signum() == 0 || part.compareTo(whole) == 0) {
          yield this;
        }
        yield new Known(Precision.share(a, part, whole));
      }
      case Unknown u -> u;
    };
  }
}
