package io.tallystick.venue.binance.importing;

import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.Counted;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.ledger.Identity;
import io.tallystick.ledger.Posting;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Exports.Meaning;
import io.tallystick.venue.binance.exports.CashRecord.FiatMovement;
import io.tallystick.venue.binance.exports.CashRecord.FiatPurchase;
import io.tallystick.venue.binance.exports.Direction;
import io.tallystick.venue.binance.exports.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Government money that comes, goes, or buys coins. Its orders have numbers that all lists share.
 */
final class Purchases {
  // The money that the venue takes or pays out. Not all the world's: SCR, ERN, MNT and others that
  // states call theirs are coins there, too.
  private static final Set<String> FIAT =
      Set.of(
          ("AED ARS AUD AZN BDT BGN BHD BRL CAD CHF CLP CNY COP CRC CZK DKK DOP DZD EGP EUR GBP GEL"
                  + " GHS HKD HRK HUF IDR ILS INR JOD JPY KES KRW KWD KZT LKR MAD MDL MXN MYR NGN"
                  + " NOK NPR NZD OMR PAB PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK SGD THB TND"
                  + " TRY TWD TZS UAH UGX USD UYU UZS VES VND XAF XOF ZAR ZMW")
              .split(" "));

  private Purchases() {}

  static boolean isFiat(String asset) {
    return FIAT.contains(asset);
  }

  /** What makes a purchase, or a sale, one event in every source. */
  static Identity order(boolean sale, String number, String rank) {
    return Identity.told(sale ? "fiat-sale" : "fiat-purchase", number, rank);
  }

  static Meaning of(FiatPurchase order) {
    Money paid = order.spent();
    Money got = order.received();
    boolean sale = isFiat(got.asset()) && !isFiat(paid.asset());
    Account spot = Account.wallet("spot");
    Account payer = sale ? spot : payer(order.method());
    BigDecimal fee =
        sale || order.fee() == null || !order.fee().asset().equals(paid.asset())
            ? BigDecimal.ZERO
            : order.fee().amount().min(paid.amount());
    List<Posting> postings = new ArrayList<>(3);
    Meanings.post(postings, payer, Account.TRADING, paid.asset(), paid.amount().subtract(fee));
    Meanings.post(postings, payer, Account.FEES, paid.asset(), fee);
    Meanings.post(
        postings,
        Account.TRADING,
        sale ? Account.external("bank") : spot,
        got.asset(),
        got.amount());
    Instant second = Meanings.second(order.at().at());
    String words =
        String.join(
            ":",
            second.toString(),
            payer.path(),
            Decimals.text(paid.amount()),
            Decimals.text(got.amount()),
            Decimals.text(fee));
    return new Meaning.Event(
        new Entry(
            EntryKind.CONVERSION,
            EntryState.SETTLED,
            second,
            order(sale, order.orderId(), Counted.MARK + words),
            null,
            null,
            Map.of(
                "given_asset", paid.asset(),
                "given", Decimals.text(paid.amount()),
                "received_asset", got.asset(),
                "received", Decimals.text(got.amount()),
                "fee", Decimals.text(fee),
                "venue_id", order.orderId(),
                "surface", sale ? "fiat-sale" : "fiat-purchase"),
            postings),
        Domain.FIAT);
  }

  // Only the cash balance is money inside the venue.
  private static Account payer(String method) {
    String lower = method.toLowerCase(Locale.ROOT);
    if (lower.contains("cash balance")) {
      return Account.wallet("spot");
    }
    return Account.external(lower.contains("card") ? "card" : "bank");
  }

  static Meaning of(FiatMovement move) {
    boolean in = move.direction() == Direction.DEPOSIT;
    String fiat = move.net().asset();
    BigDecimal net = move.net().amount();
    BigDecimal fee = move.gross().amount().subtract(net).max(BigDecimal.ZERO);
    Account spot = Account.wallet("spot");
    Account bank = Account.external("bank");
    List<Posting> postings = new ArrayList<>(2);
    Meanings.post(postings, in ? bank : spot, in ? spot : bank, fiat, net);
    // What a deposit cost was taken before it came.
    if (!in) {
      Meanings.post(postings, spot, Account.FEES, fiat, fee);
    }
    Instant second = Meanings.second(move.at().at());
    String words = String.join(":", second.toString(), Decimals.text(net), Decimals.text(fee));
    return new Meaning.Event(
        new Entry(
            in ? EntryKind.DEPOSIT : EntryKind.WITHDRAWAL,
            EntryState.SETTLED,
            second,
            Identity.told(in ? "fiat-in" : "fiat-out", move.orderId(), Counted.MARK + words),
            null,
            null,
            Map.of(
                "asset", fiat,
                "amount", Decimals.text(net),
                "fee", Decimals.text(fee),
                "venue_id", move.orderId()),
            postings),
        Domain.FIAT);
  }
}
