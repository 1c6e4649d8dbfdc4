package io.tallystick.venue.binance.importing;

import io.tallystick.ledger.Account;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.Role;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.Identity;
import io.tallystick.venue.Exports.Meaning;
import io.tallystick.venue.binance.exports.Effect;
import io.tallystick.venue.binance.exports.ExportRecord.StatementLine;
import io.tallystick.venue.binance.exports.Operations;
import io.tallystick.venue.binance.exports.Wallet;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lines of the statement: changes of one balance, which the ledger puts together. */
final class Statement {
  private static final String SUSPENSE = "suspense";
  private static final String RECEIPT = "LD";
  private static final String FIAT_OUTSIDE = "external/fiat";

  private static final Pattern PEER = Pattern.compile("^P2P - ([0-9]{8,32})$");
  private static final Pattern PURCHASE = Pattern.compile("(?:^|/)([A-Za-z0-9]{12,64})$");

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
    boolean saved = meaning.effect() == Effect.RECEIPT && isReceipt(line.coin());
    Effect effect =
        saved ? line.change().signum() > 0 ? Effect.EARN_IN : Effect.EARN_OUT : meaning.effect();
    // Whichever account the file names: what stands for savings is among the savings.
    String wallet = saved ? Wallet.EARN.code() : wallet(line.account());
    Kind kind =
        kind(effect, line.change(), line.coin(), saved ? Wallet.EARN : Wallet.of(line.account()));
    Leg leg =
        new Leg(
            Meanings.second(line.at().at()),
            wallet,
            asset(wallet, line.coin()),
            line.change(),
            kind.role(),
            kind.contra(),
            kind.kind(),
            meaning.family(),
            event(meaning.effect(), line.remark()));
    return new Meaning.Coarse(leg, meaning.known());
  }

  // Remarks name orders between people and purchases by the numbers that their lists have too.
  private static @Nullable Identity event(Effect effect, String remark) {
    if (effect == Effect.P2P) {
      Matcher number = PEER.matcher(remark);
      return number.find() ? People.order(number.group(1), "") : null;
    }
    if (effect == Effect.FIAT_BUY || effect == Effect.FIAT_SELL) {
      Matcher number = PURCHASE.matcher(remark);
      boolean sale = effect == Effect.FIAT_SELL;
      return number.find() ? Purchases.order(sale, number.group(1), "") : null;
    }
    return null;
  }

  // A receipt of savings stands for the coin that it is a claim on.
  private static String asset(String wallet, String coin) {
    boolean receipt = wallet.equals(Wallet.EARN.code()) && isReceipt(coin);
    return receipt ? coin.substring(RECEIPT.length()) : coin;
  }

  private static boolean isReceipt(String coin) {
    return coin.startsWith(RECEIPT) && coin.length() > 3;
  }

  /** The wallet's name; an account nobody knows is a wallet of its own. */
  private static String wallet(String account) {
    Wallet known = Wallet.of(account);
    return known != null
        ? known.code()
        : "other-" + account.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** What a change is while nothing better is known of it. */
  record Kind(Role role, String contra, EntryKind kind) {}

  static Kind kind(Effect effect, BigDecimal change, String coin, @Nullable Wallet wallet) {
    boolean in = change.signum() > 0;
    return switch (effect) {
      case TRADE -> new Kind(Role.TRADE, SUSPENSE, EntryKind.UNCLASSIFIED);
      case TRADE_FEE -> new Kind(Role.FEE, "fees/@", EntryKind.FEE);
      case CONVERT, DUST, TOKEN_SWAP -> new Kind(Role.SWAP, SUSPENSE, EntryKind.UNCLASSIFIED);
      // The fiat that a card brought comes from outside before it is spent. Where the statement has
      // no row of it, the coin is all that came, and where it is paid out, all that went.
      case FIAT_BUY -> in && Purchases.isFiat(coin) ? moved(FIAT_OUTSIDE, true) : traded(in);
      case FIAT_SELL -> traded(in);
      case DEPOSIT, WITHDRAWAL -> moved("external/unknown", in);
      case FIAT_DEPOSIT, FIAT_WITHDRAWAL -> moved(FIAT_OUTSIDE, in);
      case P2P -> moved("external/p2p", in);
      case PAY -> moved("external/pay", in);
      case CARD_SPEND -> moved("external/card", in);
      case CASHBACK -> income("cashback", in);
      case INTEREST, RECEIPT -> income("interest", in);
      case STAKE_REWARD -> income("staking", in);
      case AIRDROP -> income("airdrop", in);
      case REBATE -> income("rebate", in);
      case MINING -> income("mining", in);
      case EARN_IN, EARN_OUT ->
          wallet == Wallet.EARN
              ? new Kind(Role.TRANSFER, SUSPENSE, EntryKind.UNCLASSIFIED)
              : new Kind(Role.TRANSFER, "venue/@/earn", EntryKind.INTERNAL_TRANSFER);
      case TRANSFER -> new Kind(Role.TRANSFER, SUSPENSE, EntryKind.UNCLASSIFIED);
      case FUTURES_PROFIT, FUTURES_FUNDING -> income("futures", in);
      case FUTURES_FEE, LOAN_INTEREST, INSURANCE -> new Kind(Role.OTHER, "fees/@", EntryKind.FEE);
      case LOAN, REPAY -> new Kind(Role.OTHER, Account.LOANS.path(), EntryKind.INTERNAL_TRANSFER);
      case LIQUIDATION, NFT, FREEZE, ADJUSTMENT, UNKNOWN, MIRROR ->
          new Kind(Role.OTHER, SUSPENSE, EntryKind.UNCLASSIFIED);
    };
  }

  private static Kind moved(String outside, boolean in) {
    return new Kind(Role.MOVE, outside, in ? EntryKind.DEPOSIT : EntryKind.WITHDRAWAL);
  }

  private static Kind traded(boolean in) {
    return new Kind(Role.SWAP, FIAT_OUTSIDE, in ? EntryKind.DEPOSIT : EntryKind.WITHDRAWAL);
  }

  private static Kind income(String what, boolean in) {
    return new Kind(Role.INCOME, "income/" + what, in ? EntryKind.INCOME : EntryKind.FEE);
  }
}
