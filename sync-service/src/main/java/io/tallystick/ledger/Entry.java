package io.tallystick.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One economic event as a mapping read it, not yet on a connection.
 *
 * @param occurredAt when it took effect, UTC, as exact as the source tells
 * @param terms what a trade was agreed at; null for other kinds
 * @param network the chain of a deposit or withdrawal as the venue names it; null if unknown
 * @param details personal or long attributes (addresses, txids, memos), kept sealed only
 * @param postings empty unless the state is settled
 */
public record Entry(
    EntryKind kind,
    EntryState state,
    Instant occurredAt,
    Identity identity,
    @Nullable Terms terms,
    @Nullable String network,
    Map<String, String> details,
    List<Posting> postings) {

  /**
   * The terms of a fill.
   *
   * @param side {@code buy} or {@code sell}, seen from the holder
   * @param price quote units per base unit as the venue states it
   * @param quantity base units
   * @param quoteQuantity quote units
   * @param venueRef the venue's trade id, unique within the market
   * @param orderRef the venue's order id; null where the source has none
   * @param maker whether the holder's order rested in the book; null where the source is silent
   */
  public record Terms(
      String market,
      String side,
      BigDecimal price,
      BigDecimal quantity,
      BigDecimal quoteQuantity,
      BigDecimal fee,
      String feeAsset,
      @Nullable String venueRef,
      @Nullable String orderRef,
      @Nullable Boolean maker) {}

  public Entry {
    details = Map.copyOf(details);
    postings = List.copyOf(postings);
    if (state != EntryState.SETTLED && !postings.isEmpty()) {
      throw new IllegalArgumentException("only a settled entry moves anything");
    }
  }

  /** Every asset that it moves, or names as a fee's. */
  public Set<String> assets() {
    Set<String> assets = new HashSet<>();
    for (Posting posting : postings) {
      assets.add(posting.asset());
    }
    if (terms != null) {
      assets.add(terms.feeAsset());
    }
    return assets;
  }
}
