package io.tallystick.venue.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.Identity;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Market;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers in the venue's documented shapes, and readings as text that a person can check. */
public final class Fixtures {
  public static final ObjectMapper JSON = new ObjectMapper();
  public static final Instant NOW = Instant.parse("2026-11-01T12:34:56.789Z");

  private static final Map<String, Market> MARKETS =
      Map.of(
          "SOLUSDT", new Market("SOLUSDT", "SOL", "USDT", "TRADING"),
          "LTCBTC", new Market("LTCBTC", "LTC", "BTC", "BREAK"));

  /** The markets the fixtures speak of. */
  public static final Stream.Markets SEEN = markets(MARKETS);

  /**
   * Streams whose records are not the very bytes of the page: who the other people were is left
   * out, and what changes with every price.
   */
  static final Set<String> REWRITTEN =
      Set.of("fiat-orders", "fiat-payments", "payments", "peer-trades", "wallet-totals");

  private static final List<String> ROWS =
      List.of("rows", "list", "data", "userAssetDribblets", "snapshotVos", "plan", "balances");

  private Fixtures() {}

  /** The rows of an answer, wherever they are in it. */
  static ArrayNode rows(JsonNode answer) {
    JsonNode at = answer;
    while (at.isObject()) {
      JsonNode inside = at;
      at =
          ROWS.stream()
              .filter(inside::has)
              .map(inside::get)
              .findFirst()
              .orElseThrow(() -> new AssertionError("no rows in " + answer));
    }
    return (ArrayNode) at;
  }

  /** These markets, as mappings look them up. */
  public static Stream.Markets markets(Map<String, Market> markets) {
    return new Stream.Markets() {
      @Override
      public @Nullable Market find(String symbol) {
        return markets.get(symbol);
      }

      @Override
      public boolean lists(String asset) {
        return markets.values().stream()
            .anyMatch(market -> market.base().equals(asset) || market.quote().equals(asset));
      }
    };
  }

  public static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no fixture " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  public static Answer ok(String body) {
    return new Answer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  /** The stream's partition in the fixtures. */
  public static String partition(Stream stream) {
    return stream.partition() == Stream.Partition.NONE ? stream.parts().getFirst() : "SOLUSDT";
  }

  /** A reading as lines, amounts in canonical text. */
  public static String show(Reading reading) {
    return switch (reading) {
      case Reading.Booked(Entry entry) -> show(entry);
      case Reading.Claimed(var claim) -> "claim " + claim;
      case Reading.OrderSeen(Reading.Order o) ->
          "order %s %s %s %s %s open=%s price=%s qty=%s filled=%s quote=%s placed=%s updated=%s"
              .formatted(
                  o.market(),
                  o.orderRef(),
                  o.side(),
                  o.type(),
                  o.status(),
                  o.open(),
                  show(o.price()),
                  show(o.quantity()),
                  show(o.filled()),
                  show(o.quoteFilled()),
                  o.placedAt(),
                  o.updatedAt());
      case Reading.PartsSeen seen -> {
        StringBuilder text = new StringBuilder("parts of " + seen.wallet() + " at " + seen.at());
        for (Reading.Part part : seen.parts()) {
          text.append("\n  ").append(part.asset()).append(" free ").append(show(part.free()));
          text.append(" locked ").append(show(part.locked()));
        }
        yield text.toString();
      }
      case Reading.BalancesSeen seen -> {
        StringBuilder text = new StringBuilder("balances of " + seen.wallet());
        text.append(seen.complete() ? ", complete" : ", incomplete");
        for (Reading.Balance b : seen.balances()) {
          text.append("\n  ").append(b.asset()).append(" free ").append(show(b.free()));
          text.append(" locked ").append(show(b.locked()));
          text.append(" frozen ").append(show(b.frozen()));
          text.append(" withdrawing ").append(show(b.withdrawing()));
        }
        yield text.toString();
      }
      case Reading.BalancesAt seen -> {
        StringBuilder text = new StringBuilder("balances of " + seen.wallet() + " at " + seen.at());
        for (Reading.Balance b : seen.balances()) {
          text.append("\n  ").append(b.asset()).append(' ').append(show(b.total()));
        }
        yield text.toString();
      }
      case Reading.PlanSeen(Reading.Plan plan) ->
          "plan %s %s active=%s %s %s for %s every %s (%s h) next %s"
              .formatted(
                  plan.ref(),
                  plan.status(),
                  plan.active(),
                  show(plan.amount()),
                  plan.source(),
                  plan.target(),
                  plan.cycle(),
                  plan.hours(),
                  plan.next());
      case Reading.AssetsSeen seen -> "assets " + seen.assets();
      case Reading.Nothing nothing -> "nothing: " + nothing.why();
      case Reading.Unread unread -> "unread: " + unread.why();
    };
  }

  private static String show(Entry entry) {
    StringBuilder text = new StringBuilder();
    text.append(entry.kind()).append(' ').append(entry.state()).append(' ');
    text.append(entry.occurredAt());
    Identity identity = entry.identity();
    text.append("\n  identity ").append(identity.fact()).append(identity.parts());
    text.append(" second ").append(identity.second()).append(" rank ").append(identity.rank());
    Entry.Terms terms = entry.terms();
    if (terms != null) {
      text.append(
          "\n  terms %s %s %s at %s for %s fee %s %s ref %s order %s maker %s"
              .formatted(
                  terms.market(),
                  terms.side(),
                  show(terms.quantity()),
                  show(terms.price()),
                  show(terms.quoteQuantity()),
                  show(terms.fee()),
                  terms.feeAsset(),
                  terms.venueRef(),
                  terms.orderRef(),
                  terms.maker()));
    }
    text.append("\n  network ").append(entry.network());
    new TreeMap<>(entry.details())
        .forEach((name, value) -> text.append("\n  ").append(name).append(" = ").append(value));
    entry
        .postings()
        .forEach(posting ->
            text.append("\n  ")
                .append(posting.from().path())
                .append(" -> ")
                .append(posting.to().path())
                .append(' ')
                .append(show(posting.amount()))
                .append(' ')
                .append(posting.asset()));
    return text.toString();
  }

  private static String show(@Nullable BigDecimal amount) {
    return amount == null ? "none" : Decimals.text(amount);
  }
}
