package io.tallystick.venue.ecb;

import io.tallystick.venue.Answer;
import io.tallystick.venue.Call;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Environment;
import io.tallystick.venue.Exports;
import io.tallystick.venue.KeyKind;
import io.tallystick.venue.KeyVerdict;
import io.tallystick.venue.Market;
import io.tallystick.venue.Pool;
import io.tallystick.venue.RemovedMarket;
import io.tallystick.venue.SigningForm;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import io.tallystick.venue.Verdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The euro foreign exchange reference rates (ECB, "Euro foreign exchange reference rates",
 * Downloads: XML, all days since 1999 and the last 90 days). Set on working days at about 16:00
 * CET.
 */
public final class EcbVenue implements Venue {
  /** The id, and the first part of the origin of its rates. */
  public static final String ID = "ecb";

  // The bank states no limit; a few calls a day are made.
  private static final Pool POOL =
      new Pool("ecb", Pool.Scope.EGRESS_ADDRESS, false, Duration.ofMinutes(1), 10, "x-used");
  private static final Endpoint ALL = open("/stats/eurofxref/eurofxref-hist.xml");
  private static final Endpoint LATEST = open("/stats/eurofxref/eurofxref-hist-90d.xml");
  private static final int OK = 200;
  private static final int SERVER_FAULT = 500;
  private static final int TOO_MANY = 429;

  private static Endpoint open(String path) {
    return new Endpoint("GET", path, Endpoint.Security.NONE, POOL, 1);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean holdsAccounts() {
    return false;
  }

  @Override
  public List<Environment> environments() {
    return List.of(
        new Environment("production", List.of(URI.create("https://www.ecb.europa.eu")), false));
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(ALL, LATEST);
  }

  @Override
  public Call ratesCall(boolean all) {
    return Call.of(all ? ALL : LATEST);
  }

  @Override
  public List<Rate> rates(Answer answer) {
    return EcbRates.read(answer.body());
  }

  @Override
  public Verdict judge(Call call, Answer answer) {
    int status = answer.status();
    if (status == OK) {
      return new Verdict.Good();
    }
    return status >= SERVER_FAULT || status == TOO_MANY
        ? new Verdict.Retry(null, "answered " + status)
        : new Verdict.Unreadable("answered " + status);
  }

  @Override
  public String query(Call call) {
    return "";
  }

  @Override
  public List<Stream> streams() {
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
  public String malformed(KeyKind kind, String apiKey) {
    return "The European Central Bank gives out no keys.";
  }

  @Override
  public Duration clockTolerance() {
    return Duration.ZERO;
  }

  @Override
  public SigningForm form(Call call, Instant timestamp) {
    throw none();
  }

  @Override
  public Call timeCall() {
    throw none();
  }

  @Override
  public Instant time(Answer answer) {
    throw none();
  }

  @Override
  public Call rightsCall() {
    throw none();
  }

  @Override
  public KeyVerdict rights(Answer answer) {
    throw none();
  }

  @Override
  public Call accountCall() {
    throw none();
  }

  @Override
  public String accountUid(Answer answer) {
    throw none();
  }

  @Override
  public Call catalogueCall() {
    throw none();
  }

  @Override
  public List<Market> markets(Answer answer) {
    return List.of();
  }

  @Override
  public Exports exports() {
    throw none();
  }

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("a publisher has no accounts");
  }
}
