package io.tallystick.vault;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Call;
import io.tallystick.venue.Denial;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Environment;
import io.tallystick.venue.KeyKind;
import io.tallystick.venue.KeyVerdict;
import io.tallystick.venue.Market;
import io.tallystick.venue.Pool;
import io.tallystick.venue.RemovedMarket;
import io.tallystick.venue.SigningForm;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import io.tallystick.venue.Verdict;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A venue as small as a venue can be: enough to sign for, to send to and to be refused by. */
public final class ScriptedVenue implements Venue {
  /** Shared by everything that leaves one address. */
  public static final Pool WEIGHT =
      new Pool("weight", Pool.Scope.EGRESS_ADDRESS, false, Duration.ofMinutes(1), 100, "x-used");

  /** One budget for each account and path. */
  public static final Pool UID =
      new Pool("uid", Pool.Scope.VENUE_ACCOUNT, true, Duration.ofMinutes(1), 100, "x-used-uid");

  public static final Endpoint TIME = listed("GET", "/v/time", Endpoint.Security.NONE, WEIGHT, 1);
  public static final Endpoint ACCOUNT =
      listed("GET", "/v/account", Endpoint.Security.SIGNED, WEIGHT, 10);
  public static final Endpoint FILLS =
      listed("GET", "/v/fills", Endpoint.Security.SIGNED, WEIGHT, 10);
  public static final Endpoint KEYED =
      listed("GET", "/v/keyed", Endpoint.Security.KEY_ONLY, WEIGHT, 10);
  public static final Endpoint ASSETS =
      listed("POST", "/v/assets", Endpoint.Security.SIGNED, UID, 50);

  private final List<Environment> environments;
  private final Function<String, byte[]> payload;

  /** A venue with these environments whose payload is the query itself. */
  public ScriptedVenue(List<Environment> environments) {
    this(environments, query -> query.getBytes(StandardCharsets.UTF_8));
  }

  /** A venue that signs something made of the query. */
  public ScriptedVenue(List<Environment> environments, Function<String, byte[]> payload) {
    this.environments = environments;
    this.payload = payload;
  }

  private static Endpoint listed(
      String method, String path, Endpoint.Security security, Pool pool, int weight) {
    return new Endpoint(method, path, security, pool, weight);
  }

  @Override
  public String id() {
    return "scripted";
  }

  @Override
  public List<Environment> environments() {
    return environments;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(TIME, ACCOUNT, FILLS, KEYED, ASSETS);
  }

  @Override
  public List<Stream> streams() {
    return List.of();
  }

  @Override
  public SigningForm form(Call call, Instant timestamp) {
    String own = query(call);
    String stamped = (own.isEmpty() ? "" : own + "&") + "timestamp=" + timestamp.toEpochMilli();
    return new SigningForm(stamped, payload.apply(stamped), "X-KEY", "signature", true);
  }

  @Override
  public String query(Call call) {
    return call.parameters().entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public Verdict judge(Call call, Answer answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    if (body.contains("-1021")) {
      return new Verdict.ClockOff(-1021);
    }
    return switch (answer.status()) {
      case 200 ->
          body.startsWith("{") && body.endsWith("}")
              ? body.contains("\"code\":-2015")
                  ? new Verdict.Denied(Denial.KEY_OR_ADDRESS_OR_RIGHT, -2015)
                  : new Verdict.Good()
              : new Verdict.Unreadable("not JSON");
      case 403 -> new Verdict.Wait(Duration.ofMinutes(10), Verdict.Scope.POOL, false, null);
      case 418 -> new Verdict.Wait(retryAfter(answer), Verdict.Scope.EGRESS_ADDRESS, true, -1003);
      case 429 -> new Verdict.Wait(retryAfter(answer), Verdict.Scope.POOL, false, -1003);
      case 451 -> new Verdict.Denied(Denial.REGION, 0);
      default ->
          answer.status() >= 500
              ? new Verdict.Retry(null, "status " + answer.status())
              : new Verdict.Denied(Denial.BAD_REQUEST, -1100);
    };
  }

  private static @org.jspecify.annotations.Nullable Duration retryAfter(Answer answer) {
    String text = answer.headers().getOrDefault("retry-after", "");
    return text.matches("-?[0-9]{1,13}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
  }

  @Override
  public @org.jspecify.annotations.Nullable String malformed(KeyKind kind, String apiKey) {
    return null;
  }

  @Override
  public Call timeCall() {
    return Call.of(TIME);
  }

  @Override
  public Instant time(Answer answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    return Instant.ofEpochMilli(Long.parseLong(body.replaceAll("[^0-9]", "")));
  }

  @Override
  public Duration clockTolerance() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Call rightsCall() {
    return Call.of(ACCOUNT);
  }

  @Override
  public KeyVerdict rights(Answer answer) {
    return new KeyVerdict.ReadOnly(List.of("read"), false);
  }

  @Override
  public Call accountCall() {
    return Call.of(ACCOUNT);
  }

  @Override
  public String accountUid(Answer answer) {
    return "1";
  }

  @Override
  public Call catalogueCall() {
    return Call.of(TIME);
  }

  @Override
  public List<Market> markets(Answer answer) {
    return List.of();
  }

  @Override
  public List<RemovedMarket> removed(String environment) {
    return List.of();
  }

  @Override
  public Map<String, Integer> limits(Answer answer) {
    return Map.of();
  }

  @Override
  public io.tallystick.venue.Exports exports() {
    throw new UnsupportedOperationException();
  }
}
