package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Role;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Lists and statements that tell few amounts again and again, hours apart and by any word: whatever
 * stands for whatever, each order of arrival ends in one ledger.
 */
final class LateMergeTest {
  private static final Instant FIRST = Instant.parse("2024-05-01T00:00:00Z");
  private static final Account SPOT = Account.wallet("spot");

  // Contra, family, role of a line.
  private static final List<List<Object>> WORDS =
      List.of(
          List.of("income/interest", "interest", Role.INCOME),
          List.of("income/airdrop", "airdrop", Role.INCOME),
          List.of("external/unknown", "deposit", Role.MOVE),
          List.of("suspense", "auto-invest", Role.SWAP),
          List.of("external/fiat", "fiat-buy", Role.SWAP),
          List.of("suspense", "nobody knows", Role.OTHER),
          List.of("suspense", "trade-leg", Role.TRADE));

  private final List<Entry> listed = new ArrayList<>();
  private final Map<Claim, Integer> stated = new LinkedHashMap<>();

  private void make(long seed) {
    listed.clear();
    stated.clear();
    Random random = new Random(seed);
    for (int i = 0; i < 14; i++) {
      Instant at = at(random).plusMillis(random.nextInt(1000));
      EntryKind kind =
          List.of(EntryKind.INCOME, EntryKind.DEPOSIT, EntryKind.CONVERSION, EntryKind.TRADE)
              .get(random.nextInt(4));
      Account from =
          switch (kind) {
            case INCOME -> new Account("income/earn");
            case DEPOSIT -> Account.external("BTC");
            default -> Account.TRADING;
          };
      Identity identity = new Identity("told", List.of("" + i), at, "r" + i);
      Posting posting = new Posting(from, SPOT, "SOL", amount(random));
      listed.add(
          new Entry(
              kind, EntryState.SETTLED, at, identity, null, null, Map.of(), List.of(posting)));
    }
    for (int i = 0; i < 14; i++) {
      List<Object> word = WORDS.get(random.nextInt(WORDS.size()));
      String wallet = random.nextInt(5) == 0 ? "funding" : "spot";
      Leg leg =
          new Leg(
              at(random),
              wallet,
              "SOL",
              amount(random),
              (Role) word.get(2),
              (String) word.get(0),
              EntryKind.UNCLASSIFIED,
              (String) word.get(1));
      stated.merge(leg, 1, Integer::sum);
    }
  }

  // Near one another now and then, and around midnight.
  private static Instant at(Random random) {
    long hour = List.of(0, 1, 5, 12, 23, 24, 25, 47, 48).get(random.nextInt(9));
    long second = List.of(0, 1, 2, 1_200, 1_800, 3_599).get(random.nextInt(6));
    return FIRST.plusSeconds(hour * 3_600 + second);
  }

  private static BigDecimal amount(Random random) {
    return BigDecimal.valueOf(1 + random.nextInt(2));
  }

  @Test
  void everyOrderOfArrivalEndsInOneLedger() throws SQLException {
    for (long seed = 1; seed <= 12; seed++) {
      make(seed);
      try (Ledgers ledgers = new Ledgers()) {
        Ledgers.Ledger whole = ledgers.fresh();
        whole.api(listed);
        whole.claim(stated, true);
        String expected = whole.hash();
        Ledgers.Ledger pieces = ledgers.fresh();
        List<Object> order = new ArrayList<>(listed);
        order.addAll(stated.keySet());
        Collections.shuffle(order, new Random(seed));
        for (Object one : order) {
          if (one instanceof Entry entry) {
            pieces.api(List.of(entry));
          } else if (one instanceof Claim claim) {
            pieces.claim(Map.of(claim, stated.getOrDefault(claim, 0)), true);
          }
        }
        assertEquals(expected, pieces.hash(), "seed " + seed);
        gone(ledgers, seed, pieces);
      }
    }
  }

  // A line that is taken back leaves no trace, either.
  private void gone(Ledgers ledgers, long seed, Ledgers.Ledger pieces) throws SQLException {
    List<Claim> claims = new ArrayList<>(stated.keySet());
    Collections.shuffle(claims, new Random(seed));
    Map<Claim, Integer> back = new LinkedHashMap<>();
    claims.subList(0, claims.size() / 2).forEach(claim -> back.put(claim, 1));
    for (Claim claim : back.keySet()) {
      pieces.claim(Map.of(claim, 1), false);
    }
    String after = pieces.hash();
    Map<Claim, Integer> rest = new LinkedHashMap<>(stated);
    rest.keySet().removeAll(back.keySet());
    Ledgers.Ledger without = ledgers.fresh();
    without.claim(rest, true);
    without.api(listed);
    assertEquals(without.hash(), after, "seed " + seed + " with lines taken back");
  }
}
