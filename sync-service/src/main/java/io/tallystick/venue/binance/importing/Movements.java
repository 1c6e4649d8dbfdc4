package io.tallystick.venue.binance.importing;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.Counted;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.ledger.Identity;
import io.tallystick.ledger.Posting;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Exports.Meaning;
import io.tallystick.venue.binance.exports.CashRecord;
import io.tallystick.venue.binance.exports.CashRecord.Progress;
import io.tallystick.venue.binance.exports.Direction;
import io.tallystick.venue.binance.exports.TxId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rows about money that crosses the venue's border. Only what is done is booked. */
final class Movements {
  private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9._-]{1,32}");

  Meaning of(CashRecord record) {
    if (record.progress() != Progress.DONE) {
      return new Meaning.Nothing("It is not completed; a later export will tell how it ended.");
    }
    return switch (record) {
      case CashRecord.CryptoMovement crypto -> crypto(crypto);
      case CashRecord.FiatMovement move -> Purchases.of(move);
      case CashRecord.FiatPurchase order -> Purchases.of(order);
    };
  }

  private static Meaning crypto(CashRecord.CryptoMovement move) {
    boolean in = move.direction() == Direction.DEPOSIT;
    String coin = move.amount().asset();
    BigDecimal amount = move.amount().amount();
    Account spot = Account.wallet("spot");
    Account outside = outside(move);
    List<Posting> postings = new ArrayList<>(2);
    Meanings.post(postings, in ? outside : spot, in ? spot : outside, coin, amount);
    BigDecimal fee = in || move.fee() == null ? BigDecimal.ZERO : move.fee();
    Meanings.post(postings, spot, Account.FEES, coin, fee);
    Instant second = Meanings.second(move.at().at());
    String txid = txid(move.txId());
    Identity identity =
        new Identity(
            in ? "deposit" : "withdrawal",
            List.of(coin, txid == null ? "at " + second : txid, Decimals.text(amount)),
            null,
            Counted.MARK + words(move, outside, second, fee));
    Map<String, String> details = new TreeMap<>();
    details.put("asset", coin);
    details.put("amount", Decimals.text(amount));
    if (!in) {
      details.put("fee", Decimals.text(fee));
    }
    put(details, "address", move.address());
    put(details, "tag", move.memo());
    put(details, "source_address", move.sourceAddress());
    put(details, "txid", txid);
    return new Meaning.Event(
        new Entry(
            in ? EntryKind.DEPOSIT : EntryKind.WITHDRAWAL,
            EntryState.SETTLED,
            second,
            identity,
            null,
            move.network(),
            details,
            postings),
        in ? Domain.DEPOSITS : Domain.WITHDRAWALS);
  }

  // Exports of several years differ in the second, the network and the fee they tell. Those that
  // know a network speak first, then the earliest. Two outputs of one transaction may be equal but
  // for where they went: each is a wording of its own, so that none depends on the order of rows.
  private static String words(
      CashRecord.CryptoMovement move, Account outside, Instant second, BigDecimal fee) {
    return String.join(
        ":",
        move.network() == null ? "1" : "0",
        second.toString(),
        outside.path(),
        Decimals.text(fee),
        whither(move));
  }

  private static String whither(CashRecord.CryptoMovement move) {
    String memo = move.memo() == null ? "" : move.memo();
    byte[] digest = Digests.sha256(Frame.of("tallystick/whither/1", move.address(), memo));
    return HexFormat.of().formatHex(digest, 0, 8);
  }

  private static void put(Map<String, String> details, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      details.put(name, value);
    }
  }

  private static Account outside(CashRecord.CryptoMovement move) {
    if (move.txId().form() == TxId.Form.INTERNAL) {
      return Account.external("internal");
    }
    String network = move.network() == null ? "" : move.network();
    return Account.external(NETWORK.matcher(network).matches() ? network : "unknown");
  }

  // As the API's rows are keyed: hashes in lower case and bare, transfers inside the venue by their
  // number, all else as it is.
  static @Nullable String txid(TxId id) {
    return switch (id.form()) {
      case NONE -> null;
      case INTERNAL -> "internal transfer " + id.value();
      case HEX, OTHER -> id.value();
    };
  }
}
