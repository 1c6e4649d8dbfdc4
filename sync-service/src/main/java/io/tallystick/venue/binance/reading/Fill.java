package io.tallystick.venue.binance.reading;

import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.ledger.Identity;
import io.tallystick.ledger.Posting;
import io.tallystick.venue.Market;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a fill becomes, whether the list of trades tells it or the line that is listened to. */
public final class Fill {
  private Fill() {}

  /** The entry of a fill, however it was told. */
  public static Entry entry(Entry.Terms terms, long id, Instant time, Market market) {
    Identity identity =
        new Identity(
            "fill",
            List.of(
                terms.market(),
                terms.side(),
                Decimals.text(terms.quantity()),
                Decimals.text(terms.quoteQuantity()),
                Decimals.text(terms.fee()),
                terms.feeAsset()),
            time.truncatedTo(ChronoUnit.SECONDS),
            Movement.rank(time, id, terms.side()));
    return new Entry(
        EntryKind.TRADE,
        EntryState.SETTLED,
        time,
        identity,
        terms,
        null,
        Map.of(),
        postings(terms, market));
  }

  private static List<Posting> postings(Entry.Terms terms, Market market) {
    Account spot = Account.wallet("spot");
    boolean buy = terms.side().equals("buy");
    List<Posting> postings = new ArrayList<>(3);
    Movement.post(
        postings,
        spot,
        Account.TRADING,
        buy ? market.quote() : market.base(),
        buy ? terms.quoteQuantity() : terms.quantity());
    Movement.post(
        postings,
        Account.TRADING,
        spot,
        buy ? market.base() : market.quote(),
        buy ? terms.quantity() : terms.quoteQuantity());
    // A negative commission is a rebate to makers: it comes back from the fees.
    Movement.post(postings, spot, Account.FEES, terms.feeAsset(), terms.fee());
    Movement.post(postings, Account.FEES, spot, terms.feeAsset(), terms.fee().negate());
    return postings;
  }
}
