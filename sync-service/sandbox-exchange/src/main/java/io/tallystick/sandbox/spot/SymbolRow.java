package io.tallystick.sandbox.spot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Units;
import java.util.List;

/** A symbol as {@code exchangeInfo} shows it. */
final class SymbolRow {
  private static final List<String> ORDER_TYPES =
      List.of("LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS_LIMIT", "TAKE_PROFIT_LIMIT");
  private static final List<String> PREVENTION = List.of("EXPIRE_TAKER", "EXPIRE_MAKER", "NONE");
  private static final List<String> PRECISIONS = List.of("quotePrecision", "quoteAssetPrecision");
  private static final List<String> COMMISSIONS =
      List.of("baseCommissionPrecision", "quoteCommissionPrecision");

  private SymbolRow() {}

  static ObjectNode of(Listing listing) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("symbol", listing.symbol()).put("status", listing.status());
    row.put("baseAsset", listing.base().name()).put("baseAssetPrecision", 8);
    row.put("quoteAsset", listing.quote().name());
    PRECISIONS.forEach(name -> row.put(name, 8));
    COMMISSIONS.forEach(name -> row.put(name, 8));
    ArrayNode types = row.putArray("orderTypes");
    ORDER_TYPES.forEach(types::add);
    row.put("icebergAllowed", true).put("ocoAllowed", true).put("otoAllowed", true);
    row.put("opoAllowed", true).put("quoteOrderQtyMarketAllowed", true);
    row.put("allowTrailingStop", false).put("cancelReplaceAllowed", true);
    row.put("amendAllowed", true).put("pegInstructionsAllowed", false);
    row.put("isSpotTradingAllowed", listing.groups().contains("SPOT"));
    row.put("isMarginTradingAllowed", listing.groups().contains("MARGIN"));
    filters(listing, row.putArray("filters"));
    row.putArray("permissions");
    ArrayNode set = row.putArray("permissionSets").addArray();
    listing.groups().forEach(set::add);
    row.put("defaultSelfTradePreventionMode", "NONE");
    ArrayNode modes = row.putArray("allowedSelfTradePreventionModes");
    PREVENTION.forEach(modes::add);
    return row;
  }

  private static void filters(Listing listing, ArrayNode to) {
    to.addObject()
        .put("filterType", "PRICE_FILTER")
        .put("minPrice", Units.text(listing.tick()))
        .put("maxPrice", "1000000.00000000")
        .put("tickSize", Units.text(listing.tick()));
    to.addObject()
        .put("filterType", "LOT_SIZE")
        .put("minQty", Units.text(listing.step()))
        .put("maxQty", "9000000000.00000000")
        .put("stepSize", Units.text(listing.step()));
  }
}
