package io.tallystick.venue;

import io.tallystick.ledger.Entry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a record means. Mapping never throws: one poisoned row never stops a page. */
public sealed interface Reading {
  /** An economic event, settled or not. */
  record Booked(Entry entry) implements Reading {}

  /** An order's present state; orders move nothing by themselves. */
  record OrderSeen(Order order) implements Reading {}

  /**
   * Balances of one wallet as the venue reports them.
   *
   * @param complete true when an asset that is absent has a balance of zero
   */
  record BalancesSeen(String wallet, List<Balance> balances, boolean complete) implements Reading {
    public BalancesSeen {
      balances = List.copyOf(balances);
    }
  }

  /**
   * Two parts of some balances of a wallet, as they were at an instant; of the other parts and the
   * other assets nothing is said.
   *
   * @param at the venue's time
   */
  record PartsSeen(String wallet, List<Part> parts, Instant at) implements Reading {
    public PartsSeen {
      parts = List.copyOf(parts);
    }
  }

  /** Assets the account has touched at some time: where to look for trades. */
  record AssetsSeen(List<String> assets) implements Reading {
    public AssetsSeen {
      assets = List.copyOf(assets);
    }
  }

  /** Understood, and without effect on books or lists. */
  record Nothing(String why) implements Reading {}

  /** Could not be read: stays as evidence, posts nothing, opens a gap. */
  record Unread(String why) implements Reading {}

  /** What can be used of an asset, and what stands in open orders. */
  record Part(String asset, BigDecimal free, BigDecimal locked) {}

  /** A reported balance; the four parts are apart and add up to what the account owns. */
  record Balance(
      String asset, BigDecimal free, BigDecimal locked, BigDecimal frozen, BigDecimal withdrawing) {
    /** Everything the account owns of the asset in this wallet. */
    public BigDecimal total() {
      return free.add(locked).add(frozen).add(withdrawing);
    }
  }

  /**
   * An order.
   *
   * @param price the limit; null for market orders
   * @param quoteFilled quote units filled; null where the venue does not know
   * @param open whether it may still fill
   */
  record Order(
      String market,
      String orderRef,
      String side,
      String type,
      String status,
      boolean open,
      @Nullable BigDecimal price,
      BigDecimal quantity,
      BigDecimal filled,
      @Nullable BigDecimal quoteFilled,
      Instant placedAt,
      Instant updatedAt) {}
}
