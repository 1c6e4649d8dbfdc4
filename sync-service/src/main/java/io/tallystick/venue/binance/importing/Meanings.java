package io.tallystick.venue.binance.importing;

import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.Claim;
import io.tallystick.ledger.Counted;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.ledger.Identity;
import io.tallystick.ledger.Posting;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Exports.Meaning;
import io.tallystick.venue.Market;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.exports.CashRecord;
import io.tallystick.venue.binance.exports.ExportRecord;
import io.tallystick.venue.binance.exports.Fill;
import io.tallystick.venue.binance.exports.FuturesRecord;
import io.tallystick.venue.binance.exports.MarginMode;
import io.tallystick.venue.binance.exports.MarginRecord;
import io.tallystick.venue.binance.exports.Operations;
import io.tallystick.venue.binance.exports.OrderRecord;
import io.tallystick.venue.binance.exports.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a row means to the books; the facts of an event are those that the API's rows share. */
final class Meanings {
  private final Stream.Markets markets;
  private final Statement statement;
  private final ProductPages pages;
  private final Movements movements = new Movements();

  Meanings(Stream.Markets markets) {
    this.markets = markets;
    Operations operations = Operations.load();
    this.statement = new Statement(operations);
    this.pages = new ProductPages(operations);
  }

  /** The meaning; null where a pair's assets are not known. */
  @Nullable Meaning of(ExportRecord record) {
    return switch (record) {
      case Fill fill -> fill(fill);
      case OrderRecord.Order order -> order(order);
      case OrderRecord.OrderFill below -> fill(below.fill());
      case ExportRecord.StatementLine line -> statement.of(line);
      case ExportRecord.ConvertOrder convert -> convert(convert);
      case CashRecord cash -> movements.of(cash);
      case ExportRecord.PeerOrder order -> People.of(order);
      case ExportRecord.EarnInterest interest -> ProductPages.of(interest);
      case ExportRecord.StakeSwap swap -> ProductPages.of(swap);
      case ExportRecord.AutoInvestBuy buy -> ProductPages.of(buy);
      case ExportRecord.DustSwap swap -> ProductPages.of(swap);
      case MarginRecord margin -> pages.of(margin);
      case FuturesRecord futures -> pages.of(futures);
      case ExportRecord.TaxLine _ ->
          new Meaning.Nothing("The tax tool's own summary: for checking totals only.");
    };
  }

  private @Nullable Meaning fill(Fill fill) {
    Market market = market(fill.market(), fill.baseAsset(), fill.quoteAsset());
    if (market == null) {
      return null;
    }
    Account wallet = Account.wallet(wallet(fill.margin()));
    boolean buy = fill.side() == Side.BUY;
    List<Posting> postings = new ArrayList<>(3);
    post(
        postings,
        wallet,
        Account.TRADING,
        buy ? market.quote() : market.base(),
        buy ? fill.quoteQuantity() : fill.quantity());
    post(
        postings,
        Account.TRADING,
        wallet,
        buy ? market.base() : market.quote(),
        buy ? fill.quantity() : fill.quoteQuantity());
    post(postings, wallet, Account.FEES, fill.feeAsset(), fill.fee());
    List<String> facts = fill.facts();
    Entry.Terms terms =
        new Entry.Terms(
            fill.market(),
            buy ? "buy" : "sell",
            fill.price(),
            fill.quantity(),
            fill.quoteQuantity(),
            fill.fee(),
            fill.feeAsset(),
            null,
            null,
            null);
    String fact = fill.margin() == MarginMode.NONE ? "fill" : "fill-" + wallet(fill.margin());
    return new Meaning.Event(
        new Entry(
            EntryKind.TRADE,
            EntryState.SETTLED,
            fill.second(),
            new Identity(fact, facts, fill.second(), Counted.MARK),
            terms,
            null,
            Map.of(),
            postings),
        Domain.TRADES);
  }

  private @Nullable Meaning order(OrderRecord.Order order) {
    if (order.executed().signum() == 0) {
      return new Meaning.Nothing("The order was never filled.");
    }
    // Fills come long after a limit order was placed: without an end nobody finds them.
    if (order.updated() == null) {
      return new Meaning.Nothing("Its fills stand below it, or in the trade history.");
    }
    Market market = market(order.market(), order.baseAsset(), order.quoteAsset());
    if (market == null) {
      return null;
    }
    Instant placed = second(order.placed().at());
    Instant updated = second(order.updated().at());
    return new Meaning.Coarse(
        new Claim.OrderRow(
            placed,
            updated.isBefore(placed) ? placed : updated,
            order.market(),
            market.base(),
            market.quote(),
            order.side() == Side.BUY,
            order.executed(),
            order.total(),
            order.number(),
            wallet(order.margin())),
        true);
  }

  private static Meaning convert(ExportRecord.ConvertOrder convert) {
    if (!convert.done()) {
      return new Meaning.Nothing("The conversion did not take place.");
    }
    String named = convert.wallet() == null ? "" : convert.wallet().toLowerCase(Locale.ROOT);
    Account wallet = Account.wallet(named.contains("fund") ? "funding" : "spot");
    String from = convert.sold().asset();
    String to = convert.bought().asset();
    List<Posting> postings = new ArrayList<>(2);
    post(postings, wallet, Account.TRADING, from, convert.sold().amount());
    post(postings, Account.TRADING, wallet, to, convert.bought().amount());
    Instant second = second(convert.at().at());
    List<String> facts =
        List.of(
            from,
            Decimals.text(convert.sold().amount()),
            to,
            Decimals.text(convert.bought().amount()));
    return new Meaning.Event(
        new Entry(
            EntryKind.CONVERSION,
            EntryState.SETTLED,
            second,
            new Identity("conversion", facts, second, Counted.MARK),
            null,
            null,
            Map.of(),
            postings),
        Domain.CONVERTS);
  }

  private @Nullable Market market(String symbol, @Nullable String base, @Nullable String quote) {
    return base != null && quote != null
        ? new Market(symbol, base, quote, "")
        : markets.find(symbol);
  }

  private static String wallet(MarginMode mode) {
    return switch (mode) {
      case NONE -> "spot";
      case CROSS -> "margin-cross";
      case ISOLATED -> "margin-isolated";
    };
  }

  static Instant second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Adds the posting when there is something to move. */
  static void post(
      List<Posting> postings, Account from, Account to, String asset, BigDecimal amount) {
    if (amount.signum() > 0) {
      postings.add(new Posting(from, to, asset, amount));
    }
  }
}
