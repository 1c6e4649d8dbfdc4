package io.tallystick.costbasis;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What happened, as the library wants to hear it: valued where a value is known, and already
 * interpreted (own transfers linked, receipt tokens of a venue's bookkeeping mapped to their
 * asset). Margin loans are not events: borrowed units are a liability, not a lot.
 */
public sealed interface Event {

  /** Entry, instant and wallet. */
  Source source();

  /**
   * One asset given for another, cash included. Quantities are gross: a fee withheld from what was
   * received is still part of {@code received}, a fee paid out of the asset given is not part of
   * {@code given}. A negative fee is a rebate.
   */
  record Traded(Source source, Leg given, Leg received, List<Leg> fees, Selection selection)
      implements Event {
    /** Copies the list. */
    public Traded {
      fees = List.copyOf(fees);
    }
  }

  /**
   * Several assets given for several received (dust, baskets); the value is split over each side by
   * the legs' own worths. A leg of unknown worth leaves only itself unknown unless nothing else on
   * its side tells the total.
   */
  record Exchanged(Source source, List<Leg> given, List<Leg> received, List<Leg> fees)
      implements Event {
    /** Copies the lists. */
    public Exchanged {
      given = List.copyOf(given);
      received = List.copyOf(received);
      fees = List.copyOf(fees);
    }
  }

  /**
   * Units that entered ownership other than by a trade.
   *
   * @param leg what, with its cost before fees
   * @param acquired the date that counts for holding periods and order: the event's own instant, an
   *     earlier one for a gift that carries its date, {@link OpenLot#UNDATED} when not known
   */
  record Acquired(Source source, AcquisitionKind kind, Leg leg, List<Leg> fees, Instant acquired)
      implements Event {
    /** Copies the list. */
    public Acquired {
      fees = List.copyOf(fees);
    }
  }

  /**
   * Units received as a gift whose giver's cost and date are carried on. Where the settings say so,
   * a loss under lot methods is measured from the value at the gift where that is lower, and
   * between the two there is neither gain nor loss (26 USC 1015); pools take the carried cost.
   *
   * @param leg what, with the giver's cost
   * @param acquired the giver's date, {@link OpenLot#UNDATED} when not known
   * @param valueAtGift market value when it was given
   */
  record Gifted(Source source, Leg leg, Instant acquired, Amount valueAtGift) implements Event {}

  /** Units that left ownership other than by a trade; the leg's worth is the gross proceeds. */
  record Disposed(Source source, DisposalKind kind, Leg leg, List<Leg> fees, Selection selection)
      implements Event {
    /** Copies the list. */
    public Disposed {
      fees = List.copyOf(fees);
    }
  }

  /** A receipt valued on arrival: reward, interest, airdrop, fork. */
  record Earned(Source source, IncomeKind kind, Leg leg) implements Event {}

  /**
   * Units moved between wallets of one owner; the source's wallet sends.
   *
   * @param quantity units that arrive
   * @param fees network fees, which leave from the sending wallet on top
   */
  record Transferred(
      Source source,
      String to,
      String asset,
      BigDecimal quantity,
      List<Leg> fees,
      Selection selection)
      implements Event {
    /** Copies the list. */
    public Transferred {
      fees = List.copyOf(fees);
    }
  }

  /** A token given for its wrapped or staked form, or back; carried or swapped by setting. */
  record Wrapped(Source source, Leg given, Leg received, List<Leg> fees) implements Event {
    /** Copies the list. */
    public Wrapped {
      fees = List.copyOf(fees);
    }
  }

  /** Every unit of an asset becomes {@code ratio} units, cost and dates unchanged. */
  record Split(Source source, String asset, Ratio ratio) implements Event {}

  /** All units of one asset become units of another, cost, dates and lot ids carried. */
  record Renamed(Source source, String asset, String to, Ratio ratio) implements Event {}

  /**
   * The holder's own allocation of unused basis to wallets (Rev. Proc. 2024-28), taken into account
   * where the scope changes to wallets; what it leaves open is allocated in the method's order.
   */
  record Allocated(Source source, String asset, List<Share> shares) implements Event {
    /** Copies the list. */
    public Allocated {
      shares = List.copyOf(shares);
    }

    /** Units of one lot for one wallet. */
    public record Share(String wallet, String lot, BigDecimal quantity) {}
  }
}
