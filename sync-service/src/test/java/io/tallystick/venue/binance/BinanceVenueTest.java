package io.tallystick.venue.binance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Problem;
import io.tallystick.venue.Endpoint;
import io.tallystick.venue.Environment;
import io.tallystick.venue.KeyKind;
import io.tallystick.venue.Market;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BinanceVenueTest {
  private final BinanceVenue venue = new BinanceVenue();

  @Test
  void isFoundByItsOneLineOfRegistration() {
    List<String> ids =
        ServiceLoader.load(Venue.class).stream().map(found -> found.get().id()).toList();
    assertTrue(ids.contains("binance"), ids.toString());
  }

  @Test
  void theAllowListIsTheBaseAndWhatTheMappingDocumentNames() throws IOException {
    Set<String> base =
        Set.of(
            "GET /api/v3/time",
            "GET /api/v3/exchangeInfo",
            "GET /api/v3/account",
            "GET /api/v3/klines",
            "GET /sapi/v1/account/apiRestrictions",
            "GET /sapi/v1/capital/config/getall");
    Set<String> all =
        venue.endpoints().stream().map(Endpoint::toString).collect(Collectors.toSet());
    assertEquals(venue.endpoints().size(), all.size());
    Set<String> named = new HashSet<>();
    Matcher opening =
        Pattern.compile("(?m)^## [a-z-]+\n\n`((?:GET|POST) /s?api/v[0-9][A-Za-z0-9/-]*)`")
            .matcher(Files.readString(StreamContractTest.MAPPING));
    while (opening.find()) {
      named.add(opening.group(1));
    }
    Set<String> agreed = new HashSet<>(named);
    agreed.addAll(base);
    agreed.removeIf(line -> !all.contains(line));
    assertEquals(agreed, all, "an endpoint that no section of MAPPING.md names");
    assertTrue(all.containsAll(base));
    // The verb proves nothing, but these are the only ones of another verb that only read.
    Set<String> posts =
        all.stream().filter(line -> !line.startsWith("GET ")).collect(Collectors.toSet());
    assertTrue(
        Set.of("POST /sapi/v3/asset/getUserAsset", "POST /sapi/v1/asset/get-funding-asset")
            .containsAll(posts),
        posts.toString());
  }

  @Test
  void everyStreamCostsWhatItsSectionOfTheMappingDocumentSays() throws IOException {
    String mapping = Files.readString(StreamContractTest.MAPPING);
    for (Stream stream : venue.streams()) {
      int from = mapping.indexOf("## " + stream.name() + "\n");
      String opening =
          mapping.substring(from, mapping.indexOf("\n\n", from + 10 + stream.name().length()));
      for (Endpoint endpoint : stream.endpoints()) {
        String cost = String.format(Locale.ROOT, "weight %,d", endpoint.weight());
        assertTrue(opening.contains(cost), stream.name() + " " + cost);
      }
    }
  }

  @Test
  void everyEndpointCostsWhatTheDocumentsSay() {
    Map<String, String> costs =
        venue.endpoints().stream()
            .collect(
                Collectors.toMap(
                    Endpoint::path,
                    endpoint ->
                        endpoint.pool().name()
                            + " "
                            + endpoint.weight()
                            + " "
                            + endpoint.security()));
    assertEquals("api 1 NONE", costs.get("/api/v3/time"));
    assertEquals("api 20 NONE", costs.get("/api/v3/exchangeInfo"));
    assertEquals("api 20 SIGNED", costs.get("/api/v3/account"));
    assertEquals("api 20 SIGNED", costs.get("/api/v3/myTrades"));
    assertEquals("api 20 SIGNED", costs.get("/api/v3/allOrders"));
    assertEquals("api 80 SIGNED", costs.get("/api/v3/openOrders"));
    assertEquals("sapi-ip 1 SIGNED", costs.get("/sapi/v1/account/apiRestrictions"));
    assertEquals("sapi-ip 10 SIGNED", costs.get("/sapi/v1/capital/config/getall"));
    assertEquals("sapi-ip 5 SIGNED", costs.get("/sapi/v3/asset/getUserAsset"));
    assertEquals("sapi-ip 1 SIGNED", costs.get("/sapi/v1/asset/get-funding-asset"));
    assertEquals("sapi-ip 1 SIGNED", costs.get("/sapi/v1/capital/deposit/hisrec"));
    assertEquals("sapi-uid-second 18000 SIGNED", costs.get("/sapi/v1/capital/withdraw/history"));
  }

  @Test
  void theVenuesOwnCallsAreOnTheList() {
    for (var call :
        List.of(venue.timeCall(), venue.rightsCall(), venue.accountCall(), venue.catalogueCall())) {
      assertTrue(venue.endpoints().contains(call.endpoint()), call.toString());
    }
  }

  @Test
  void onlyProductionTellsTheRightsOfAKey() {
    Set<String> names = new HashSet<>();
    for (Environment environment : venue.environments()) {
      names.add(environment.name());
      assertEquals(environment.name().equals("production"), environment.tellsRights());
      for (URI host : environment.hosts()) {
        assertEquals("https", host.getScheme());
        assertEquals("", host.getPath());
      }
    }
    assertEquals(Set.of("production", "testnet", "demo", "us"), names);
    assertEquals(
        URI.create("https://api.binance.com"), venue.environments().getFirst().hosts().getFirst());
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void aKeyIs64LettersAndDigitsOfEveryKind(KeyKind kind) {
    assertNull(venue.malformed(kind, "aB3".repeat(21) + "Z"));
    for (String bad :
        List.of("", "aB3".repeat(21), "aB3".repeat(21) + "ZZ", "aB3".repeat(21) + "-")) {
      String told = venue.malformed(kind, bad);
      assertNotNull(told, bad);
      assertFalse(!bad.isEmpty() && told.contains(bad), told);
    }
  }

  @Test
  void readsTheVenuesClock() {
    assertEquals(
        Instant.parse("2026-11-01T12:00:00.123Z"),
        venue.time(Fixtures.ok("{\"serverTime\":1793534400123}")));
    assertEquals(Duration.ofSeconds(1), venue.clockTolerance());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"serverTime\":0}", "{\"serverTime\":\"soon\"}", "<html>"})
  void aClockThatMakesNoSenseIsRefused(String body) {
    assertThrows(Problem.class, () -> venue.time(Fixtures.ok(body)));
  }

  @Test
  void theAccountsUidKeepsEveryDigit() {
    assertEquals(
        "9007199254740995", venue.accountUid(Fixtures.ok(Fixtures.text("spot-account.json"))));
    assertEquals("77", venue.accountUid(Fixtures.ok("{\"uid\":\"77\"}")));
    assertThrows(Problem.class, () -> venue.accountUid(Fixtures.ok("{\"uid\":null}")));
  }

  @Test
  void readsMarketsWithoutSplittingSymbolsAndSkipsWhatItCannotRead() {
    assertEquals(
        List.of(
            new Market("SOLUSDT", "SOL", "USDT", "TRADING"),
            new Market("LTCBTC", "LTC", "BTC", "CANCEL_ONLY"),
            new Market("币安人生USDT", "币安人生", "USDT", "BREAK")),
        venue.markets(Fixtures.ok(Fixtures.text("exchange-info.json"))));
    assertEquals(List.of(), venue.markets(Fixtures.ok("{}")));
    assertEquals(List.of(), venue.markets(Fixtures.ok("<html>")));
  }

  @Test
  void theAnnouncedLimitReplacesTheDocumentedOne() {
    assertEquals(
        Map.of("api", 600), venue.limits(Fixtures.ok(Fixtures.text("exchange-info.json"))));
    assertEquals(Map.of(), venue.limits(Fixtures.ok("{\"rateLimits\":[]}")));
  }

  @Test
  void fewerRawRequestsThanWeightBindFirst() {
    String raw =
        """
        {"rateLimits":[
          {"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000},
          {"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":%s}]}
        """;
    assertEquals(Map.of("api", 1000), venue.limits(Fixtures.ok(raw.formatted("5000"))));
    assertEquals(Map.of("api", 6000), venue.limits(Fixtures.ok(raw.formatted("300000"))));
    assertEquals(Map.of("api", 6000), venue.limits(Fixtures.ok(raw.formatted("\"many\""))));
  }

  @Test
  void rawRequestsAloneNeverMakeTheLimitLarger() {
    String told =
        """
        {"rateLimits":[
          {"rateLimitType":"REQUEST_WEIGHT","interval":%s,"intervalNum":1,"limit":%s},
          {"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":300000}]}
        """;
    for (String unread : List.of("\"SECOND\",100", "\"HOUR\",360000", "\"MINUTE\",\"many\"")) {
      String[] parts = unread.split(",", 2);
      String body = told.formatted(parts[0], parts[1]);
      assertEquals(Map.of(), venue.limits(Fixtures.ok(body)), body);
    }
    String raw =
        """
        {"rateLimits":[
          {"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":300000}]}
        """;
    assertEquals(Map.of(), venue.limits(Fixtures.ok(raw)));
  }

  @Test
  void asksForMarketsOfEveryPermission() {
    String query = venue.query(venue.catalogueCall());
    assertTrue(query.startsWith("permissions=%5B%22SPOT%22%2C%22MARGIN%22"), query);
    assertTrue(query.contains("%22TRD_GRP_025%22%5D"), query);
    assertTrue(query.endsWith("&showPermissionSets=false"), "who may trade would be most of it");
  }
}
