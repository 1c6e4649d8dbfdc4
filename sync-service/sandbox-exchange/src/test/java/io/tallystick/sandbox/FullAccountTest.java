package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountGenerator;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.CashEvent;
import io.tallystick.sandbox.account.Deposit;
import io.tallystick.sandbox.account.EarnEvent;
import io.tallystick.sandbox.account.Event;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.IncomeEvent;
import io.tallystick.sandbox.account.Move;
import io.tallystick.sandbox.account.PlanAnswers;
import io.tallystick.sandbox.account.SwapEvent;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.account.Withdrawal;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Market;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The account with every ordinary surface: it has everything, and its books balance. */
class FullAccountTest {
  private static final Instant END = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-15T12:00:30Z");
  private static final Market MARKET = Market.of(1, 1_600, 120);

  @ParameterizedTest
  @ValueSource(longs = {1, 2026, -7})
  void adding_up_what_the_endpoints_serve_gives_the_balances_of_every_wallet(long seed) {
    Exchange exchange =
        new Exchange(ExchangeSettings.defaults().withClock(InstantSource.fixed(NOW)));
    AccountPlan plan = AccountPlan.full("full", seed);
    Account account =
        exchange.addAccount(plan.with(plan.variety().withPlanRuns(30).withBursts(150, 30, 60)));
    account.planAnswers(PlanAnswers.SERVED);
    Caller caller = Caller.hmac(exchange, exchange.addKey(account, KeyGrant.hmac()).orElseThrow());
    OrdinaryReader reader = new OrdinaryReader(exchange, caller);
    ServedBooks books = ServedBooks.read(reader);
    coins(account).forEach(books::add);

    Map<String, BigDecimal> spot =
        assets(Caller.json(caller.post("/sapi/v3/asset/getUserAsset", "")));
    Map<String, BigDecimal> flexible = new TreeMap<>();
    reader
        .positions("flexible")
        .forEach(r -> flexible.put(r.get("asset").asText(), number(r, "totalAmount")));
    flexible.forEach((asset, amount) ->
        assertEquals(0, amount.compareTo(spot.remove("LD" + asset)), "LD" + asset));
    Map<String, BigDecimal> locked = new TreeMap<>();
    reader
        .positions("locked")
        .forEach(r -> locked.merge(r.get("asset").asText(), number(r, "amount"), BigDecimal::add));
    assertEquals(books.of(Wallet.SPOT), ServedBooks.plain(spot), "seed " + seed);
    assertEquals(
        books.of(Wallet.FUNDING),
        ServedBooks.plain(assets(Caller.json(caller.post("/sapi/v1/asset/get-funding-asset", "")))),
        "seed " + seed);
    assertEquals(books.of(Wallet.EARN_FLEXIBLE), ServedBooks.plain(flexible), "seed " + seed);
    assertEquals(books.of(Wallet.EARN_LOCKED), ServedBooks.plain(locked), "seed " + seed);
    assertEquals(Map.of(), books.of(Wallet.CROSS_MARGIN));
    assertEquals(Map.of(), books.of(Wallet.USD_M_FUTURES));
    assertTrue(flexible.size() >= 5 && locked.size() >= 2, locked.toString());

    reader.ask("/sapi/v1/asset/wallet/balance", "needBalanceDetail=true");
    reader.ask("/sapi/v1/asset/wallet/balance", "quoteAsset=USDT");
    reader.ask("/sapi/v1/simple-earn/account", "");
    reader.ask("/sapi/v1/lending/auto-invest/plan/list", "planType=SINGLE");
    for (String type : List.of("SPOT", "MARGIN", "FUTURES")) {
      reader.ask("/sapi/v1/accountSnapshot", "type=" + type + "&limit=30");
    }
    Set<String> all = new HashSet<>(exchange.endpoints());
    all.removeAll(reader.seen());
    assertTrue(all.stream().noneMatch(e -> e.contains("earn") || e.contains("asset/t")), "" + all);
    assertEquals(15, all.size(), "what is left is read by the other tests: " + all);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 2026})
  void no_wallet_is_ever_below_zero_on_the_way(long seed) {
    AccountPlan plan = AccountPlan.full("f", seed);
    Account account =
        AccountGenerator.make(
            MARKET, plan.with(plan.variety().withPlanRuns(30).withBursts(200, 50, 200)), END);
    record Timed(long time, Move move) {}
    List<Timed> moves = new ArrayList<>();
    for (Event event : account.events(Event.class)) {
      event.moves().forEach(m -> moves.add(new Timed(event.time(), m)));
    }
    account.deposits().stream()
        .filter(Deposit::credited)
        .forEach(
            d -> moves.add(new Timed(d.insertTime(), new Move(d.wallet(), d.coin(), d.amount()))));
    account.withdrawals().stream()
        .filter(w -> w.completed() || w.pending())
        .forEach(
            w -> moves.add(new Timed(w.applyTime(), new Move(w.wallet(), w.coin(), -w.total()))));
    for (Listing listing : account.symbols()) {
      for (Fill fill : account.fills(listing.symbol())) {
        ServedBooks.legs(listing, fill)
            .forEach((a, n) -> moves.add(new Timed(fill.time(), new Move(Wallet.SPOT, a, n))));
      }
    }
    moves.sort(Comparator.comparingLong(Timed::time));
    Map<String, Long> running = new HashMap<>();
    for (int i = 0; i < moves.size(); i++) {
      Move move = moves.get(i).move();
      String name = move.wallet() + " " + move.asset();
      running.merge(name, move.units(), Long::sum);
      if (i + 1 == moves.size() || moves.get(i + 1).time() > moves.get(i).time()) {
        running.forEach((n, sum) -> assertTrue(sum >= 0, "seed " + seed + ": " + n + " " + sum));
      }
    }
  }

  @Test
  void there_are_twenty_events_of_every_kind_that_moved_something() {
    Account full = AccountGenerator.make(MARKET, AccountPlan.full("full", 2026), END);
    moved(full, EarnEvent.FlexibleSubscription.class, e -> true);
    moved(full, EarnEvent.FlexibleRedemption.class, e -> true);
    for (EarnEvent.Interest interest : EarnEvent.Interest.values()) {
      moved(full, EarnEvent.FlexibleReward.class, e -> e.interest() == interest);
    }
    moved(full, EarnEvent.LockedSubscription.class, e -> true);
    moved(full, EarnEvent.LockedRedemption.class, e -> true);
    moved(full, EarnEvent.LockedReward.class, e -> true);
    moved(full, SwapEvent.Convert.class, e -> e.orderId() > 1L << 53);
    moved(full, SwapEvent.Dust.class, e -> true);
    moved(full, IncomeEvent.Dividend.class, e -> !e.debit());
    moved(full, IncomeEvent.Dividend.class, IncomeEvent.Dividend::debit);
    moved(full, IncomeEvent.Rebate.class, e -> true);
    for (boolean other : new boolean[] {false, true}) {
      moved(full, CashEvent.FiatOrder.class, e -> e.withdrawal() == other);
      moved(full, CashEvent.FiatPayment.class, e -> e.sell() == other);
      moved(full, CashEvent.PeerTrade.class, e -> e.sell() == other);
      moved(full, CashEvent.Payment.class, e -> e.amount() > 0 == other);
    }
    moved(full, CashEvent.Transfer.class, e -> e.type().equals("MAIN_FUNDING"));
    moved(full, CashEvent.Transfer.class, e -> e.type().equals("FUNDING_MAIN"));
    assertTrue(
        full.events(EarnEvent.LockedRedemption.class).stream().filter(e -> e.loss() > 0).count()
            >= 3);
    assertTrue(full.events(SwapEvent.Dust.class).stream().anyMatch(e -> e.parts().size() > 2));
    assertTrue(full.events(SwapEvent.Dust.class).stream().anyMatch(e -> !e.target().equals("BNB")));
    for (String method :
        List.of("Cash Balance", "Credit Card", "Online Banking", "Bank Transfer")) {
      assertTrue(
          full.events(CashEvent.FiatPayment.class).stream()
              .anyMatch(e -> e.method().equals(method) && !e.moves().isEmpty()),
          method);
    }
  }

  @Test
  void what_two_lists_tell_is_in_both_and_moves_once() {
    Account full = AccountGenerator.make(MARKET, AccountPlan.full("full", 2026), END);
    List<String> rewards = new ArrayList<>();
    full.events(EarnEvent.FlexibleReward.class)
        .forEach(r -> rewards.add("Flexible " + r.asset() + r.amount() + "@" + r.time()));
    full.events(EarnEvent.LockedReward.class)
        .forEach(r -> rewards.add("Locked Staking " + r.asset() + r.amount() + "@" + r.time()));
    full.events(IncomeEvent.Rebate.class)
        .forEach(
            r -> rewards.add("Referral Commission " + r.asset() + r.amount() + "@" + r.time()));
    Map<String, Integer> told = new TreeMap<>();
    for (IncomeEvent.Dividend d : full.events(IncomeEvent.Dividend.class)) {
      if (d.repeats()) {
        assertTrue(
            rewards.remove(d.text() + " " + d.asset() + d.amount() + "@" + d.time()), "" + d);
        assertEquals(List.of(), d.moves());
        told.merge(d.text(), 1, Integer::sum);
      } else {
        assertTrue(!Set.of("Flexible", "Locked Staking").contains(d.text()), d.toString());
      }
    }
    assertEquals(Set.of("Flexible", "Locked Staking", "Referral Commission"), told.keySet());
    assertTrue(told.get("Flexible") >= 40 && told.get("Locked Staking") >= 20, told.toString());
    Set<String> peers = new HashSet<>();
    full.events(CashEvent.PeerTrade.class).stream()
        .filter(p -> !p.moves().isEmpty())
        .forEach(p -> peers.add(p.asset() + p.gained() + "@" + p.time()));
    List<CashEvent.Payment> repeated =
        full.events(CashEvent.Payment.class).stream().filter(CashEvent.Payment::repeats).toList();
    assertTrue(repeated.size() >= 20, "" + repeated.size());
    repeated.forEach(
        p -> assertTrue(peers.contains(p.currency() + p.amount() + "@" + p.time()), p.toString()));
    assertTrue(
        full.events(CashEvent.Payment.class).stream()
            .anyMatch(p -> p.orderType().equals("C2C") && !p.repeats()),
        "a gift to a friend looks like it and is none");
  }

  @Test
  void the_rest_of_life_does_not_change_the_trading_and_is_the_same_every_time() {
    AccountPlan plan = AccountPlan.full("full", 5);
    Account first = AccountGenerator.make(MARKET, plan, END);
    Account again = AccountGenerator.make(MARKET, plan, END);
    Account trader = AccountGenerator.make(MARKET, plan.with(Variety.NONE), END);
    assertEquals(first.events(Event.class), again.events(Event.class));
    assertEquals(first.holdings(Wallet.SPOT), again.holdings(Wallet.SPOT));
    assertEquals(List.of(), trader.events(Event.class));
    for (Listing listing : trader.symbols()) {
      assertEquals(trader.fills(listing.symbol()), first.fills(listing.symbol()));
      assertEquals(trader.orders(listing.symbol()), first.orders(listing.symbol()));
    }
  }

  @Test
  void the_full_account_is_the_one_that_every_machine_makes() throws Exception {
    Account full = AccountGenerator.make(MARKET, AccountPlan.full("full", 1), END);
    StringBuilder text = new StringBuilder().append(full.uid()).append(full.events(Event.class));
    for (Wallet wallet : Wallet.values()) {
      text.append(full.holdings(wallet));
    }
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(text.toString().getBytes(StandardCharsets.UTF_8));
    // Changes whenever the generator does; it shall not change with the machine or the day.
    assertEquals("b3793dcfa0db36b9", HexFormat.of().formatHex(digest, 0, 8));
  }

  @Test
  void any_seed_and_any_end_make_an_account_that_has_what_it_spends() {
    for (long seed = 100; seed < 140; seed++) {
      AccountPlan plan = AccountPlan.small("s", seed);
      Variety variety = Variety.of(24).withBursts(100, 40, 300).withPlanRuns(20);
      Instant end = END.plusSeconds(seed * 86_400 * 3);
      Account made = AccountGenerator.make(MARKET, plan.with(variety), end);
      assertTrue(made.events(Event.class).size() > 1_000, "seed " + seed);
      assertTrue(made.events(Event.class).getLast().time() < end.toEpochMilli(), "seed " + seed);
    }
  }

  private static <E extends Event> void moved(Account account, Class<E> kind, Predicate<E> which) {
    long count =
        account.events(kind).stream().filter(which).filter(e -> !e.moves().isEmpty()).count();
    assertTrue(count >= 20, kind + " " + count);
  }

  /** What crypto deposits, withdrawals and fills did; their endpoints have tests of their own. */
  private static List<Move> coins(Account account) {
    List<Move> moves = new ArrayList<>();
    for (Deposit d : account.deposits()) {
      moves.add(new Move(d.wallet(), d.coin(), d.credited() ? d.amount() : 0));
    }
    for (Withdrawal w : account.withdrawals()) {
      moves.add(new Move(w.wallet(), w.coin(), w.completed() ? -w.total() : 0));
    }
    for (Listing listing : account.symbols()) {
      for (Fill fill : account.fills(listing.symbol())) {
        ServedBooks.legs(listing, fill).forEach((a, n) -> moves.add(new Move(Wallet.SPOT, a, n)));
      }
    }
    return moves;
  }

  private static Map<String, BigDecimal> assets(JsonNode rows) {
    Map<String, BigDecimal> held = new TreeMap<>();
    for (JsonNode row : rows) {
      BigDecimal total =
          number(row, "free")
              .add(number(row, "locked"))
              .add(number(row, "freeze"))
              .add(number(row, "withdrawing"));
      held.put(row.get("asset").asText(), total);
    }
    return held;
  }

  private static BigDecimal number(JsonNode row, String field) {
    return new BigDecimal(row.get(field).asText());
  }
}
