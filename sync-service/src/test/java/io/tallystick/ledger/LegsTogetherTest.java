package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Legs that belong together though no two of them are alike. */
final class LegsTogetherTest {
  private static final Instant AT = Instant.parse("2025-02-03T04:05:06Z");
  private static final UUID EVENT = new UUID(7, 7);

  private static Held leg(
      long second, String wallet, String asset, String change, Role role, @Nullable UUID event) {
    String contra = role == Role.MOVE ? "external/p2p" : "suspense";
    Leg leg =
        new Leg(
            AT.plusSeconds(second),
            wallet,
            asset,
            new BigDecimal(change),
            role,
            contra,
            EntryKind.UNCLASSIFIED,
            "word");
    UUID key = leg.key(new byte[] {1});
    return new Held(key, leg, 1, key, Set.of(), event, 1);
  }

  private static Held leg(String wallet, String asset, String change, Role role) {
    return leg(0, wallet, asset, change, role, null);
  }

  private static Set<String> said(Merge.Outcome outcome) {
    Set<String> said = new TreeSet<>();
    for (Coarse coarse : outcome.coarse()) {
      for (Posting posting : coarse.postings()) {
        said.add(
            "%s: %s to %s %s %s"
                .formatted(
                    coarse.kind().code(),
                    posting.from().path().replace("venue/@/", ""),
                    posting.to().path().replace("venue/@/", ""),
                    posting.amount().toPlainString(),
                    posting.asset()));
      }
    }
    return said;
  }

  private static Fine sold(boolean exported, String amount) {
    List<Posting> postings =
        List.of(
            new Posting(
                new Account("venue/x/funding"), Account.TRADING, "USDT", new BigDecimal(amount)),
            new Posting(Account.TRADING, Account.external("p2p"), "EUR", new BigDecimal("90")));
    return new Fine(
        EVENT,
        AT,
        EntryKind.CONVERSION,
        null,
        true,
        exported,
        Fine.effects(EntryKind.CONVERSION, postings));
  }

  @Test
  void savingsPaidByTwoWalletsAndGivenBackWithLessLeaveNothingOpen() {
    Merge.Outcome paid =
        Merge.of(
            List.of(
                leg("spot", "SOL", "-1", Role.TRANSFER),
                leg("funding", "SOL", "-2", Role.TRANSFER),
                leg("earn", "SOL", "3", Role.TRANSFER)),
            List.of());
    assertEquals(
        Set.of("internal_transfer: funding to earn 2 SOL", "internal_transfer: spot to earn 1 SOL"),
        said(paid));
    Merge.Outcome back =
        Merge.of(
            List.of(
                leg("earn", "SOL", "-3", Role.TRANSFER), leg("spot", "SOL", "2.9", Role.TRANSFER)),
            List.of());
    assertEquals(
        Set.of(
            "internal_transfer: earn to spot 2.9 SOL",
            "internal_transfer: earn to income/interest 0.1 SOL"),
        said(back));
  }

  @Test
  void whatOneWordMovesFromWalletToWalletIsNobodyElses() {
    Merge.Outcome outcome =
        Merge.of(
            List.of(
                leg("spot", "BTC", "-0.5", Role.MOVE),
                leg("funding", "BTC", "0.5", Role.MOVE),
                leg(1, "funding", "BTC", "0.5", Role.MOVE, null),
                leg("spot", "ETH", "-1", Role.MOVE)),
            List.of());
    assertEquals(
        Set.of(
            "internal_transfer: spot to funding 0.5 BTC",
            "unclassified: external/p2p to funding 0.5 BTC",
            "unclassified: spot to external/p2p 1 ETH"),
        said(outcome));
  }

  @Test
  void whatIsBoughtAndSoldAtOnceIsTwoTrades() {
    Merge.Outcome outcome =
        Merge.of(
            List.of(
                leg("spot", "BTC", "1", Role.TRADE),
                leg("spot", "USDT", "-102", Role.TRADE),
                leg("spot", "BTC", "-1", Role.TRADE),
                leg("spot", "USDT", "100", Role.TRADE),
                leg("spot", "BNB", "-0.1", Role.FEE)),
            List.of());
    assertEquals(2, outcome.coarse().size());
    assertTrue(outcome.coarse().stream().allMatch(one -> one.kind() == EntryKind.CONVERSION));
  }

  @Test
  void aLegBelongsToTheEventThatItNamesHoursLaterToo() {
    Held late = leg(9_000, "funding", "USDT", "-100", Role.MOVE, EVENT);
    Merge.Outcome outcome = Merge.of(List.of(late), List.of(sold(false, "100")));
    assertEquals(Set.of(), said(outcome));
    assertEquals(Set.of(EVENT), outcome.covered().get(late.key()));
    Held other = leg(9_000, "funding", "USDT", "-100", Role.MOVE, null);
    assertEquals(1, Merge.of(List.of(other), List.of(sold(false, "100"))).coarse().size());
  }

  @Test
  void whatAFileDoesNotTellOfAChargeIsInTheLegAndTheVenuesOwnListHolds() {
    Held leg = leg(60, "funding", "USDT", "-100.2", Role.MOVE, EVENT);
    Merge.Outcome file = Merge.of(List.of(leg), List.of(sold(true, "100")));
    assertEquals(Set.of("fee: funding to fees/@ 0.2 USDT"), said(file));
    Merge.Outcome list = Merge.of(List.of(leg), List.of(sold(false, "100")));
    assertEquals(Set.of(), said(list));
    assertEquals(Set.of(leg.key()), list.disputed());
    Held elsewhere = leg(60, "spot", "USDT", "-100", Role.MOVE, EVENT);
    assertEquals(
        Set.of("internal_transfer: spot to funding 100 USDT"),
        said(Merge.of(List.of(elsewhere), List.of(sold(true, "100")))));
  }

  @Test
  void moneyThatAListHasComeFromOutsideAndTheStatementFromAWalletIsNoCharge() {
    Held paid = leg(2, "spot", "EUR", "-90", Role.MOVE, EVENT);
    for (boolean exported : List.of(true, false)) {
      Merge.Outcome outcome = Merge.of(List.of(paid), List.of(sold(exported, "100")));
      assertEquals(Set.of("unclassified: spot to external/p2p 90 EUR"), said(outcome));
      assertEquals(Set.of(), outcome.disputed());
    }
  }
}
