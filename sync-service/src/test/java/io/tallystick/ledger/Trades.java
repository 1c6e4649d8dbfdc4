package io.tallystick.ledger;

import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.OrderRow;
import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.Life.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The orders of an invented account, and what each source tells of all that happened. */
class Trades implements Told {
  final Random random;
  final List<Entry> api = new ArrayList<>();
  final Map<Source, List<Entry>> files = new EnumMap<>(Source.class);
  final List<OrderRow> orders = new ArrayList<>();
  final List<Leg> statement = new ArrayList<>();
  final Map<String, BigDecimal> truth = new TreeMap<>();
  Instant now = Instant.parse("2024-03-01T00:00:00Z");
  int number = 1_000;

  Trades(long seed) {
    random = new Random(seed);
    for (Source source : Source.values()) {
      files.put(source, new ArrayList<>());
    }
  }

  /** What the account owns in the end, by wallet and asset, without zeros. */
  Map<String, String> balances() {
    Map<String, String> shown = new TreeMap<>();
    truth.forEach((purse, sum) -> {
      if (sum.signum() != 0) {
        shown.put(purse, Decimals.text(sum));
      }
    });
    return shown;
  }

  @Override
  public List<Entry> api() {
    return api;
  }

  /** Rows of a file as entries, equal ones as often as the file has them. */
  @Override
  public Map<Entry, Integer> rows(Source source) {
    Map<Entry, Integer> counts = new LinkedHashMap<>();
    files.getOrDefault(source, List.of()).forEach(row -> counts.merge(row, 1, Integer::sum));
    return counts;
  }

  /** The claims of the statement or the order file. */
  @Override
  public Map<Claim, Integer> claims(Source source) {
    Map<Claim, Integer> counts = new LinkedHashMap<>();
    List<? extends Claim> claims = source == Source.ORDERS ? orders : statement;
    claims.forEach(claim -> counts.merge(claim, 1, Integer::sum));
    return counts;
  }

  void order() {
    boolean buy = random.nextBoolean();
    String base = random.nextBoolean() ? "BTC" : "ETH";
    String ref = Integer.toString(number += 7);
    Instant placed = now;
    int fills = 1 + random.nextInt(4);
    BigDecimal quantity = units(1_000);
    BigDecimal price = units(90_000).add(BigDecimal.ONE);
    BigDecimal done = BigDecimal.ZERO;
    BigDecimal total = BigDecimal.ZERO;
    List<Leg> legs = new ArrayList<>();
    for (int i = 0; i < fills; i++) {
      // Twins: the same second, size and fee.
      if (random.nextInt(3) == 0) {
        now = now.plusMillis(random.nextInt(2_500));
        quantity = units(1_000);
      }
      BigDecimal quote = quantity.multiply(price).stripTrailingZeros();
      BigDecimal fee = random.nextInt(6) == 0 ? BigDecimal.ZERO : new BigDecimal("0.00031");
      fill(buy, base, quantity, quote, fee, ref);
      legs(legs, buy, base, quantity, quote, fee);
      done = done.add(quantity);
      total = total.add(quote);
    }
    // A spreadsheet destroys long numbers, and old files have none.
    String numbered = random.nextInt(3) == 0 ? null : ref;
    orders.add(
        new OrderRow(
            second(placed), second(now), base + "USDT", base, "USDT", buy, done, total, numbered));
    state(legs);
  }

  private void fill(
      boolean buy, String base, BigDecimal quantity, BigDecimal quote, BigDecimal fee, String ref) {
    int id = number++;
    String side = buy ? "buy" : "sell";
    Account spot = Account.wallet("spot");
    List<Posting> postings = new ArrayList<>();
    postings.add(new Posting(spot, Account.TRADING, buy ? "USDT" : base, buy ? quote : quantity));
    postings.add(new Posting(Account.TRADING, spot, buy ? base : "USDT", buy ? quantity : quote));
    if (fee.signum() > 0) {
      postings.add(new Posting(spot, Account.FEES, "BNB", fee));
    }
    List<String> facts =
        List.of(
            base + "USDT",
            side,
            Decimals.text(quantity),
            Decimals.text(quote),
            Decimals.text(fee),
            "BNB");
    Instant at = now.plusMillis(random.nextInt(3));
    String rank = String.format(Locale.ROOT, "%015d:%019d", at.toEpochMilli(), id);
    api.add(trade(at, new Identity("fill", facts, second(at), rank), facts, ref, postings));
    Identity row = new Identity("fill", facts, second(at), Counted.MARK);
    files.get(Source.TRADES).add(trade(second(at), row, facts, null, postings));
    now = at;
  }

  private static Entry trade(
      Instant at,
      Identity identity,
      List<String> facts,
      @Nullable String ref,
      List<Posting> postings) {
    Entry.Terms terms =
        new Entry.Terms(
            facts.get(0),
            facts.get(1),
            BigDecimal.ONE,
            new BigDecimal(facts.get(2)),
            new BigDecimal(facts.get(3)),
            new BigDecimal(facts.get(4)),
            facts.get(5),
            ref == null ? null : ref + "t",
            ref,
            null);
    return new Entry(
        EntryKind.TRADE, EntryState.SETTLED, at, identity, terms, null, Map.of(), postings);
  }

  private void legs(
      List<Leg> legs,
      boolean buy,
      String base,
      BigDecimal quantity,
      BigDecimal quote,
      BigDecimal fee) {
    int sign = buy ? 1 : -1;
    legs.add(leg(now, base, quantity.multiply(BigDecimal.valueOf(sign)), Role.TRADE));
    legs.add(leg(now, "USDT", quote.multiply(BigDecimal.valueOf(-sign)), Role.TRADE));
    if (fee.signum() > 0) {
      Instant late = random.nextInt(5) == 0 ? now.plusSeconds(1) : now;
      legs.add(leg(late, "BNB", fee.negate(), Role.FEE));
    }
  }

  // Newer statements sum the legs of a second; older ones do not.
  private void state(List<Leg> legs) {
    for (Leg leg : legs) {
      move(leg.wallet(), leg.asset(), leg.change());
    }
    if (random.nextBoolean()) {
      statement.addAll(legs);
      return;
    }
    Map<List<Object>, Leg> sums = new LinkedHashMap<>();
    for (Leg leg : legs) {
      sums.merge(
          List.of(leg.at(), leg.asset(), leg.role()),
          leg,
          (a, b) -> leg(a.at(), a.asset(), a.change().add(b.change()), a.role()));
    }
    statement.addAll(sums.values());
  }

  static Leg leg(Instant at, String asset, BigDecimal change, Role role) {
    return new Leg(
        second(at),
        "spot",
        asset,
        change,
        role,
        "suspense",
        EntryKind.UNCLASSIFIED,
        role.name().toLowerCase(Locale.ROOT));
  }

  void move(String wallet, String asset, BigDecimal change) {
    truth.merge(wallet + "/" + asset, change, BigDecimal::add);
  }

  BigDecimal units(int most) {
    return BigDecimal.valueOf(1 + random.nextInt(most), 4);
  }

  static Instant second(Instant at) {
    return Instant.ofEpochSecond(at.getEpochSecond());
  }
}
