package io.tallystick.sandbox.spot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Market;
import io.tallystick.sandbox.protocol.Answer;
import io.tallystick.sandbox.protocol.Arguments;
import io.tallystick.sandbox.protocol.Charge;
import io.tallystick.sandbox.protocol.Meter;
import io.tallystick.sandbox.protocol.Parameter;
import io.tallystick.sandbox.protocol.PublicEndpoint;
import io.tallystick.sandbox.protocol.Refusal;
import io.tallystick.sandbox.protocol.Sent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code GET /api/v3/exchangeInfo}: limits in force and the symbols listed now. Removed symbols are
 * not there, and those of special groups only when asked for (Binance Spot REST docs, "Exchange
 * information").
 */
public final class ExchangeInfo implements PublicEndpoint {
  private static final Set<String> STATUSES = Set.of("TRADING", "HALT", "BREAK");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Market market;
  private final Supplier<Meter.Limits> limits;
  private final Map<String, ObjectNode> rows;

  /** Over this market, under the limits that are in force when it is asked. */
  public ExchangeInfo(Market market, Supplier<Meter.Limits> limits) {
    this.market = market;
    this.limits = limits;
    this.rows = market.listed().stream().collect(Collectors.toMap(Listing::symbol, SymbolRow::of));
  }

  @Override
  public String path() {
    return "/api/v3/exchangeInfo";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.symbol().optional(),
        Parameter.text("symbols"),
        Parameter.text("permissions"),
        Parameter.flag("showPermissionSets"),
        Parameter.text("symbolStatus"));
  }

  @Override
  public Charge charge(Sent sent) {
    return Charge.api(20);
  }

  @Override
  public Answer answer(Arguments arguments) {
    boolean named = arguments.has("symbol") || arguments.has("symbols");
    int selectors = 0;
    for (String selector : List.of("symbol", "symbols", "permissions")) {
      selectors += arguments.has(selector) ? 1 : 0;
    }
    if (selectors > 1 || (named && arguments.has("symbolStatus"))) {
      return Refusal.combination();
    }
    Optional<String> status = arguments.text("symbolStatus");
    if (status.isPresent() && !STATUSES.contains(status.get())) {
      return Refusal.of(-1122, "Invalid symbolStatus.");
    }
    if (!named) {
      return byGroup(arguments, status);
    }
    List<String> names =
        arguments
            .text("symbol")
            .map(List::of)
            .orElseGet(() -> names(arguments.required("symbols")));
    if (names.isEmpty()) {
      return Refusal.illegal("symbols");
    }
    if (new HashSet<>(names).size() < names.size()) {
      return Refusal.of(-1151, "Symbol is present multiple times in the list.");
    }
    List<Listing> found = names.stream().flatMap(n -> market.listed(n).stream()).toList();
    return found.size() < names.size() ? Refusal.invalidSymbol() : document(arguments, found);
  }

  private Answer byGroup(Arguments arguments, Optional<String> status) {
    List<String> groups = arguments.text("permissions").map(ExchangeInfo::names).orElse(List.of());
    if (arguments.has("permissions") && groups.isEmpty()) {
      return Refusal.illegal("permissions");
    }
    List<Listing> found =
        market.listed().stream()
            .filter(l ->
                groups.isEmpty()
                    ? l.shownByDefault()
                    : l.groups().stream().anyMatch(groups::contains))
            .filter(l -> status.isEmpty() || l.status().equals(status.get()))
            .toList();
    return document(arguments, found);
  }

  private Answer document(Arguments arguments, List<Listing> listings) {
    boolean sets = !arguments.has("showPermissionSets") || arguments.flag("showPermissionSets");
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("timezone", "UTC").put("serverTime", arguments.shown(arguments.now()));
    Meter.Limits now = limits.get();
    ArrayNode shown = body.putArray("rateLimits");
    limit(shown, "REQUEST_WEIGHT", "MINUTE", 1, now.weight());
    limit(shown, "ORDERS", "SECOND", 10, 50);
    limit(shown, "ORDERS", "DAY", 1, 160_000);
    limit(shown, "RAW_REQUESTS", "MINUTE", 5, now.rawRequests());
    body.putArray("exchangeFilters");
    ArrayNode symbols = body.putArray("symbols");
    for (Listing listing : listings) {
      ObjectNode row = Objects.requireNonNull(rows.get(listing.symbol()));
      symbols.add(sets ? row : row.deepCopy().set("permissionSets", symbols.arrayNode()));
    }
    ArrayNode routed = body.putArray("sors");
    routed.addObject().put("baseAsset", "BTC").putArray("symbols").add("BTCUSDT").add("BTCUSDC");
    return new Answer.Document(body);
  }

  private static void limit(ArrayNode to, String type, String interval, int count, int limit) {
    to.addObject()
        .put("rateLimitType", type)
        .put("interval", interval)
        .put("intervalNum", count)
        .put("limit", limit);
  }

  /** One bare name or a JSON array of names; empty where it is neither. */
  private static List<String> names(String text) {
    if (!text.startsWith("[")) {
      return List.of(text);
    }
    try {
      List<String> names = new ArrayList<>();
      JSON.readTree(text).forEach(name -> names.add(name.asText()));
      return names;
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }
}
