package io.tallystick.costbasis;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Lots named by a person for one disposal or transfer, in the order in which they are to be used.
 *
 * @param picks the lots and quantities; empty when nothing was named
 * @param recordedAt when the choice was written down; a choice recorded after the disposal is
 *     reported and not used (26 CFR 1.1012-1(j): no later than the disposal)
 */
public record Selection(List<Pick> picks, Instant recordedAt) {

  /** No lots named. */
  public static final Selection NONE = new Selection(List.of(), Instant.MIN);

  /** Copies the list. */
  public Selection {
    picks = List.copyOf(picks);
  }

  /** Whether lots were named. */
  public boolean present() {
    return !picks.isEmpty();
  }

  /** The same lots with every quantity multiplied. */
  public Selection scaled(BigDecimal factor) {
    return present() && factor.compareTo(BigDecimal.ONE) != 0
        ? new Selection(
            picks.stream()
                .map(pick -> new Pick(pick.lot(), pick.quantity().multiply(factor)))
                .toList(),
            recordedAt)
        : this;
  }

  /**
   * A quantity of one lot.
   *
   * @param lot the entry that acquired it
   * @param quantity units, positive
   */
  public record Pick(String lot, BigDecimal quantity) {}
}
