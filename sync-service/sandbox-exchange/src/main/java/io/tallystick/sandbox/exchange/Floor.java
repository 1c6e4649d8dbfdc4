package io.tallystick.sandbox.exchange;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.Deposit;
import io.tallystick.sandbox.account.Fill;
import io.tallystick.sandbox.account.Holding;
import io.tallystick.sandbox.account.LiveDesk;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.account.Withdrawal;
import io.tallystick.sandbox.market.Asset;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where something happens to an account now and is told to its subscribers (Binance Spot docs,
 * "User Data Stream"): an order's arrival and its fill as {@code executionReport}, balances after
 * it as {@code outboundAccountPosition}, what comes or goes otherwise as {@code balanceUpdate}.
 */
public final class Floor {
  private final ExchangeClock clock;
  private final Sockets sockets;

  Floor(ExchangeClock clock, Sockets sockets) {
    this.clock = clock;
    this.sockets = sockets;
  }

  /** Trades at this moment; empty where the account has not enough, or the cost is too fine. */
  public Optional<Fill> trade(Account account, Listing listing, LiveDesk.Wish wish) {
    Optional<Fill> made = LiveDesk.trade(account, listing, wish, clock.millis());
    made.ifPresent(fill -> {
      sockets.tell(account, report(listing, fill, false));
      sockets.tell(account, report(listing, fill, true));
      Set<String> assets = new LinkedHashSet<>();
      assets.add(listing.base().name());
      assets.add(listing.quote().name());
      assets.add(fill.feeAsset());
      position(account, assets);
    });
    return made;
  }

  /** Tells of a fill once more, as if the news had been late. */
  public void tellAgain(Account account, Listing listing, Fill fill) {
    sockets.tell(account, report(listing, fill, true));
  }

  /** A deposit that arrives at this moment in this state. */
  public Deposit deposit(Account account, Asset coin, long amount, Wallet wallet, int status) {
    Deposit made = LiveDesk.deposit(account, coin, amount, wallet, status, clock.millis());
    if (made.credited() && wallet == Wallet.SPOT) {
      moved(account, coin.name(), amount);
    }
    return made;
  }

  /** A withdrawal asked for at this moment; empty where there is not enough for it. */
  public Optional<Withdrawal> withdraw(
      Account account, Asset coin, long amount, Wallet wallet, int status) {
    Optional<Withdrawal> made =
        LiveDesk.withdraw(account, coin, amount, wallet, status, clock.millis());
    made.filter(out -> wallet == Wallet.SPOT && (out.pending() || out.completed()))
        .ifPresent(out -> moved(account, coin.name(), -out.total()));
    return made;
  }

  private void moved(Account account, String asset, long delta) {
    long now = clock.millis();
    sockets.tell(
        account,
        event("balanceUpdate")
            .put("a", asset)
            .put("d", Units.decimal(delta).toPlainString())
            .put("T", now));
    position(account, Set.of(asset));
  }

  private void position(Account account, Set<String> assets) {
    ObjectNode event = event("outboundAccountPosition").put("u", clock.millis());
    ArrayNode rows = event.putArray("B");
    for (String asset : assets) {
      Holding held = account.holding(Wallet.SPOT, asset);
      rows.addObject()
          .put("a", asset)
          .put("f", Units.text(held.free()))
          .put("l", Units.text(held.locked()));
    }
    sockets.tell(account, event);
  }

  private ObjectNode report(Listing listing, Fill fill, boolean traded) {
    String none = Units.text(0);
    long done = traded ? fill.quantity() : 0;
    long quote = traded ? fill.quote() : 0;
    ObjectNode event =
        event("executionReport")
            .put("s", listing.symbol())
            .put("c", "sandbox" + fill.orderId())
            .put("S", fill.buyer() ? "BUY" : "SELL")
            .put("o", "LIMIT")
            .put("f", "GTC")
            .put("q", Units.text(fill.quantity()))
            .put("p", Units.text(fill.price()))
            .put("P", none)
            .put("F", none)
            .put("g", -1)
            .put("C", "")
            .put("x", traded ? "TRADE" : "NEW")
            .put("X", traded ? "FILLED" : "NEW")
            .put("r", "NONE")
            .put("i", fill.orderId())
            .put("l", Units.text(done))
            .put("z", Units.text(done))
            .put("L", traded ? Units.text(fill.price()) : none);
    if (traded) {
      event.put("n", Units.text(fill.fee())).put("N", fill.feeAsset());
    } else {
      event.put("n", "0").putNull("N");
    }
    return event
        .put("T", fill.time())
        .put("t", traded ? fill.id() : -1)
        .put("v", 3)
        .put("I", fill.orderId() * 10 + (traded ? 1 : 0))
        .put("w", !traded)
        .put("m", fill.maker())
        .put("M", traded)
        .put("O", fill.time())
        .put("Z", Units.text(quote))
        .put("Y", Units.text(quote))
        .put("Q", none)
        .put("W", fill.time())
        .put("V", "NONE");
  }

  private ObjectNode event(String name) {
    return JsonNodeFactory.instance.objectNode().put("e", name).put("E", clock.millis());
  }
}
