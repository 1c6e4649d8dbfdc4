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
import io.tallystick.venue.binance.exports.ExportRecord.PeerOrder;
import io.tallystick.venue.binance.exports.Money;
import io.tallystick.venue.binance.exports.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Orders between two persons, settled in the funding wallet; the fiat changes hands outside. */
final class People {
  private People() {}

  /** What makes such an order one event in every source. */
  static Identity order(String number, String rank) {
    return Identity.told("person", number, rank);
  }

  static Meaning of(PeerOrder order) {
    if (!order.done()) {
      return new Meaning.Nothing("The order did not take place.");
    }
    boolean sale = order.side() == Side.SELL;
    String coin = order.quantity().asset();
    String fiat = order.total().asset();
    // Some files have no column for fees: what there was is found where the statement is.
    boolean told = order.makerFee() != null || order.takerFee() != null;
    BigDecimal fee = zero(order.makerFee()).add(zero(order.takerFee()));
    BigDecimal amount = order.quantity().amount();
    BigDecimal total = order.total().amount();
    Instant second = Meanings.second(order.at().at());
    String words =
        String.join(
            ":",
            told ? "0" : "1",
            second.toString(),
            Decimals.text(amount),
            Decimals.text(total),
            Decimals.text(fee));
    return new Meaning.Event(
        new Entry(
            EntryKind.CONVERSION,
            EntryState.SETTLED,
            second,
            order(order.number(), Counted.MARK + words),
            null,
            null,
            Map.of(
                "given_asset",
                sale ? coin : fiat,
                "given",
                Decimals.text(sale ? amount : total),
                "received_asset",
                sale ? fiat : coin,
                "received",
                Decimals.text(sale ? total : amount),
                "fee",
                told ? Decimals.text(fee) : "unknown",
                "venue_id",
                order.number(),
                "surface",
                "p2p"),
            postings(order, fee)),
        Domain.P2P);
  }

  private static List<Posting> postings(PeerOrder order, BigDecimal fee) {
    boolean sale = order.side() == Side.SELL;
    Account funding = Account.wallet("funding");
    Account people = Account.external("p2p");
    Money coin = order.quantity();
    Money fiat = order.total();
    Money given = sale ? coin : fiat;
    Money got = sale ? fiat : coin;
    List<Posting> postings = new ArrayList<>(3);
    Meanings.post(
        postings, sale ? funding : people, Account.TRADING, given.asset(), given.amount());
    Meanings.post(postings, Account.TRADING, sale ? people : funding, got.asset(), got.amount());
    Meanings.post(postings, funding, Account.FEES, coin.asset(), fee);
    return postings;
  }

  private static BigDecimal zero(@Nullable BigDecimal amount) {
    return amount == null ? BigDecimal.ZERO : amount;
  }
}
