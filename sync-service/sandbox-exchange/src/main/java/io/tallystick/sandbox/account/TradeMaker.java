package io.tallystick.sandbox.account;

import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Market;
import io.tallystick.sandbox.market.Units;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Plays orders and their fills; buys only with money that is there, sells only what is there. */
final class TradeMaker {
  private static final List<String> ENDINGS =
      List.of("CANCELED", "CANCELED", "CANCELED", "EXPIRED", "EXPIRED_IN_MATCH");

  private final Account account;
  private final AccountPlan plan;
  private final AccountGenerator.Timeline timeline;
  private final SplittableRandom random;
  private final CashMaker cash;
  private final List<Slot> slots;
  private final Set<String> soldOff;
  private final FillMaker fills;
  private int unfilled;

  TradeMaker(
      Account account,
      Market market,
      AccountPlan plan,
      AccountGenerator.Timeline timeline,
      SplittableRandom random,
      CashMaker cash) {
    this.account = account;
    this.plan = plan;
    this.timeline = timeline;
    this.random = random;
    this.cash = cash;
    SlotPicker picker = new SlotPicker(account, market, plan, random);
    this.slots = picker.slots();
    this.soldOff = picker.soldOff();
    Asset bnb = market.asset("BNB").orElseThrow();
    this.fills = new FillMaker(account, timeline, random, bnb);
  }

  /** The assets that will be sold to the last unit. */
  Set<String> soldOff() {
    return soldOff;
  }

  /** Plays the next order and tells how many fills it gave, at most {@code most}. */
  int next(int progress, int most) {
    for (Slot slot : slots) {
      if (slot.exits(progress)) {
        return exit(slot);
      }
    }
    while (unfilled < (long) plan.unfilled() * progress / AccountGenerator.WHOLE) {
      leaveUnfilled(slots.get(random.nextInt(slots.size())));
    }
    Slot slot = choose(progress);
    boolean first = slot.waits(progress);
    slot.start();
    boolean bnbPays = progress / 125 % 2 == 0;
    long base = account.holding(Wallet.SPOT, slot.listing().base().name()).free();
    boolean sellable = base >= 4 * slot.listing().step();
    long price = slot.walk(random);
    if (!first && sellable && random.nextInt(60) == 0 && most >= 2) {
      return selfTrade(slot, price);
    }
    boolean buy = first || !sellable || random.nextInt(100) < 52;
    long steps = buy ? affordable(slot.listing(), price) : forSale(slot.listing(), base);
    return fills.play(slot, buy, price, steps, most, bnbPays);
  }

  /** Sells off what is still to be sold off, and ends the last unfilled orders. */
  void close() {
    for (Slot slot : slots) {
      if (slot.exits(AccountGenerator.WHOLE)) {
        exit(slot);
      }
    }
    while (unfilled < plan.unfilled()) {
      leaveUnfilled(slots.get(random.nextInt(slots.size())));
    }
  }

  /** Leaves orders in the book at the end; they lock what they may spend. */
  void leaveOpen() {
    List<Slot> alive = slots.stream().filter(s -> !s.soldOff()).toList();
    timeline.finish(600);
    for (int i = 0; i < plan.open() && !alive.isEmpty(); i++) {
      Slot slot = alive.get(i % alive.size());
      timeline.pass(600_000, random);
      long price = slot.walk(random);
      long base = account.holding(Wallet.SPOT, slot.listing().base().name()).free();
      boolean buy = i % 2 == 0 || base < 40 * slot.listing().step();
      long steps = buy ? affordable(slot.listing(), price) : base / slot.listing().step() / 10;
      fills.leaveOpen(slot, buy, price, steps, i == 0);
    }
  }

  /** A symbol whose time has come first; otherwise the early ones of the list more often. */
  private Slot choose(int progress) {
    for (Slot slot : slots) {
      if (slot.waits(progress)) {
        return slot;
      }
    }
    List<Slot> alive = slots.stream().filter(s -> s.trades(progress)).toList();
    if (alive.isEmpty()) {
      // Everything has closed early: go on with the first, which is never sold off.
      return slots.getFirst();
    }
    int index = Math.min(random.nextInt(alive.size()), random.nextInt(alive.size()));
    return alive.get(index);
  }

  /** How many steps a small part of the quote buys; brings in money where there is none. */
  private long affordable(Listing listing, long price) {
    String quote = listing.quote().name();
    long one = listing.cost(price, 1);
    long free = account.holding(Wallet.SPOT, quote).free();
    if (free < 200 * one || free < listing.quote().worth(200)) {
      cash.topUp(quote, 20_000);
      free = account.holding(Wallet.SPOT, quote).free();
    }
    long spend = Math.min(free / 100 * (1 + random.nextInt(7)), listing.quote().worth(2_000));
    return Math.max(1, spend / one);
  }

  private long forSale(Listing listing, long free) {
    long most = listing.base().worth(3_000) / listing.step();
    long share = free / listing.step() * (20 + random.nextInt(70)) / 100;
    return Math.max(1, Math.min(share, most));
  }

  private int exit(Slot slot) {
    slot.finish();
    long free = account.holding(Wallet.SPOT, slot.listing().base().name()).free();
    if (free == 0) {
      return 0;
    }
    return fills.play(slot, false, slot.walk(random), free / slot.listing().step(), 3, true);
  }

  /** Both sides are the account's own: two orders, one trade id, two rows. */
  private int selfTrade(Slot slot, long price) {
    Listing listing = slot.listing();
    long base = account.holding(Wallet.SPOT, listing.base().name()).free();
    long steps = Math.max(1, Math.min(affordable(listing, price), base / listing.step() / 4));
    fills.playBothSides(slot, price, steps);
    return 2;
  }

  private void leaveUnfilled(Slot slot) {
    unfilled++;
    Listing listing = slot.listing();
    SymbolBook book = slot.book();
    long price = listing.ticks() * (80 + random.nextInt(40)) / 100 * listing.tick();
    long quantity = (1 + random.nextInt(500)) * listing.step();
    String status = ENDINGS.get(random.nextInt(ENDINGS.size()));
    long time = timeline.now();
    account.add(
        book,
        new Order(
            book.nextOrderId(1 + random.nextInt(900)),
            "LIMIT",
            random.nextBoolean(),
            status,
            price,
            quantity,
            0,
            0,
            time,
            time + 1 + random.nextInt(30_000)));
  }

  /** The fee that BNB holders pay, in units of BNB: 0.075 % of the value. */
  static long bnbFee(long quoteUnits, Asset quote, Asset bnb) {
    long dollars = Units.scaled(quoteUnits, quote.usd(), Units.ONE);
    return Units.scaled(Units.scaled(dollars, 75, 100_000), Units.ONE, bnb.usd());
  }
}
