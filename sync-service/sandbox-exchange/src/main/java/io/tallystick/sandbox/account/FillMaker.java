package io.tallystick.sandbox.account;

import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Listing;
import java.util.SplittableRandom;

/** Turns one order into its fills: parts, twins in one millisecond, fees in base, quote or BNB. */
final class FillMaker {
  private final Account account;
  private final AccountGenerator.Timeline timeline;
  private final SplittableRandom random;
  private final Asset bnb;

  /** Who pays the fee of an order. */
  private enum Fee {
    NONE,
    RECEIVED,
    BNB
  }

  FillMaker(
      Account account, AccountGenerator.Timeline timeline, SplittableRandom random, Asset bnb) {
    this.account = account;
    this.timeline = timeline;
    this.random = random;
    this.bnb = bnb;
  }

  /** Plays an order over so many quantity steps and tells how many fills it gave. */
  int play(Slot slot, boolean buy, long price, long steps, int most, boolean bnbPays) {
    boolean market = random.nextInt(3) == 0;
    boolean maker = !market && random.nextBoolean();
    int parts = (int) Math.min(Math.min(parts(), Math.max(1, most)), steps);
    boolean twins = parts > 1 && random.nextInt(5) == 0 && steps % parts == 0;
    Fee fee = fee(slot, bnbPays);
    SymbolBook book = slot.book();
    Listing listing = slot.listing();
    long orderId = book.nextOrderId(1 + random.nextInt(900));
    long started = timeline.now();
    long rest = steps;
    long quote = 0;
    for (int part = 0; part < parts; part++) {
      long take =
          part == parts - 1
              ? rest
              : twins ? steps / parts : 1 + random.nextLong(rest - (parts - part) + 1);
      rest -= take;
      long at = market && !twins && price > 1_000 ? price + random.nextInt(3) - 1 : price;
      quote += fill(book, orderId, buy, maker, at, take, fee);
      if (!twins && part < parts - 1 && random.nextBoolean()) {
        timeline.pass(2_000, random);
      }
    }
    boolean cut = !market && random.nextInt(20) == 0;
    long asked = (cut ? steps + 1 + steps / 2 : steps) * listing.step();
    account.add(
        book,
        new Order(
            orderId,
            market ? "MARKET" : maker && random.nextBoolean() ? "LIMIT_MAKER" : "LIMIT",
            buy,
            cut ? "CANCELED" : "FILLED",
            market ? 0 : price * listing.tick(),
            asked,
            steps * listing.step(),
            quote,
            started,
            timeline.now() + (cut ? 5_000 : 0)));
    return parts;
  }

  /** One trade between two orders of the account itself. */
  void playBothSides(Slot slot, long price, long steps) {
    SymbolBook book = slot.book();
    Listing listing = slot.listing();
    long buyOrder = book.nextOrderId(1 + random.nextInt(900));
    long sellOrder = book.nextOrderId(1 + random.nextInt(900));
    Fee fee = slot.soldOff() ? Fee.NONE : Fee.RECEIVED;
    long id = book.nextTradeId(1 + random.nextInt(400));
    long time = timeline.now();
    boolean buyerMakes = random.nextBoolean();
    long quote = listing.cost(price, steps);
    long quantity = steps * listing.step();
    for (boolean buyer : new boolean[] {true, false}) {
      boolean maker = buyer == buyerMakes;
      long orderId = buyer ? buyOrder : sellOrder;
      account.add(book, made(listing, id, orderId, price, steps, fee, time, buyer, maker));
      account.add(
          book,
          new Order(
              orderId,
              "LIMIT",
              buyer,
              "FILLED",
              price * listing.tick(),
              quantity,
              quantity,
              quote,
              time,
              time));
    }
  }

  /** An order that waits; the first of them is filled in part. */
  void leaveOpen(Slot slot, boolean buy, long price, long steps, boolean begun) {
    if (steps < 4) {
      return;
    }
    SymbolBook book = slot.book();
    Listing listing = slot.listing();
    long orderId = book.nextOrderId(1 + random.nextInt(900));
    long limit = buy ? Math.max(1, price * 9 / 10) : price * 11 / 10;
    long done = begun ? steps / 3 : 0;
    long started = timeline.now();
    long quote = done == 0 ? 0 : fill(book, orderId, buy, true, limit, done, Fee.RECEIVED);
    account.add(
        book,
        new Order(
            orderId,
            "LIMIT",
            buy,
            begun ? "PARTIALLY_FILLED" : "NEW",
            limit * listing.tick(),
            steps * listing.step(),
            done * listing.step(),
            quote,
            started,
            timeline.now()));
    String asset = buy ? listing.quote().name() : listing.base().name();
    long locked = buy ? listing.cost(limit, steps - done) : (steps - done) * listing.step();
    account.setAside(asset, locked, 0);
  }

  private long fill(
      SymbolBook book, long orderId, boolean buy, boolean maker, long price, long steps, Fee fee) {
    Fill fill =
        made(
            book.listing(),
            book.nextTradeId(1 + random.nextInt(400)),
            orderId,
            price,
            steps,
            fee,
            timeline.now(),
            buy,
            maker);
    account.add(book, fill);
    return fill.quote();
  }

  private Fill made(
      Listing listing,
      long id,
      long orderId,
      long price,
      long steps,
      Fee fee,
      long time,
      boolean buy,
      boolean maker) {
    long quantity = steps * listing.step();
    long quote = listing.cost(price, steps);
    String received = buy ? listing.base().name() : listing.quote().name();
    long amount =
        switch (fee) {
          case NONE -> 0;
          case RECEIVED -> (buy ? quantity : quote) / 1_000;
          case BNB -> TradeMaker.bnbFee(quote, listing.quote(), bnb);
        };
    String asset = fee == Fee.BNB ? bnb.name() : received;
    return new Fill(
        id, orderId, price * listing.tick(), quantity, quote, amount, asset, time, buy, maker);
  }

  /** What is to be sold off to the last unit never pays fees out of itself. */
  private Fee fee(Slot slot, boolean bnbPays) {
    Listing listing = slot.listing();
    boolean bnbTraded = listing.base().name().equals(bnb.name());
    boolean enough = account.holding(Wallet.SPOT, bnb.name()).free() > bnb.worth(500);
    if (listing.freeOfFees() || random.nextInt(50) == 0) {
      return Fee.NONE;
    }
    if (enough && !bnbTraded && (bnbPays || slot.soldOff())) {
      return Fee.BNB;
    }
    return slot.soldOff() ? Fee.NONE : Fee.RECEIVED;
  }

  /** Half of the orders are done in one go; few take more than three. */
  private int parts() {
    int dice = random.nextInt(100);
    return dice < 50 ? 1 : dice < 70 ? 2 : dice < 85 ? 3 : 4 + random.nextInt(3);
  }
}
