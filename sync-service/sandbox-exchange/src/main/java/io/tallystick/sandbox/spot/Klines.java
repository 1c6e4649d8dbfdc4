package io.tallystick.sandbox.spot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Market;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.Parameter;
import io.tallystick.sandbox.protocol.PublicEndpoint;
import io.tallystick.sandbox.protocol.Refusal;
import io.tallystick.sandbox.protocol.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /api/v3/klines}: candles (Binance Spot REST docs, "Kline/Candlestick data"). Prices
 * are made up: they swing slowly around the symbol's usual price, the same for the same symbol and
 * hour, and have nothing to do with any real market.
 */
public final class Klines implements PublicEndpoint {
  private static final Map<String, Long> INTERVALS =
      Map.of("1m", 60_000L, "1h", 3_600_000L, "1d", 86_400_000L);
  private static final long HOUR = 3_600_000;
  private static final long SWING_HOURS = 720;
  private static final int USUAL_LIMIT = 500;

  private final Market market;

  /** Over this market. */
  public Klines(Market market) {
    this.market = market;
  }

  @Override
  public String path() {
    return "/api/v3/klines";
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(Window.parameters());
    all.add(Parameter.symbol());
    all.add(Parameter.text("interval").mandatory());
    return all;
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.api(2);
  }

  @Override
  public Answer answer(Arguments arguments) {
    Optional<Listing> listing = market.listed(arguments.required("symbol"));
    if (listing.isEmpty()) {
      return Refusal.invalidSymbol();
    }
    Long interval = INTERVALS.get(arguments.required("interval"));
    if (interval == null) {
      return Refusal.of(-1120, "Invalid interval.");
    }
    long limit = arguments.numberOr("limit", USUAL_LIMIT);
    long now = arguments.now();
    long end = Math.min(arguments.numberOr("endTime", now), now);
    long last = Math.floorDiv(end, interval) * interval;
    long first = last - (limit - 1) * interval;
    if (arguments.has("startTime")) {
      long start = arguments.numberOr("startTime", 0);
      first = -Math.floorDiv(-start, interval) * interval;
      last = Math.min(last, first + (limit - 1) * interval);
    }
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (long from = first; from <= last; from += interval) {
      row(rows.addArray(), listing.get(), from, interval, arguments);
    }
    return new Answer.Document(rows);
  }

  private static void row(
      ArrayNode row, Listing listing, long from, long interval, Arguments arguments) {
    long open = price(listing, from);
    long close = price(listing, from + interval);
    row.add(arguments.shown(from));
    row.add(Units.text(open));
    row.add(Units.text(Math.max(open, close)));
    row.add(Units.text(Math.min(open, close)));
    row.add(Units.text(close));
    row.add("0.00000000");
    row.add(arguments.shown(from + interval) - 1);
    row.add("0.00000000");
    row.add(0);
    row.add("0.00000000");
    row.add("0.00000000");
    row.add("0");
  }

  // A slow wave of nine per cent to either side, shifted by the symbol's name; pegged pairs swing
  // by a thousandth of that.
  private static long price(Listing listing, long time) {
    long hour = Math.floorMod(Math.floorDiv(time, HOUR) + listing.symbol().hashCode(), SWING_HOURS);
    long wave = Math.abs(hour - SWING_HOURS / 2) - SWING_HOURS / 4;
    boolean pegged = listing.base().usd() == listing.quote().usd();
    long usual = listing.ticks() * listing.tick();
    return usual + usual / (pegged ? 2_000_000 : 2_000) * wave;
  }
}
