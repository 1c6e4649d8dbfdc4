package io.tallystick.venue.binance;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Map;
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
  public static final Stream.Markets SEEN = MARKETS::get;

  private Fixtures() {}

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
    return stream.partition() == Stream.Partition.NONE ? "" : "SOLUSDT";
  }

  /** A reading as lines, amounts in canonical text. */
  public static String show(Reading reading) {
    return switch (reading) {
      case Reading.Booked(Entry entry) -> show(entry);
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
