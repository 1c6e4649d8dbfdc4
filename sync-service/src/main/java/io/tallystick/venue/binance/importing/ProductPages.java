package io.tallystick.venue.binance.importing;

import io.tallystick.ledger.Account;
import io.tallystick.ledger.Act;
import io.tallystick.ledger.Act.Change;
import io.tallystick.ledger.Act.Tie;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Page;
import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.Identity;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Exports.Meaning;
import io.tallystick.venue.binance.exports.Effect;
import io.tallystick.venue.binance.exports.ExportKind;
import io.tallystick.venue.binance.exports.ExportRecord;
import io.tallystick.venue.binance.exports.FuturesRecord;
import io.tallystick.venue.binance.exports.MarginRecord;
import io.tallystick.venue.binance.exports.Money;
import io.tallystick.venue.binance.exports.Operations;
import io.tallystick.venue.binance.exports.Wallet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pages of single products: savings, staking, plans, small balances, margin and futures. Their rows
 * tell changes of balances that the statement has lines of, and some that a list of the venue has;
 * where neither is there, they are what the books know.
 */
final class ProductPages {
  private static final String SPOT = "spot";
  private static final String FUTURES = ExportKind.FUTURES_INCOME.code();
  // Behind the others in the alphabet: fills without ids give way to those that have some.
  private static final String FILLS = ExportKind.FUTURES_TRADES.code();
  private static final String FILLS_WITHOUT_IDS = FILLS + "-old";

  // What positions of USD-margined futures are settled in; FDUSD goes before USD.
  private static final List<String> SETTLED_IN =
      List.of("USDT", "USDC", "FDUSD", "BUSD", "TUSD", "BNFCR", "BTC");
  private static final Set<String> CASH =
      Set.of("USDT", "USDC", "FDUSD", "BUSD", "TUSD", "BNFCR", "LDUSDT", "BFUSD", "BNB");

  private final Operations operations;

  ProductPages(Operations operations) {
    this.operations = operations;
  }

  static Meaning of(ExportRecord.EarnInterest interest) {
    Money amount = interest.amount();
    Page page = page(ExportKind.EARN_INTEREST, null);
    return change(interest.at().at(), SPOT, amount, kind(Effect.INTEREST, amount), page);
  }

  static Meaning of(ExportRecord.StakeSwap swap) {
    if (!swap.done()) {
      return notDone();
    }
    Page page = page(ExportKind.ETH2_STAKING, null);
    Instant at = swap.at().at();
    // What the receipt itself earns comes in the receipt.
    if (swap.coin().equals(swap.token())) {
      Money reward = new Money(swap.amount(), swap.token());
      return change(at, SPOT, reward, kind(Effect.STAKE_REWARD, reward), page);
    }
    return swapped(
        at,
        new Change(swap.coin(), swap.amount().negate()),
        new Change(swap.token(), swap.amount()),
        Domain.EARN,
        page);
  }

  /**
   * Whether the charge is part of what was spent, or on top of it, is not established: it counts as
   * part of it, and a purchase is known by what was bought.
   */
  static Meaning of(ExportRecord.AutoInvestBuy buy) {
    if (!buy.done() || buy.spent() == null || buy.bought() == null) {
      return notDone();
    }
    return swapped(
        buy.at().at(),
        new Change(buy.bought().asset(), buy.bought().amount()),
        new Change(buy.spent().asset(), buy.spent().amount().negate()),
        Domain.AUTO_INVEST,
        page(ExportKind.AUTO_INVEST, null));
  }

  /** Whether the charge is taken off already is not established: it counts as if it were. */
  static Meaning of(ExportRecord.DustSwap swap) {
    return swapped(
        swap.at().at(),
        new Change(swap.given().asset(), swap.given().amount().negate()),
        new Change("BNB", swap.receivedBnb()),
        Domain.DUST,
        page(ExportKind.DUST, null));
  }

  @Nullable Meaning of(MarginRecord record) {
    return switch (record) {
      case MarginRecord.Loan loan -> {
        if (!loan.done()) {
          yield notDone();
        }
        Operations.Meaning word =
            operations.of("margin/" + loan.type(), BigDecimal.ONE, Wallet.MARGIN_CROSS);
        BigDecimal amount = loan.amount().amount();
        Money change =
            new Money(
                word.effect() == Effect.REPAY ? amount.negate() : amount, loan.amount().asset());
        // Repayments and loans look alike but for the word: without it there is no sign.
        yield word.effect() == Effect.LOAN || word.effect() == Effect.REPAY
            ? change(
                loan.at().at(),
                margin(loan.market()),
                change,
                kind(word.effect(), change),
                page(ExportKind.MARGIN_LOANS, null))
            : null;
      }
      // It makes the debt larger; a repayment takes it along.
      case MarginRecord.Interest interest ->
          change(
              interest.at().at(),
              Leg.LOANS,
              new Money(interest.amount().amount().negate(), interest.amount().asset()),
              new Statement.Kind(Role.OTHER, Account.FEES.path(), EntryKind.FEE),
              page(ExportKind.MARGIN_INTEREST, null));
    };
  }

  // Loans of the cross wallet belong to no pair.
  private static String margin(String market) {
    return (market.isEmpty() ? Wallet.MARGIN_CROSS : Wallet.MARGIN_ISOLATED).code();
  }

  @Nullable Meaning of(FuturesRecord record) {
    return switch (record) {
      case FuturesRecord.Income income -> of(income);
      case FuturesRecord.FuturesFill fill -> of(fill);
      case FuturesRecord.Position _ ->
          new Meaning.Nothing("A view of fills that other files hold.");
    };
  }

  private Meaning of(FuturesRecord.Income income) {
    Money amount = income.amount();
    if (amount.amount().signum() == 0) {
      return new Meaning.Nothing("The line changes nothing.");
    }
    Wallet wallet = futures(income.market(), amount.asset());
    Operations.Meaning word = operations.of("futures/" + income.type(), amount.amount(), wallet);
    Statement.Kind kind = Statement.kind(word.effect(), amount.amount(), amount.asset(), wallet);
    String number = income.type() + " " + income.transaction();
    // The two sides of a conversion share a number.
    Identity event =
        kind.role() == Role.SWAP
            ? Identity.told("futures-convert", income.transaction(), "")
            : null;
    Leg leg =
        new Leg(
            Meanings.second(income.at().at()),
            wallet.code(),
            amount.asset(),
            amount.amount(),
            kind.role(),
            kind.contra(),
            kind.kind(),
            word.family(),
            event,
            new Page(FUTURES, number));
    return new Meaning.Coarse(leg, word.known());
  }

  private static @Nullable Meaning of(FuturesRecord.FuturesFill fill) {
    String settled = settled(fill.market(), fill.quoteAsset());
    if (settled == null) {
      return null;
    }
    Money fee = fill.fee();
    if (fill.profit().signum() == 0 && fee.amount().signum() == 0) {
      return new Meaning.Nothing("It opened a position and cost nothing: no balance changed.");
    }
    String number = fill.tradeId() == null ? null : fill.market() + " " + fill.tradeId();
    return new Meaning.Coarse(
        new Act(
            Meanings.second(fill.at().at()),
            futures(fill.market(), settled).code(),
            new Change(settled, fill.profit()),
            new Change(fee.asset(), fee.amount().negate()),
            Tie.RESULT,
            Domain.FUTURES.code(),
            new Page(number == null ? FILLS_WITHOUT_IDS : FILLS, number)),
        true);
  }

  // Coin-margined contracts are named after the coin they are settled in, and dollars.
  private static @Nullable String settled(String market, @Nullable String quote) {
    int dollars = market.indexOf("USD_");
    if (dollars > 0) {
      return market.substring(0, dollars);
    }
    if (quote != null) {
      return quote;
    }
    String name = market.indexOf('_') < 0 ? market : market.substring(0, market.indexOf('_'));
    return SETTLED_IN.stream().filter(name::endsWith).findFirst().orElse(null);
  }

  /** Which futures wallet it was: told by the contract, or else inferred from the asset. */
  private static Wallet futures(@Nullable String market, String asset) {
    boolean usd = market == null ? CASH.contains(asset) : !market.startsWith(asset + "USD_");
    return usd ? Wallet.FUTURES_USD : Wallet.FUTURES_COIN;
  }

  private static Statement.Kind kind(Effect effect, Money change) {
    return Statement.kind(effect, change.amount(), change.asset(), null);
  }

  private static Meaning change(
      Instant at, String wallet, Money amount, Statement.Kind kind, Page page) {
    if (amount.amount().signum() == 0) {
      return new Meaning.Nothing("The line changes nothing.");
    }
    return new Meaning.Coarse(
        new Leg(
            Meanings.second(at),
            wallet,
            amount.asset(),
            amount.amount(),
            kind.role(),
            kind.contra(),
            kind.kind(),
            page.name(),
            null,
            page),
        true);
  }

  private static Meaning swapped(
      Instant at, Change first, Change second, Domain domain, Page page) {
    boolean none = Stream.of(first, second).anyMatch(change -> change.amount().signum() == 0);
    return none
        ? new Meaning.Nothing("The line changes nothing.")
        : new Meaning.Coarse(
            new Act(Meanings.second(at), SPOT, first, second, Tie.SWAP, domain.code(), page), true);
  }

  private static Page page(ExportKind kind, @Nullable String number) {
    return new Page(kind.code(), number);
  }

  private static Meaning notDone() {
    return new Meaning.Nothing("It was not carried out.");
  }
}
