package io.tallystick.ledger;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Ids;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a coarse source says: changes of balances, or an order without its fills. A claim is booked
 * only as far as no finer record tells the same; then it stays as evidence.
 */
public sealed interface Claim permits Claim.Leg, Claim.OrderRow, Act {
  /** When it happened, or began; UTC, in whole seconds. */
  Instant from();

  /** When it ended; the same as {@link #from} where it has no length. */
  Instant to();

  /** The kind of record it is, as consents name it. */
  String domain();

  /**
   * The key of all equal claims on a connection, whichever file told them.
   *
   * @param connection the connection's public id, framed
   */
  UUID key(byte[] connection);

  /** What a change is part of: says with what it can be compared. */
  enum Role {
    TRADE(Duration.ofSeconds(1)),
    FEE(Duration.ofSeconds(1)),
    /** A leg of one asset turned into another outside the order book. */
    SWAP(Duration.ofMinutes(2)),
    /** In from outside, or out. */
    MOVE(Duration.ofHours(1)),
    INCOME(Duration.ofHours(2)),
    /** Between wallets of the holder. */
    TRANSFER(Duration.ofSeconds(60)),
    OTHER(Duration.ZERO);

    private final Duration reach;

    Role(Duration reach) {
      this.reach = reach;
    }

    /** How far two sources may be apart in telling when the same thing happened. */
    public Duration reach() {
      return reach;
    }

    boolean ofTrades() {
      return this == TRADE || this == FEE;
    }
  }

  /**
   * A page of the venue, beside the statement, that tells changes of balances row by row. What
   * several of them tell, or the statement too, happened once.
   *
   * @param name the kind of page; of two that tell the same, the one earlier in the alphabet is
   *     booked
   * @param number what the venue calls the row, part of what tells it from others; null where the
   *     page does not say, and where it was read back
   */
  record Page(String name, @Nullable String number) {}

  /**
   * A change of one balance.
   *
   * @param wallet the wallet's name, without the connection; {@link #LOANS} where no wallet changed
   *     but what is owed
   * @param change its effect on the wallet, never zero
   * @param contra the account on the other side while nothing better is known; a connection's own
   *     accounts hold {@code @}
   * @param kind what it is when it stands alone
   * @param family what the source calls it, the same for all spellings
   * @param event the event it is part of, where the source names that by the venue's own id; it is
   *     no part of the key, for not every export names it
   * @param page the page that told it; null for the statement
   */
  record Leg(
      Instant at,
      String wallet,
      String asset,
      BigDecimal change,
      Role role,
      String contra,
      EntryKind kind,
      String family,
      @Nullable Identity event,
      @Nullable Page page)
      implements Claim {
    /** In the place of a wallet: what the venue lent. */
    public static final String LOANS = "loans";

    /** A line of the statement. */
    public Leg(
        Instant at,
        String wallet,
        String asset,
        BigDecimal change,
        Role role,
        String contra,
        EntryKind kind,
        String family,
        @Nullable Identity event) {
      this(at, wallet, asset, change, role, contra, kind, family, event, null);
    }

    /** A line of the statement that names no event. */
    public Leg(
        Instant at,
        String wallet,
        String asset,
        BigDecimal change,
        Role role,
        String contra,
        EntryKind kind,
        String family) {
      this(at, wallet, asset, change, role, contra, kind, family, null, null);
    }

    @Override
    public Instant from() {
      return at;
    }

    @Override
    public Instant to() {
      return at;
    }

    @Override
    public String domain() {
      return switch (role) {
        case TRADE, FEE -> "trades";
        // Loans, fees of futures and what nobody knows: what the wallet is for says what it is.
        case OTHER ->
            wallet.startsWith("margin-") || wallet.equals(LOANS)
                ? "margin"
                : wallet.startsWith("futures-") ? "futures" : "trades";
        case SWAP -> contra.equals("external/fiat") ? "fiat" : "converts";
        case TRANSFER -> "transfers";
        case MOVE ->
            switch (contra) {
              case "external/fiat" -> "fiat";
              case "external/p2p" -> "p2p";
              case "external/pay", "external/card" -> "pay";
              default -> change.signum() > 0 ? "deposits" : "withdrawals";
            };
        case INCOME ->
            switch (contra) {
              case "income/interest", "income/staking" -> "earn";
              case "income/rebate" -> "rebates";
              case "income/futures" -> "futures";
              default -> "dividends";
            };
      };
    }

    @Override
    public UUID key(byte[] connection) {
      Object[] facts = {
        "tallystick/leg/1", connection, at, wallet, family, asset, Decimals.text(change)
      };
      Object[] ofPage =
          page == null
              ? facts
              : new Object[] {"tallystick/page/1", page.name(), page.number(), Frame.of(facts)};
      return Ids.timed(at, Digests.sha256(Frame.of(ofPage)));
    }
  }

  /**
   * An order as far as it was filled.
   *
   * @param quantity base units filled, above zero
   * @param total quote units filled
   * @param orderRef the venue's order id, unique within the market; null where the source lost it
   * @param wallet the wallet it was settled in
   */
  record OrderRow(
      Instant from,
      Instant to,
      String market,
      String base,
      String quote,
      boolean buy,
      BigDecimal quantity,
      BigDecimal total,
      @Nullable String orderRef,
      String wallet)
      implements Claim {
    private static final String SPOT = "spot";

    /** An order on the spot market. */
    public OrderRow(
        Instant from,
        Instant to,
        String market,
        String base,
        String quote,
        boolean buy,
        BigDecimal quantity,
        BigDecimal total,
        @Nullable String orderRef) {
      this(from, to, market, base, quote, buy, quantity, total, orderRef, SPOT);
    }

    @Override
    public String domain() {
      return "orders";
    }

    @Override
    public UUID key(byte[] connection) {
      Object[] facts = {
        "tallystick/order/1",
        connection,
        market,
        orderRef,
        buy,
        from,
        to,
        Decimals.text(quantity),
        Decimals.text(total)
      };
      Object[] placed = wallet.equals(SPOT) ? facts : new Object[] {wallet, Frame.of(facts)};
      return Ids.timed(from, Digests.sha256(Frame.of(placed)));
    }
  }

  /**
   * A claim as it is kept.
   *
   * @param count how many equal ones happened
   * @param evidence the first record that told it
   * @param entries the entries by which it is booked now; none while finer records cover it; the
   *     last that it had where it counts no more
   * @param event the entry that its source names as its event, whether it is there or not
   * @param dictionary the version of the dictionary that its word was last read by
   */
  record Held(
      UUID key,
      Claim claim,
      int count,
      UUID evidence,
      Set<UUID> entries,
      @Nullable UUID event,
      int dictionary) {
    public Held {
      entries = Set.copyOf(entries);
    }

    /** The same, counted so often. */
    Held counted(int often) {
      return new Held(key, claim, often, evidence, entries, event, dictionary);
    }

    /** A claim whose event nobody names. */
    public Held(UUID key, Claim claim, int count, UUID evidence, Set<UUID> entries) {
      this(key, claim, count, evidence, entries, null, 1);
    }
  }
}
