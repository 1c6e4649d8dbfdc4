package io.tallystick.venue.binance.importing;

import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.EntryKind;
import io.tallystick.venue.Exports.Meaning;
import io.tallystick.venue.binance.exports.Effect;
import io.tallystick.venue.binance.exports.ExportRecord.StatementLine;
import io.tallystick.venue.binance.exports.Operations;
import io.tallystick.venue.binance.exports.Wallet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Lines of the statement: changes of one balance, which the ledger puts together. */
final class Statement {
  private static final String SUSPENSE = "suspense";
  private static final String RECEIPT = "LD";

  private static final Set<String> FIAT =
      java.util.Currency.getAvailableCurrencies().stream()
          .map(java.util.Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private final Operations operations;

  Statement(Operations operations) {
    this.operations = operations;
  }

  Meaning of(StatementLine line) {
    Operations.Meaning meaning = operations.of(line);
    if (line.change().signum() == 0) {
      return new Meaning.Nothing("The line changes nothing.");
    }
    if (meaning.effect() == Effect.MIRROR) {
      return new Meaning.Nothing("The line repeats another one and does not count.");
    }
    String wallet = wallet(line.account());
    Kind kind = kind(meaning.effect(), line);
    Leg leg =
        new Leg(
            Meanings.second(line.at().at()),
            wallet,
            asset(wallet, line.coin()),
            line.change(),
            kind.role(),
            kind.contra(),
            kind.kind(),
            meaning.family());
    return new Meaning.Coarse(leg, meaning.known());
  }

  // A receipt of savings stands for the coin that it is a claim on.
  private static String asset(String wallet, String coin) {
    boolean receipt =
        wallet.equals(Wallet.EARN.code()) && coin.startsWith(RECEIPT) && coin.length() > 3;
    return receipt ? coin.substring(RECEIPT.length()) : coin;
  }

  /** The wallet's name; an account nobody knows is a wallet of its own. */
  private static String wallet(String account) {
    Wallet known = Wallet.of(account);
    return known != null
        ? known.code()
        : "other-" + account.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private record Kind(Role role, String contra, EntryKind kind) {}

  private static Kind kind(Effect effect, StatementLine line) {
    boolean in = line.change().signum() > 0;
    return switch (effect) {
      case TRADE -> new Kind(Role.TRADE, SUSPENSE, EntryKind.UNCLASSIFIED);
      case TRADE_FEE -> new Kind(Role.FEE, "fees/@", EntryKind.FEE);
      case CONVERT, DUST, TOKEN_SWAP, FIAT_SELL ->
          new Kind(Role.SWAP, SUSPENSE, EntryKind.UNCLASSIFIED);
      // The fiat that a card brought comes from outside before it is spent.
      case FIAT_BUY ->
          in && FIAT.contains(line.coin())
              ? moved("external/fiat", true)
              : new Kind(Role.SWAP, SUSPENSE, EntryKind.UNCLASSIFIED);
      case DEPOSIT, WITHDRAWAL -> moved("external/unknown", in);
      case FIAT_DEPOSIT, FIAT_WITHDRAWAL -> moved("external/fiat", in);
      case P2P -> moved("external/p2p", in);
      case PAY -> moved("external/pay", in);
      case CARD_SPEND -> moved("external/card", in);
      case CASHBACK -> income("cashback", in);
      case INTEREST -> income("interest", in);
      case STAKE_REWARD -> income("staking", in);
      case AIRDROP -> income("airdrop", in);
      case REBATE -> income("rebate", in);
      case MINING -> income("mining", in);
      case EARN_IN, EARN_OUT ->
          Wallet.of(line.account()) == Wallet.EARN
              ? new Kind(Role.TRANSFER, SUSPENSE, EntryKind.UNCLASSIFIED)
              : new Kind(Role.TRANSFER, "venue/@/earn", EntryKind.INTERNAL_TRANSFER);
      case TRANSFER -> new Kind(Role.TRANSFER, SUSPENSE, EntryKind.UNCLASSIFIED);
      case FUTURES_PROFIT, FUTURES_FUNDING -> income("futures", in);
      case FUTURES_FEE, LOAN_INTEREST, INSURANCE -> new Kind(Role.OTHER, "fees/@", EntryKind.FEE);
      case LOAN, REPAY, LIQUIDATION, NFT, FREEZE, ADJUSTMENT, UNKNOWN, MIRROR ->
          new Kind(Role.OTHER, SUSPENSE, EntryKind.UNCLASSIFIED);
    };
  }

  private static Kind moved(String outside, boolean in) {
    return new Kind(Role.MOVE, outside, in ? EntryKind.DEPOSIT : EntryKind.WITHDRAWAL);
  }

  private static Kind income(String what, boolean in) {
    return new Kind(Role.INCOME, "income/" + what, in ? EntryKind.INCOME : EntryKind.FEE);
  }
}
