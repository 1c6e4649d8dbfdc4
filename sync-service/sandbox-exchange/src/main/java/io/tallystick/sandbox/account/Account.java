package io.tallystick.sandbox.account;

import io.tallystick.sandbox.market.Listing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One account: its history and the balances that follow from it. Safe for use by many threads.
 *
 * <p>The rule of truth: for each wallet and asset, free + locked + freeze + withdrawing is exactly
 * the sum of the history's effects (fills, credited deposits, completed withdrawals with their
 * fees), where a pending withdrawal has no effect on that sum: it only moves from free to
 * withdrawing.
 */
public final class Account {
  private final String name;
  private final long uid;
  private final Map<String, SymbolBook> books = new LinkedHashMap<>();
  private final List<Deposit> deposits = new ArrayList<>();
  private final List<Withdrawal> withdrawals = new ArrayList<>();
  private final Map<Wallet, Map<String, Holding>> holdings = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Set<String> withheld = new HashSet<>();
  private PlanAnswers planAnswers = PlanAnswers.NOT_FOUND;
  private long updateTime;

  /** An empty account; {@code uid} is the venue's number for it. */
  public Account(String name, long uid) {
    this.name = name;
    this.uid = uid;
    for (Wallet wallet : Wallet.values()) {
      holdings.put(wallet, new TreeMap<>());
    }
  }

  /** The name that the sandbox's user gave it. */
  public String name() {
    return name;
  }

  /** The venue's number of the account. */
  public long uid() {
    return uid;
  }

  /** When a balance last changed, in milliseconds. */
  public synchronized long updateTime() {
    return updateTime;
  }

  /** Every asset that the wallet ever held, by name, zeros included. */
  public synchronized Map<String, Holding> holdings(Wallet wallet) {
    return Collections.unmodifiableMap(new TreeMap<>(of(wallet)));
  }

  /** What the wallet holds of the asset. */
  public synchronized Holding holding(Wallet wallet, String asset) {
    return of(wallet).getOrDefault(asset, Holding.ZERO);
  }

  /** The symbols with fills or orders, removed ones too. */
  public synchronized List<Listing> symbols() {
    return books.values().stream().map(SymbolBook::listing).toList();
  }

  /** The symbol's fills that the exchange shows, by id; a self-trade's buying side first. */
  public synchronized List<Fill> fills(String symbol) {
    SymbolBook book = books.get(symbol);
    if (book == null) {
      return List.of();
    }
    return withheld.isEmpty()
        ? List.copyOf(book.fills())
        : book.fills().stream().filter(f -> !withheld.contains(key(symbol, f))).toList();
  }

  /** The orders of this symbol, by id. */
  public synchronized List<Order> orders(String symbol) {
    SymbolBook book = books.get(symbol);
    return book == null ? List.of() : List.copyOf(book.orders());
  }

  /** The deposits that the exchange shows, oldest first. */
  public synchronized List<Deposit> deposits() {
    return deposits.stream().filter(d -> !withheld.contains(d.id())).toList();
  }

  /** The withdrawals that the exchange shows, oldest first. */
  public synchronized List<Withdrawal> withdrawals() {
    return withdrawals.stream().filter(w -> !withheld.contains(w.id())).toList();
  }

  /** The events of this kind that the exchange shows, oldest first. */
  public synchronized <E extends Event> List<E> events(Class<E> kind) {
    return events.stream()
        .filter(kind::isInstance)
        .filter(e -> !withheld.contains(e.id()))
        .map(kind::cast)
        .toList();
  }

  /** Adds an event and its effect; fails where a wallet has less than it takes. */
  public synchronized void add(Event event) {
    events.add(event);
    event.moves().forEach(m -> change(m.wallet(), m.asset(), m.units()));
    touched(event.time());
  }

  /** How the auto-invest endpoints answer for this account. */
  public synchronized PlanAnswers planAnswers() {
    return planAnswers;
  }

  /** Changes how the auto-invest endpoints answer from now on. */
  public synchronized void planAnswers(PlanAnswers other) {
    planAnswers = other;
  }

  /** How many fills there are, withheld ones too. */
  public synchronized int fillCount() {
    return books.values().stream().mapToInt(b -> b.fills().size()).sum();
  }

  /** Hides a deposit, withdrawal or event from its list; balances keep its effect. */
  public synchronized void withhold(String id) {
    withheld.add(id);
  }

  /** Hides a fill (one side) from its list; balances keep its effect. */
  public synchronized void withhold(String symbol, long tradeId, boolean buyer) {
    withheld.add(symbol + "|" + tradeId + "|" + buyer);
  }

  /** Shows everything again. */
  public synchronized void showAll() {
    withheld.clear();
  }

  /** A late change of a fill's fee; the balance follows. False where there is no such fill. */
  public synchronized boolean changeFee(String symbol, long tradeId, boolean buyer, long fee) {
    SymbolBook book = books.get(symbol);
    List<Fill> fills = book == null ? List.of() : book.fills();
    for (int i = 0; i < fills.size(); i++) {
      Fill fill = fills.get(i);
      if (fill.id() == tradeId && fill.buyer() == buyer) {
        change(Wallet.SPOT, fill.feeAsset(), fill.fee() - fee, 0, 0, 0);
        fills.set(i, fill.withFee(fee));
        return true;
      }
    }
    return false;
  }

  /** A deposit's next state; the balance follows. False where there is no such deposit. */
  public synchronized boolean changeDeposit(String id, int status) {
    for (int i = 0; i < deposits.size(); i++) {
      Deposit before = deposits.get(i);
      if (before.id().equals(id)) {
        Deposit after = before.withStatus(status);
        int more = (after.credited() ? 1 : 0) - (before.credited() ? 1 : 0);
        change(before.wallet(), before.coin(), more * before.amount(), 0, 0, 0);
        deposits.set(i, after);
        return true;
      }
    }
    return false;
  }

  /** A withdrawal's next state; the balance follows. False where there is no such withdrawal. */
  public synchronized boolean changeWithdrawal(String id, int status) {
    for (int i = 0; i < withdrawals.size(); i++) {
      Withdrawal before = withdrawals.get(i);
      if (before.id().equals(id)) {
        settle(before, 1);
        Withdrawal after = before.withStatus(status);
        settle(after, -1);
        withdrawals.set(i, after);
        return true;
      }
    }
    return false;
  }

  /** Adds a deposit and its effect. */
  public synchronized void add(Deposit deposit) {
    deposits.add(deposit);
    change(deposit.wallet(), deposit.coin(), deposit.credited() ? deposit.amount() : 0, 0, 0, 0);
    touched(deposit.insertTime());
  }

  /** Adds a withdrawal and its effect; fails where the wallet has less than amount and fee. */
  public synchronized void add(Withdrawal withdrawal) {
    settle(withdrawal, -1);
    withdrawals.add(withdrawal);
    touched(withdrawal.applyTime());
  }

  /** Brings everything that has a time into its order; what is simultaneous keeps its own. */
  synchronized void sort() {
    deposits.sort(Comparator.comparingLong(Deposit::insertTime));
    withdrawals.sort(Comparator.comparingLong(Withdrawal::applyTime));
    events.sort(Comparator.comparingLong(Event::time));
  }

  /** Every book, withheld fills too. */
  synchronized List<SymbolBook> books() {
    return List.copyOf(books.values());
  }

  /** What deposits, withdrawals and events did after this moment, withheld ones too. */
  synchronized List<Move> movesAfter(long time) {
    List<Move> moves = new ArrayList<>();
    deposits.stream()
        .filter(d -> d.insertTime() > time && d.credited())
        .forEach(d -> moves.add(new Move(d.wallet(), d.coin(), d.amount())));
    withdrawals.stream()
        .filter(w -> w.applyTime() > time && (w.pending() || w.completed()))
        .forEach(w -> moves.add(new Move(w.wallet(), w.coin(), -w.total())));
    events.stream().filter(e -> e.time() > time).forEach(e -> moves.addAll(e.moves()));
    return moves;
  }

  /** Numbers for what is added by hand, withheld rows counted too. */
  synchronized int nextNumber() {
    return deposits.size() + withdrawals.size() + 1;
  }

  /** The symbol's book, opened with these first ids if it is new. */
  synchronized SymbolBook book(Listing listing, long firstTradeId, long firstOrderId) {
    return books.computeIfAbsent(
        listing.symbol(), s -> new SymbolBook(listing, firstTradeId, firstOrderId));
  }

  /** Adds a fill and its effect on the three assets that it may touch. */
  synchronized void add(SymbolBook book, Fill fill) {
    String base = book.listing().base().name();
    String quote = book.listing().quote().name();
    // What comes in goes first: the fee may be taken out of it.
    if (fill.buyer()) {
      change(Wallet.SPOT, base, fill.quantity());
      change(Wallet.SPOT, quote, -fill.quote());
    } else {
      change(Wallet.SPOT, quote, fill.quote());
      change(Wallet.SPOT, base, -fill.quantity());
    }
    change(Wallet.SPOT, fill.feeAsset(), -fill.fee());
    book.add(fill);
    touched(fill.time());
  }

  synchronized void add(SymbolBook book, Order order) {
    book.add(order);
  }

  /** Moves a part of what is free to where it is locked (an open order) or frozen. */
  synchronized void setAside(String asset, long locked, long frozen) {
    change(Wallet.SPOT, asset, -locked - frozen, locked, frozen, 0);
  }

  /** A withdrawal taken from its wallet ({@code sign} −1), or put back (+1). */
  private void settle(Withdrawal withdrawal, long sign) {
    boolean effect = withdrawal.pending() || withdrawal.completed();
    long moved = effect ? sign * withdrawal.total() : 0;
    change(withdrawal.wallet(), withdrawal.coin(), moved, 0, 0, withdrawal.pending() ? -moved : 0);
  }

  private void change(Wallet wallet, String asset, long free) {
    change(wallet, asset, free, 0, 0, 0);
  }

  private void change(
      Wallet wallet, String asset, long free, long locked, long frozen, long withdrawing) {
    Map<String, Holding> there = of(wallet);
    there.put(
        asset, there.getOrDefault(asset, Holding.ZERO).plus(free, locked, frozen, withdrawing));
  }

  private Map<String, Holding> of(Wallet wallet) {
    Map<String, Holding> there = holdings.get(wallet);
    if (there == null) {
      throw new IllegalStateException("every wallet is opened with the account");
    }
    return there;
  }

  private void touched(long time) {
    updateTime = Math.max(updateTime, time);
  }

  private static String key(String symbol, Fill fill) {
    return symbol + "|" + fill.id() + "|" + fill.buyer();
  }
}
