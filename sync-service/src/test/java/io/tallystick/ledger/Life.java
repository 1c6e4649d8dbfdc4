package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What happened on an invented account, as each source tells it: the venue's lists with ids and
 * milliseconds, files with rows cut to seconds, orders without fees, a statement with legs that are
 * summed, late or early. Times, sizes and twins come from the seed.
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
      switch (random.nextInt(8)) {
        case 0 -> deposit();
        case 1 -> withdrawal();
        case 2 -> convert();
        case 3 -> alone();
        case 4 -> transfer();
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
    line(settled, "USDT", given.negate(), Role.SWAP, "suspense", EntryKind.CONVERSION);
    line(
        settled.plusSeconds(random.nextInt(30)),
        "SOL",
        received,
        Role.SWAP,
        "suspense",
        EntryKind.CONVERSION);
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

  private void entry(Source file, EntryKind kind, String fact, List<Posting> postings) {
    String id = Integer.toString(number++);
    Instant at = now.plusMillis(random.nextInt(999));
    List<String> parts = List.of("tx-" + id);
    Identity told = new Identity(fact, parts, null, at.toEpochMilli() + ":" + id);
    api.add(new Entry(kind, EntryState.SETTLED, at, told, null, null, Map.of(), postings));
    Identity row = new Identity(fact, parts, null, Counted.MARK);
    files
        .get(file)
        .add(new Entry(kind, EntryState.SETTLED, second(at), row, null, null, Map.of(), postings));
  }

  private void line(
      Instant at, String asset, BigDecimal change, Role role, String contra, EntryKind kind) {
    move("spot", asset, change);
    statement.add(new Leg(second(at), "spot", asset, change, role, contra, kind, kind.code()));
  }
}
