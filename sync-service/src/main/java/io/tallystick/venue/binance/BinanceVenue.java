package io.tallystick.venue.binance;

import io.tallystick.kernel.Problem;
import io.tallystick.venue.Answer;
import io.tallystick.venue.Call;
import io.tallystick.venue.Candle;
import io.tallystick.venue.Coverage;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Environment;
import io.tallystick.venue.Exports;
import io.tallystick.venue.KeyKind;
import io.tallystick.venue.KeyVerdict;
import io.tallystick.venue.Live;
import io.tallystick.venue.Market;
import io.tallystick.venue.RemovedMarket;
import io.tallystick.venue.SigningForm;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import io.tallystick.venue.Verdict;
import io.tallystick.venue.binance.importing.BinanceExports;
import io.tallystick.venue.binance.live.BinanceLive;
import io.tallystick.venue.binance.reading.BinanceStream;
import io.tallystick.venue.binance.wire.BinanceEndpoints;
import io.tallystick.venue.binance.wire.CandleRow;
import io.tallystick.venue.binance.wire.Row;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Binance, as data and pure functions; found by {@link java.util.ServiceLoader}. */
public final class BinanceVenue implements Venue {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{64}");

  /** Spot docs, General API Information; testnet and demo serve no {@code /sapi}. */
  private static final List<Environment> ENVIRONMENTS =
      List.of(
          environment(
              "production",
              true,
              "wss://ws-api.binance.com",
              "https://api.binance.com",
              "https://api-gcp.binance.com",
              "https://api1.binance.com",
              "https://api2.binance.com",
              "https://api3.binance.com",
              "https://api4.binance.com"),
          environment(
              "testnet",
              false,
              "wss://ws-api.testnet.binance.vision",
              "https://testnet.binance.vision",
              "https://api1.testnet.binance.vision"),
          environment(
              "demo", false, "wss://demo-ws-api.binance.com", "https://demo-api.binance.com"),
          // A separate company with its own accounts and keys; that it tells a key's rights is not
          // documented, and neither is where its sockets are.
          environment("us", false, "", "https://api.binance.us"));

  private static final List<Stream> STREAMS = registered();

  private static final List<Endpoint> ENDPOINTS =
      java.util.stream.Stream.concat(
              BinanceEndpoints.all().stream(),
              STREAMS.stream().flatMap(stream -> stream.endpoints().stream()))
          .distinct()
          .toList();

  // In an order of their own: that of registrations is nobody's promise.
  private static List<Stream> registered() {
    return ServiceLoader.load(BinanceStream.class, BinanceStream.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(
            Comparator.comparingInt((BinanceStream stream) -> stream.sheet().rank())
                .thenComparing(BinanceStream::name))
        .<Stream>map(stream -> stream)
        .toList();
  }

  private static final Live LIVE = new BinanceLive();

  private static Environment environment(
      String name, boolean tellsRights, String liveHost, String... hosts) {
    return new Environment(
        name,
        Arrays.stream(hosts).map(URI::create).toList(),
        tellsRights,
        liveHost.isEmpty() ? List.of() : List.of(URI.create(liveHost)));
  }

  @Override
  public String id() {
    return "binance";
  }

  @Override
  public List<Environment> environments() {
    return ENVIRONMENTS;
  }

  @Override
  public List<Endpoint> endpoints() {
    return ENDPOINTS;
  }

  @Override
  public List<Coverage.Unread> unread() {
    return BinanceUnread.ALL;
  }

  @Override
  public List<Stream> streams() {
    return STREAMS;
  }

  @Override
  public SigningForm form(Call call, Instant timestamp) {
    return BinanceForm.signed(call.parameters(), timestamp);
  }

  @Override
  public String query(Call call) {
    return BinanceForm.encode(call.parameters());
  }

  @Override
  public Verdict judge(Call call, Answer answer) {
    return BinanceErrors.judge(answer);
  }

  @Override
  public @Nullable String malformed(KeyKind kind, String apiKey) {
    // Keys of every kind look alike: only the half that signs differs.
    return KEY.matcher(apiKey).matches()
        ? null
        : "A Binance API key is 64 letters and digits; this one has "
            + apiKey.length()
            + " characters. Copy it again from the API Management page, without blanks.";
  }

  @Override
  public Call timeCall() {
    return Call.of(BinanceEndpoints.TIME);
  }

  @Override
  public Instant time(Answer answer) {
    Row row = Row.of(answer.body());
    Instant time = row.instant("serverTime");
    if (row.wrong() != null) {
      throw unreadable("clock");
    }
    return time;
  }

  @Override
  public Duration clockTolerance() {
    // Spot REST docs, Timing security: timestamp < server time + 1 s, whatever recvWindow says.
    return Duration.ofSeconds(1);
  }

  @Override
  public Call rightsCall() {
    return Call.of(BinanceEndpoints.API_RESTRICTIONS);
  }

  @Override
  public KeyVerdict rights(Answer answer) {
    return BinanceRights.verdict(answer.body());
  }

  @Override
  public Call accountCall() {
    return Call.of(BinanceEndpoints.ACCOUNT, Map.of("omitZeroBalances", "true"));
  }

  @Override
  public String accountUid(Answer answer) {
    Row row = Row.of(answer.body());
    String uid = row.name("uid");
    if (row.wrong() != null) {
      throw unreadable("account");
    }
    return uid;
  }

  @Override
  public Call catalogueCall() {
    return BinanceCatalogue.call();
  }

  @Override
  public List<Market> markets(Answer answer) {
    return BinanceCatalogue.markets(answer.body());
  }

  @Override
  public Live live() {
    return LIVE;
  }

  @Override
  public List<RemovedMarket> removed(String environment) {
    return RemovedSymbols.of(environment);
  }

  @Override
  public Map<String, Integer> limits(Answer answer) {
    return BinanceCatalogue.limits(answer.body());
  }

  @Override
  public Exports exports() {
    return new BinanceExports();
  }

  private static Problem unreadable(String what) {
    return new Problem(
        Problem.Kind.VENUE_UNAVAILABLE,
        "Binance's answer about the " + what + " is not in its documented form. Try again later.");
  }

  @Override
  public Call candlesCall(String symbol, Instant from) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("symbol", symbol);
    parameters.put("interval", "1h");
    parameters.put("startTime", Long.toString(from.truncatedTo(ChronoUnit.HOURS).toEpochMilli()));
    parameters.put("limit", "1000");
    return Call.of(BinanceEndpoints.KLINES, parameters);
  }

  @Override
  public List<Candle> candles(Answer answer) {
    return CandleRow.page(answer.body());
  }
}
