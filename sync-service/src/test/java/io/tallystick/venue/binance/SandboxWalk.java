package io.tallystick.venue.binance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Digests;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.Posting;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Call;
import io.tallystick.venue.Denial;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Market;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.SigningForm;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The adapter against the sandbox exchange, without a socket, a store or an engine between, in a
 * time that passes only when the venue's limits ask for it.
 */
public final class SandboxWalk {
  private final ApiKey key;
  private final Instant earliest;
  private final Map<String, Entry> once = new HashMap<>();
  private final List<Entry> plain = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-02T10:00:00Z");

  final BinanceVenue venue = new BinanceVenue();

  /** The exchange, empty at first. */
  public final Exchange exchange = new Exchange(ExchangeSettings.defaults().withClock(() -> now));

  /** What is listed, by symbol. */
  public final Map<String, Market> markets = new HashMap<>();

  final Set<String> assets = new HashSet<>();
  final Map<String, BigDecimal> reported = new TreeMap<>();
  final Map<String, BigDecimal> frozen = new TreeMap<>();
  final Map<String, Bookmark> bookmarks = new LinkedHashMap<>();
  final Map<String, Integer> records = new TreeMap<>();
  final Map<String, Integer> calls = new TreeMap<>();
  final Map<String, Denial> denied = new TreeMap<>();
  final Map<String, List<Fetch.Lost>> lost = new TreeMap<>();
  final Map<String, List<String>> kept = new TreeMap<>();

  /** The pages that told something, in the order in which they were read. */
  public final List<Page> pages = new ArrayList<>();

  final List<Reading.BalancesAt> points = new ArrayList<>();
  final List<Reading.Plan> plans = new ArrayList<>();
  final Map<String, List<Entry>> byStream = new TreeMap<>();

  /** What one page told for the first time. */
  public record Page(String stream, String partition, List<Raw> records) {}

  /** Reads with this key, back to this moment. */
  public SandboxWalk(ApiKey key, Instant earliest) {
    this.key = key;
    this.earliest = earliest;
  }

  Instant now() {
    return now;
  }

  /** Reads what is listed. */
  public void catalogue() {
    for (Market market : venue.markets(send(venue.catalogueCall(), key))) {
      markets.put(market.symbol(), market);
    }
  }

  /** Reads everything, in the order in which a first run does, balances once more at the end. */
  public void everything() {
    everythingBut("");
  }

  /** The same, as if this stream had never been written. */
  void everythingBut(String name) {
    catalogue();
    List<Stream> streams =
        venue.streams().stream().filter(stream -> !stream.name().equals(name)).toList();
    List<Stream> whole =
        streams.stream().filter(stream -> stream.partition() == Stream.Partition.NONE).toList();
    whole.forEach(this::walk);
    Set<String> candidates = candidates();
    streams.stream()
        .filter(stream -> stream.partition() != Stream.Partition.NONE)
        .forEach(stream -> candidates.forEach(symbol -> walk(stream, symbol)));
    reported.clear();
    whole.stream().filter(Stream::tellsBalances).forEach(this::walk);
  }

  Set<String> candidates() {
    Set<String> candidates = new HashSet<>();
    for (Market market : markets.values()) {
      if (assets.contains(market.base()) && assets.contains(market.quote())) {
        candidates.add(market.symbol());
      }
    }
    return candidates;
  }

  Stream stream(String name) {
    return venue.streams().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  /** Reads a stream to its end, part by part. */
  void walk(Stream stream) {
    stream.parts().forEach(part -> walk(stream, part));
  }

  /** Reads one part of a stream to its end. */
  void walk(Stream stream, String partition) {
    String place = stream.name() + " " + partition;
    Set<String> keys = new HashSet<>();
    boolean again = bookmarks.containsKey(place) && !stream.tellsBalances();
    Bookmark at = bookmarks.getOrDefault(place, stream.start(earliest));
    for (int n = 0; n < 5_000 && stream.due(at, now); n++) {
      Call call = stream.next(partition, at, now);
      Instant asked = now;
      Answer answer = answer(call, key);
      calls.merge(stream.name(), 1, Integer::sum);
      if (venue.judge(call, answer) instanceof Verdict.Denied refusal) {
        denied.put(stream.name(), refusal.denial());
        return;
      }
      assertEquals(new Verdict.Good(), venue.judge(call, answer), place);
      Fetch.Page page =
          assertInstanceOf(Fetch.Page.class, stream.read(partition, at, asked, answer), place);
      page.lost().forEach(loss -> lost.computeIfAbsent(place, _ -> new ArrayList<>()).add(loss));
      List<Raw> fresh = new ArrayList<>();
      for (Raw raw : page.records()) {
        if (keys.add(raw.key()) && !again) {
          fresh.add(raw);
          records.merge(stream.name(), 1, Integer::sum);
          kept.computeIfAbsent(stream.name(), _ -> new ArrayList<>())
              .add(new String(raw.bytes(), UTF_8));
          book(stream, stream.map(partition, raw.bytes(), Fixtures.markets(markets)), place);
        }
      }
      if (!fresh.isEmpty()) {
        pages.add(new Page(stream.name(), partition, fresh));
      }
      at = page.next();
      if (page.drained()) {
        bookmarks.put(place, at);
        return;
      }
    }
    if (stream.due(at, now)) {
      throw new AssertionError(place + " does not end");
    }
  }

  private void book(Stream stream, Reading reading, String place) {
    switch (reading) {
      case Reading.Booked booked -> {
        Entry entry = booked.entry();
        byStream.computeIfAbsent(stream.name(), _ -> new ArrayList<>()).add(entry);
        if (entry.identity().once()) {
          once.merge(
              entry.identity().parts().toString(),
              entry,
              (a, b) -> a.identity().rank().compareTo(b.identity().rank()) <= 0 ? a : b);
        } else {
          plain.add(entry);
        }
        entry.postings().forEach(posting -> assets.add(posting.asset()));
      }
      case Reading.Claimed(var claim) -> throw new AssertionError(place + ": " + claim);
      case Reading.BalancesSeen seen -> {
        assertEquals(true, seen.complete(), place);
        for (Reading.Balance b : seen.balances()) {
          reported.put("venue/@/" + seen.wallet() + " " + b.asset(), b.total());
          frozen.put("venue/@/" + seen.wallet() + " " + b.asset(), b.frozen());
        }
      }
      case Reading.PartsSeen seen -> throw new AssertionError(place + ": news in a list");
      case Reading.BalancesAt seen -> points.add(seen);
      case Reading.PlanSeen seen -> plans.add(seen.plan());
      case Reading.AssetsSeen seen -> assets.addAll(seen.assets());
      case Reading.OrderSeen order ->
          assertEquals(true, markets.containsKey(order.order().market()), place);
      case Reading.Nothing _ -> {}
      case Reading.Unread unread -> throw new AssertionError(place + ": " + unread.why());
    }
  }

  /** The entries, those that several lists tell once. */
  public List<Entry> entries() {
    List<Entry> all = new ArrayList<>(plain);
    all.addAll(once.values());
    return all;
  }

  /** What the postings up to an instant add up to, by account and asset, without zeros. */
  Map<String, String> derived(Instant until) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (Entry entry : entries()) {
      if (!entry.occurredAt().isAfter(until)) {
        for (Posting posting : entry.postings()) {
          String asset = " " + posting.asset();
          sums.merge(posting.to().path() + asset, posting.amount(), BigDecimal::add);
          sums.merge(posting.from().path() + asset, posting.amount().negate(), BigDecimal::add);
        }
      }
    }
    return shown(sums);
  }

  /** Wallets only, without zeros. */
  static Map<String, String> shown(Map<String, BigDecimal> balances) {
    Map<String, String> shown = new TreeMap<>();
    balances.forEach((place, amount) -> {
      if (place.startsWith("venue/") && amount.signum() != 0) {
        shown.put(place, Decimals.text(amount));
      }
    });
    return shown;
  }

  /** Sends a call that must succeed. */
  Answer send(Call call, ApiKey with) {
    Answer answer = answer(call, with);
    assertEquals(new Verdict.Good(), venue.judge(call, answer), call.endpoint().toString());
    return answer;
  }

  // What the venue makes us wait for passes at once.
  private Answer answer(Call call, ApiKey with) {
    while (true) {
      Answer answer = once(call, with);
      now = now.plusMillis(20);
      if (!(venue.judge(call, answer) instanceof Verdict.Wait)) {
        return answer;
      }
      now = now.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
    }
  }

  private Answer once(Call call, ApiKey with) {
    Endpoint endpoint = call.endpoint();
    Request request;
    if (endpoint.security() == Endpoint.Security.NONE) {
      request = Request.of("GET", endpoint.path() + "?" + venue.query(call), Map.of());
    } else {
      SigningForm form = venue.form(call, now);
      String signature =
          HexFormat.of().formatHex(Digests.hmac(with.secret().getBytes(UTF_8), form.payload()));
      String query = form.query() + "&" + form.signatureParameter() + "=" + signature;
      request =
          Request.of(
              endpoint.method(),
              endpoint.path() + "?" + query,
              Map.of(form.keyHeader(), with.key()));
    }
    Reply reply = exchange.handle(request);
    Map<String, String> headers = new HashMap<>();
    reply.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return new Answer(reply.status(), headers, reply.body().bytes());
  }
}
