package io.tallystick.venue;

import io.tallystick.ledger.Claim;
import io.tallystick.ledger.Entry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a record means. Mapping never throws: one poisoned row never stops a page. */
public sealed interface Reading {
  /** An economic event, settled or not. */
  record Booked(Entry entry) implements Reading {}

  /**
   * A change that another list tells too, as far as it reaches: it waits as a claim, and is booked
   * where nothing finer tells the same.
   */
  record Claimed(Claim claim) implements Reading {}

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

  /**
   * Balances of one wallet as they stood at an instant in the past: a point at which the books can
   * be held against the venue.
   */
  record BalancesAt(String wallet, Instant at, List<Balance> balances) implements Reading {
    public BalancesAt {
      balances = List.copyOf(balances);
    }
  }

  /** A standing order to buy, as it is now. */
  record PlanSeen(Plan plan) implements Reading {}

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
   * A plan of recurring buys.
   *
   * @param ref the venue's id
   * @param status the venue's word for its state
   * @param active whether it goes on buying
   * @param amount source units a run
   * @param cycle the venue's word for how often it runs
   * @param hours the cycle in hours, where it is one that has a fixed length, else 0
   * @param next when it runs next; null when the venue does not say
   */
  record Plan(
      String ref,
      String status,
      boolean active,
      String source,
      String target,
      BigDecimal amount,
      String cycle,
      int hours,
      @Nullable Instant next) {}

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
