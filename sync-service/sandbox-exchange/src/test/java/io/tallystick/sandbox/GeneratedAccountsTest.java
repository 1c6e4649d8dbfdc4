package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountGenerator;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Deposit;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.Holding;
import io.tallystick.sandbox.account.Order;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.account.Withdrawal;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Market;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The books of a generated account must balance, whatever its seed and size. */
class GeneratedAccountsTest {
  private static final Instant END = Instant.parse("2026-11-01T00:00:00Z");
  private static final Market MARKET = Market.of(1, 1_600, 120);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 2026, -7})
  void balances_are_the_sum_of_what_happened(long seed) {
    for (AccountPlan plan :
        List.of(
            AccountPlan.demo("d", seed).with(Variety.NONE),
            AccountPlan.small("s", seed),
            AccountPlan.sized("p", seed, 60, 5_000).withRemovedSymbols(12).withSoldOff(20))) {
      Account account = AccountGenerator.make(MARKET, plan, END);
      Map<Wallet, Map<String, Long>> truth = truth(account);
      for (Wallet wallet : Wallet.values()) {
        Map<String, Long> told = new TreeMap<>();
        account.holdings(wallet).forEach((asset, held) -> told.put(asset, held.total()));
        assertEquals(nonZero(truth.get(wallet)), nonZero(told), "seed " + seed + " " + plan);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2026, 99})
  void no_balance_is_ever_below_zero_on_the_way(long seed) {
    Account account = AccountGenerator.make(MARKET, AccountPlan.sized("p", seed, 40, 3_000), END);
    record Move(long time, int rank, String asset, long amount) {}
    List<Move> moves = new ArrayList<>();
    for (Deposit d : account.deposits()) {
      if (d.credited() && d.wallet() == Wallet.SPOT) {
        moves.add(new Move(d.insertTime(), 0, d.coin(), d.amount()));
      }
    }
    for (Withdrawal w : account.withdrawals()) {
      if ((w.completed() || w.pending()) && w.wallet() == Wallet.SPOT) {
        moves.add(new Move(w.applyTime(), 2, w.coin(), -w.total()));
      }
    }
    for (Listing listing : account.symbols()) {
      for (Fill f : account.fills(listing.symbol())) {
        legs(listing, f)
            .forEach((asset, amount) -> moves.add(new Move(f.time(), 1, asset, amount)));
      }
    }
    moves.sort(Comparator.comparingLong(Move::time));
    Map<String, Long> running = new HashMap<>();
    for (int i = 0; i < moves.size(); i++) {
      running.merge(moves.get(i).asset(), moves.get(i).amount(), Long::sum);
      boolean last = i + 1 == moves.size() || moves.get(i + 1).time() > moves.get(i).time();
      if (last) {
        running.forEach((asset, sum) -> assertTrue(sum >= 0, asset + " " + sum));
      }
    }
  }

  @Test
  void the_same_seed_gives_the_same_account_and_another_gives_another() {
    AccountPlan plan = AccountPlan.demo("demo", 2026);
    String first = fingerprint(AccountGenerator.make(MARKET, plan, END));
    assertEquals(first, fingerprint(AccountGenerator.make(Market.of(1, 1_600, 120), plan, END)));
    assertNotEquals(
        first, fingerprint(AccountGenerator.make(MARKET, AccountPlan.demo("demo", 2027), END)));
  }

  @Test
  void the_small_account_is_the_one_that_every_machine_makes() throws Exception {
    Account small = AccountGenerator.make(MARKET, AccountPlan.small("small", 1), END);
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(fingerprint(small).getBytes(StandardCharsets.UTF_8));
    // Changes whenever the generator does; it shall not change with the machine or the day.
    assertEquals("c95476b37580e9b2", HexFormat.of().formatHex(digest, 0, 8));
  }

  @Test
  void the_demo_account_has_everything_that_is_awkward() {
    Account demo = AccountGenerator.make(MARKET, AccountPlan.demo("demo", 2026), END);
    List<Fill> fills = new ArrayList<>();
    List<Order> orders = new ArrayList<>();
    Set<String> traded = new HashSet<>();
    int twins = 0;
    int selfTrades = 0;
    for (Listing listing : demo.symbols()) {
      List<Fill> here = demo.fills(listing.symbol());
      fills.addAll(here);
      orders.addAll(demo.orders(listing.symbol()));
      if (!here.isEmpty()) {
        traded.add(listing.symbol());
      }
      Set<List<Object>> seen = new HashSet<>();
      Map<Long, Boolean> ids = new HashMap<>();
      for (Fill f : here) {
        Boolean other = ids.put(f.id(), f.buyer());
        selfTrades += other != null && other != f.buyer() ? 1 : 0;
        twins += seen.add(List.of(f.time(), f.price(), f.quantity(), f.fee(), f.buyer())) ? 0 : 1;
      }
    }
    assertTrue(fills.size() >= 2_000, "fills " + fills.size());
    assertTrue(traded.size() >= 25, "symbols " + traded.size());
    assertTrue(traded.containsAll(Set.of("1INCHUSDT", "1000SATSUSDT", "币安人生USDT", "4USDT")));
    assertTrue(twins >= 20, "twins " + twins);
    assertTrue(selfTrades >= 5, "self-trades " + selfTrades);
    assertTrue(fills.stream().filter(f -> f.fee() == 0).count() >= 10);
    assertTrue(fills.stream().filter(f -> f.feeAsset().equals("BNB")).count() >= 200);
    assertTrue(
        fills.stream().map(Fill::time).distinct().count() < fills.size() - 50, "one millisecond");
    assertTrue(orders.stream().filter(o -> o.executed() == 0).count() >= 150);
    assertTrue(orders.stream().filter(Order::open).count() >= 4);
    assertTrue(orders.stream().anyMatch(o -> o.status().equals("PARTIALLY_FILLED")));
    Map<String, Holding> spot = demo.holdings(Wallet.SPOT);
    assertTrue(spot.size() <= 60, "assets " + spot.size());
    assertTrue(spot.values().stream().filter(h -> h.total() == 0).count() >= 5, "sold off");
    assertTrue(spot.values().stream().anyMatch(h -> h.locked() > 0));
    assertTrue(spot.values().stream().anyMatch(h -> h.freeze() > 0));
    assertTrue(spot.values().stream().anyMatch(h -> h.withdrawing() > 0));
    assertTrue(demo.holdings(Wallet.FUNDING).values().stream().anyMatch(h -> h.withdrawing() > 0));
    assertTrue(demo.deposits().size() >= 30);
    assertEquals(
        Set.of(0, 1, 2, 6, 7, 8),
        demo.deposits().stream().map(Deposit::status).collect(Collectors.toSet()));
    assertTrue(demo.withdrawals().size() >= 20);
    assertEquals(
        Set.of(0, 1, 2, 3, 4, 5, 6),
        demo.withdrawals().stream().map(Withdrawal::status).collect(Collectors.toSet()));
    assertTrue(demo.deposits().stream().anyMatch(Deposit::old));
    assertTrue(demo.withdrawals().stream().anyMatch(Withdrawal::old));
    assertTrue(demo.deposits().stream().anyMatch(Deposit::internal));
    assertTrue(demo.withdrawals().stream().anyMatch(Withdrawal::internal));
    assertTrue(shared(demo.deposits().stream().map(Deposit::txId).toList()));
    assertTrue(
        shared(
            demo.withdrawals().stream().map(Withdrawal::txId).filter(t -> !t.isEmpty()).toList()));
    long untouched = END.minusSeconds(200L * 86_400).toEpochMilli();
    long quiet = traded.stream().filter(s -> demo.fills(s).getLast().time() < untouched).count();
    assertTrue(quiet >= 5, "quiet pairs " + quiet);
  }

  @Test
  void identifiers_rise_within_a_symbol_and_repeat_across_symbols() {
    Account demo = AccountGenerator.make(MARKET, AccountPlan.demo("demo", 2026), END);
    Set<Long> all = new HashSet<>();
    boolean repeated = false;
    for (Listing listing : demo.symbols()) {
      long last = -1;
      long lastTime = 0;
      Set<Long> here = new HashSet<>();
      for (Fill fill : demo.fills(listing.symbol())) {
        assertTrue(fill.id() >= last && fill.time() >= lastTime, listing.symbol());
        last = fill.id();
        lastTime = fill.time();
        here.add(fill.id());
      }
      repeated |= here.stream().anyMatch(all::contains);
      all.addAll(here);
      long lastOrder = -1;
      for (Order order : demo.orders(listing.symbol())) {
        assertTrue(order.orderId() > lastOrder, listing.symbol());
        lastOrder = order.orderId();
      }
    }
    assertTrue(repeated);
  }

  @Test
  void every_filled_order_is_the_sum_of_its_fills() {
    Account demo = AccountGenerator.make(MARKET, AccountPlan.demo("demo", 2026), END);
    for (Listing listing : demo.symbols()) {
      Map<Long, long[]> sums = new HashMap<>();
      for (Fill fill : demo.fills(listing.symbol())) {
        long[] sum = sums.computeIfAbsent(fill.orderId(), id -> new long[2]);
        sum[0] += fill.quantity();
        sum[1] += fill.quote();
      }
      for (Order order : demo.orders(listing.symbol())) {
        long[] sum = sums.getOrDefault(order.orderId(), new long[2]);
        assertEquals(sum[0], order.executed(), listing.symbol() + " " + order);
        assertEquals(sum[1], order.quote(), listing.symbol() + " " + order);
      }
    }
  }

  @Test
  void a_quarter_of_a_million_fills_are_made_in_seconds() {
    // CPU time: the machine may be busy with something else.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long started = threads.getCurrentThreadCpuTime();
    AccountPlan plan =
        AccountPlan.sized("big", 5, 120, 250_000).withRemovedSymbols(30).withSoldOff(40);
    Account big = AccountGenerator.make(Market.of(1, 3_000, 500), plan, END);
    long seconds = (threads.getCurrentThreadCpuTime() - started) / 1_000_000_000;
    assertTrue(big.fillCount() >= 250_000);
    assertEquals(150, big.symbols().stream().filter(l -> !big.fills(l.symbol()).isEmpty()).count());
    assertTrue(
        big.holdings(Wallet.SPOT).values().stream().filter(h -> h.total() == 0).count() >= 40);
    assertTrue(seconds < 15, seconds + " s");
  }

  private static boolean shared(List<String> ids) {
    return new HashSet<>(ids).size() < ids.size();
  }

  private static Map<Wallet, Map<String, Long>> truth(Account account) {
    Map<Wallet, Map<String, Long>> sums = new HashMap<>();
    for (Wallet wallet : Wallet.values()) {
      sums.put(wallet, new TreeMap<>());
    }
    for (Listing listing : account.symbols()) {
      for (Fill fill : account.fills(listing.symbol())) {
        legs(listing, fill).forEach((a, n) -> sums.get(Wallet.SPOT).merge(a, n, Long::sum));
      }
    }
    for (Deposit d : account.deposits()) {
      sums.get(d.wallet()).merge(d.coin(), d.credited() ? d.amount() : 0, Long::sum);
    }
    for (Withdrawal w : account.withdrawals()) {
      sums.get(w.wallet()).merge(w.coin(), w.completed() ? -w.total() : 0, Long::sum);
    }
    return sums;
  }

  private static Map<String, Long> legs(Listing listing, Fill fill) {
    Map<String, Long> legs = new HashMap<>();
    long sign = fill.buyer() ? 1 : -1;
    legs.merge(listing.base().name(), sign * fill.quantity(), Long::sum);
    legs.merge(listing.quote().name(), -sign * fill.quote(), Long::sum);
    legs.merge(fill.feeAsset(), -fill.fee(), Long::sum);
    return legs;
  }

  private static Map<String, Long> nonZero(Map<String, Long> sums) {
    Map<String, Long> kept = new TreeMap<>(sums);
    kept.values().removeIf(n -> n == 0);
    return kept;
  }

  private static String fingerprint(Account account) {
    StringBuilder text = new StringBuilder().append(account.uid());
    account.symbols().forEach(l -> text.append(l.symbol()).append(account.fills(l.symbol())));
    account.symbols().forEach(l -> text.append(account.orders(l.symbol())));
    text.append(account.deposits()).append(account.withdrawals());
    return text.append(account.holdings(Wallet.SPOT)).toString();
  }
}
