package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Swaps, savings and trades between people, as the statement tells them and as lists do. */
final class SwapMergeTest {
  private static final Instant AT = Instant.parse("2024-05-01T10:00:00Z");

  private static Held leg(int second, String wallet, String asset, String change, Role role) {
    Leg leg =
        new Leg(
            AT.plusSeconds(second),
            wallet,
            asset,
            new BigDecimal(change),
            role,
            "suspense",
            EntryKind.UNCLASSIFIED,
            "what");
    UUID key = leg.key(new byte[] {1});
    return new Held(key, leg, 1, key, Set.of());
  }

  private static Fine told(EntryKind kind, Posting... postings) {
    UUID id = new UUID(1, Arrays.hashCode(postings));
    boolean any = Fine.anyWallet(kind, "1:1");
    return new Fine(id, AT, kind, null, any, false, Fine.effects(kind, List.of(postings)));
  }

  private static Posting posting(Account from, Account to, String asset, String amount) {
    return new Posting(from, to, asset, new BigDecimal(amount));
  }

  private static Account wallet(String name) {
    return new Account("venue/x/" + name);
  }

  private static final Account SPOT = wallet("spot");

  @Test
  void dustThatTheListTellsAtOnceIsTheStatementsCoinByCoin() {
    Fine dust =
        told(
            EntryKind.CONVERSION,
            posting(SPOT, Account.TRADING, "ADA", "1"),
            posting(Account.TRADING, SPOT, "BNB", "0.0011"),
            posting(SPOT, Account.FEES, "BNB", "0.0001"),
            posting(SPOT, Account.TRADING, "XLM", "3"),
            posting(Account.TRADING, SPOT, "BNB", "0.0022"),
            posting(SPOT, Account.FEES, "BNB", "0.0002"));
    List<Held> legs =
        List.of(
            leg(0, "spot", "ADA", "-1", Role.SWAP),
            leg(1, "spot", "BNB", "0.001", Role.SWAP),
            leg(0, "spot", "XLM", "-3", Role.SWAP),
            leg(2, "spot", "BNB", "0.002", Role.SWAP));
    Merge.Outcome outcome = Merge.of(legs, List.of(dust));
    assertEquals(List.of(), outcome.coarse());
    assertEquals(4, outcome.covered().size());
    List<Held> more = List.of(legs.get(1), legs.get(3), leg(90, "spot", "BNB", "0.007", Role.SWAP));
    assertEquals(1, Merge.of(more, List.of(dust)).coarse().size(), "what it does not tell stays");
  }

  @Test
  void aPurchaseFromTheCashBalanceIsTheStatementsWithItsFee() {
    Fine bought =
        told(
            EntryKind.CONVERSION,
            posting(SPOT, Account.TRADING, "EUR", "98"),
            posting(SPOT, Account.FEES, "EUR", "2"),
            posting(Account.TRADING, SPOT, "BTC", "0.01"));
    Merge.Outcome outcome =
        Merge.of(
            List.of(
                leg(0, "spot", "EUR", "-100", Role.SWAP), leg(5, "spot", "BTC", "0.01", Role.SWAP)),
            List.of(bought));
    assertEquals(List.of(), outcome.coarse());
  }

  @Test
  void savingsOfEitherKindAreTheStatementsOneWallet() {
    for (String kind : List.of("earn-flexible", "earn-locked")) {
      Fine saved = told(EntryKind.INTERNAL_TRANSFER, posting(SPOT, wallet(kind), "SOL", "4"));
      Merge.Outcome outcome =
          Merge.of(
              List.of(
                  leg(0, "spot", "SOL", "-4", Role.TRANSFER),
                  leg(1, "earn", "SOL", "4", Role.TRANSFER)),
              List.of(saved));
      assertEquals(List.of(), outcome.coarse(), kind);
    }
  }

  @Test
  void aConversionWhoseWalletWasGuessedIsPutRightAndNotDoubled() {
    Fine convert =
        told(
            EntryKind.CONVERSION,
            posting(SPOT, Account.TRADING, "USDT", "50"),
            posting(Account.TRADING, SPOT, "SOL", "2"));
    Merge.Outcome outcome =
        Merge.of(
            List.of(
                leg(0, "funding", "USDT", "-50", Role.SWAP),
                leg(20, "funding", "SOL", "2", Role.SWAP)),
            List.of(convert));
    assertEquals(
        List.of(EntryKind.INTERNAL_TRANSFER, EntryKind.INTERNAL_TRANSFER),
        outcome.coarse().stream().map(Coarse::kind).toList());
    Posting out = outcome.coarse().getFirst().postings().getFirst();
    assertEquals(Account.wallet("funding"), out.from());
    assertEquals(Account.wallet("spot"), out.to());
    Merge.Outcome elsewhere =
        Merge.of(List.of(leg(0, "margin-cross", "USDT", "-50", Role.SWAP)), List.of(convert));
    assertEquals(EntryKind.UNCLASSIFIED, elsewhere.coarse().getFirst().kind());
  }

  @Test
  void whatIsSoldToAPersonIsTheStatementsCoinThatLeft() {
    Account funding = wallet("funding");
    Fine sold =
        told(
            EntryKind.CONVERSION,
            posting(funding, Account.TRADING, "USDT", "100"),
            posting(Account.TRADING, Account.external("p2p"), "EUR", "92"),
            posting(funding, Account.FEES, "USDT", "0.1"));
    Merge.Outcome outcome =
        Merge.of(List.of(leg(900, "funding", "USDT", "-100.1", Role.MOVE)), List.of(sold));
    assertEquals(List.of(), outcome.coarse());
  }
}
