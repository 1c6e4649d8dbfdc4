package io.tallystick.ledger;

import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened on an invented account, as each source tells it: the venue's lists with ids and
 * milliseconds, files with rows cut to seconds, orders without fees, some without number, a
 * statement with legs that are summed, late, early or of another wallet. Times, sizes and twins
 * come from the seed.
 */
final class Life extends Trades {
  /** Where an account can be read from. */
  enum Source {
    API,
    STATEMENT,
    TRADES,
    ORDERS,
    DEPOSITS,
    WITHDRAWALS,
    CONVERTS
  }

  Life(long seed, int events) {
    super(seed);
    for (int i = 0; i < events; i++) {
      // Often within the same second or the next one, so that events touch.
      now = now.plusSeconds(random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(9_000));
      switch (random.nextInt(10)) {
        case 0 -> deposit();
        case 1 -> withdrawal();
        case 2 -> convert();
        case 3 -> alone();
        case 4 -> transfer();
        case 5 -> dust();
        case 6 -> savings();
        default -> order();
      }
    }
  }

  private void deposit() {
    BigDecimal amount = units(50_000);
    entry(
        Source.DEPOSITS,
        EntryKind.DEPOSIT,
        "deposit",
        List.of(new Posting(Account.external("BTC"), Account.wallet("spot"), "BTC", amount)));
    line(
        now.plusSeconds(random.nextInt(20)),
        "BTC",
        amount,
        Role.MOVE,
        "external/unknown",
        EntryKind.DEPOSIT);
  }

  private void withdrawal() {
    BigDecimal amount = units(50_000);
    BigDecimal fee = new BigDecimal("0.0005");
    entry(
        Source.WITHDRAWALS,
        EntryKind.WITHDRAWAL,
        "withdrawal",
        List.of(
            new Posting(Account.wallet("spot"), Account.external("BTC"), "BTC", amount),
            new Posting(Account.wallet("spot"), Account.FEES, "BTC", fee)));
    line(
        now.minusSeconds(random.nextInt(1_600)),
        "BTC",
        amount.add(fee).negate(),
        Role.MOVE,
        "external/unknown",
        EntryKind.WITHDRAWAL);
  }

  private void convert() {
    BigDecimal given = units(50_000);
    BigDecimal received = units(9_000);
    entry(
        Source.CONVERTS,
        EntryKind.CONVERSION,
        "conversion",
        List.of(
            new Posting(Account.wallet("spot"), Account.TRADING, "USDT", given),
            new Posting(Account.TRADING, Account.wallet("spot"), "SOL", received)));
    Instant settled = now.plusSeconds(random.nextInt(3));
    // Lists do not tell from which wallet, and guess.
    String wallet = random.nextInt(3) == 0 ? "funding" : "spot";
    swapped(settled, wallet, "USDT", given.negate(), "conversion");
    swapped(settled.plusSeconds(random.nextInt(30)), wallet, "SOL", received, "conversion");
  }

  /** Small balances: the list tells them at once and their charge apart, the statement by coin. */
  private void dust() {
    Account spot = Account.wallet("spot");
    List<Posting> postings = new ArrayList<>();
    for (String coin : List.of("ADA", "DOGE", "XLM").subList(0, 1 + random.nextInt(3))) {
      BigDecimal given = units(900);
      BigDecimal gross = units(400).add(BigDecimal.ONE);
      BigDecimal charge = new BigDecimal("0.0002");
      postings.add(new Posting(spot, Account.TRADING, coin, given));
      postings.add(new Posting(Account.TRADING, spot, "BNB", gross));
      postings.add(new Posting(spot, Account.FEES, "BNB", charge));
      Instant at = now.plusSeconds(random.nextInt(3));
      swapped(at, "spot", coin, given.negate(), "dust");
      swapped(at, "spot", "BNB", gross.subtract(charge), "dust");
    }
    entry(null, EntryKind.CONVERSION, "dust", postings);
  }

  /** Lists know two kinds of savings, the statement one; and sometimes it tells one side only. */
  private void savings() {
    Account earn = Account.wallet(random.nextBoolean() ? "earn-flexible" : "earn-locked");
    BigDecimal amount = units(7_000);
    entry(
        null,
        EntryKind.INTERNAL_TRANSFER,
        "subscription",
        List.of(new Posting(Account.wallet("spot"), earn, "SOL", amount)));
    EntryKind kind = EntryKind.INTERNAL_TRANSFER;
    state(now, "spot", "SOL", amount.negate(), Role.TRANSFER, "venue/@/earn", kind);
    if (random.nextBoolean()) {
      move("earn", "SOL", amount);
    } else {
      state(now.plusSeconds(2), "earn", "SOL", amount, Role.TRANSFER, "suspense", kind);
    }
    BigDecimal reward = new BigDecimal("0.02");
    Account interest = new Account("income/interest");
    entry(null, EntryKind.INCOME, "reward", List.of(new Posting(interest, earn, "SOL", reward)));
    state(now, "earn", "SOL", reward, Role.INCOME, interest.path(), EntryKind.INCOME);
  }

  private void swapped(Instant at, String wallet, String asset, BigDecimal change, String family) {
    move(wallet, asset, change);
    EntryKind kind = EntryKind.CONVERSION;
    statement.add(new Leg(second(at), wallet, asset, change, Role.SWAP, "suspense", kind, family));
  }

  /** Balances with all savings in one wallet, as the statement knows them. */
  static Map<String, String> savedAsOne(Map<String, String> balances) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    balances.forEach((purse, sum) ->
        sums.merge(
            purse.replaceFirst("^earn-[a-z]+/", "earn/"), Decimals.of(sum), BigDecimal::add));
    Map<String, String> shown = new TreeMap<>();
    sums.forEach((purse, sum) -> shown.put(purse, Decimals.text(sum)));
    return shown;
  }

  /** What only the statement tells, twins among them. */
  private void alone() {
    boolean known = random.nextBoolean();
    int times = 1 + random.nextInt(2);
    for (int i = 0; i < times; i++) {
      line(
          now,
          "BNB",
          new BigDecimal("0.01"),
          known ? Role.INCOME : Role.OTHER,
          known ? "income/interest" : "suspense",
          known ? EntryKind.INCOME : EntryKind.UNCLASSIFIED);
    }
  }

  private void transfer() {
    BigDecimal amount = units(7_000);
    Leg out = leg(now, "USDT", amount.negate(), Role.TRANSFER);
    Leg in =
        new Leg(
            second(now.plusSeconds(1)),
            "funding",
            "USDT",
            amount,
            Role.TRANSFER,
            "suspense",
            EntryKind.UNCLASSIFIED,
            "transfer");
    for (Leg leg : List.of(out, in)) {
      move(leg.wallet(), leg.asset(), leg.change());
      statement.add(leg);
    }
  }

  private void entry(@Nullable Source file, EntryKind kind, String fact, List<Posting> postings) {
    String id = Integer.toString(number++);
    Instant at = now.plusMillis(random.nextInt(999));
    List<String> parts = List.of("tx-" + id);
    Identity listed = new Identity(fact, parts, null, at.toEpochMilli() + ":" + id);
    api.add(new Entry(kind, EntryState.SETTLED, at, listed, null, null, Map.of(), postings));
    Identity row = new Identity(fact, parts, null, Counted.MARK);
    Entry told =
        new Entry(kind, EntryState.SETTLED, second(at), row, null, null, Map.of(), postings);
    if (file != null) {
      files.computeIfAbsent(file, _ -> new ArrayList<>()).add(told);
    }
  }

  private void line(
      Instant at, String asset, BigDecimal change, Role role, String contra, EntryKind kind) {
    state(at, "spot", asset, change, role, contra, kind);
  }

  private void state(
      Instant at,
      String wallet,
      String asset,
      BigDecimal change,
      Role role,
      String contra,
      EntryKind kind) {
    move(wallet, asset, change);
    statement.add(new Leg(second(at), wallet, asset, change, role, contra, kind, kind.code()));
  }
}
