package io.tallystick.valuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.boot.TestExchange;
import io.tallystick.egress.Environments;
import io.tallystick.egress.Gateway;
import io.tallystick.egress.Priority;
import io.tallystick.egress.Target;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.SandboxSettings;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.NotListed;
import io.tallystick.venue.Call;
import io.tallystick.venue.Endpoint;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Reference rates come by the one way out, once, and lead from a stablecoin to each currency. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ReferenceRatesTest {
  private static final Instant AT = Instant.parse("2025-02-05T10:00:00Z");

  // Published prices are no tenant's.
  private static final long TENANT = 1;

  @Inject ReferenceRates rates;
  @Inject Valuation valuation;
  @Inject Transactions transactions;
  @Inject Environments environments;
  @Inject Gateway gateway;

  @Test
  void ratesAreLoadedOnceAndAStablecoinIsWorthWhatItWasTradedForTimesTheRate() {
    try (Sandbox sandbox =
        Sandbox.start(SandboxSettings.defaults().at("127.0.0.1", TestExchange.port()))) {
      assertTrue(rates.load("sandbox") >= 0, () -> "nothing came from " + sandbox.baseUrl());
      assertEquals(0, rates.load("sandbox"), "a second time brings nothing new");
    }
    Prices prices =
        transactions.as(
            TENANT,
            tx -> {
              valuation.publish(
                  tx,
                  List.of(
                      new Quote(
                          Quote.Source.VENUE,
                          "EUR",
                          "USDT",
                          AT.minusSeconds(600),
                          AT.plusSeconds(600),
                          new BigDecimal("1.05"),
                          "test/sandbox")));
              return valuation.prices(tx, List.of("test/sandbox"), List.of("USDT"), AT, AT);
            });
    Valued.Priced rate = assertInstanceOf(Valued.Priced.class, prices.value("EUR", "USD", AT));
    assertEquals("ecb/sandbox", rate.route().getFirst().quote().origin());
    for (String currency : List.of("EUR", "USD", "GBP")) {
      Valued.Priced one =
          assertInstanceOf(Valued.Priced.class, prices.value("USDT", currency, AT), currency);
      assertTrue(one.source().startsWith("venue"), one.source());
      assertTrue(one.price().compareTo(BigDecimal.ONE) != 0, "never assumed to be one");
    }
    assertEquals(
        "EUR\\USDT EUR/GBP",
        assertInstanceOf(Valued.Priced.class, prices.value("USDT", "GBP", AT)).path());
    // A day on which no rate is set has the last one before.
    assertInstanceOf(
        Valued.Priced.class, prices.value("EUR", "USD", Instant.parse("2025-02-05T23:00:00Z")));
  }

  @Test
  void thePublisherIsNoVenueAndNothingElseOfItCanBeAsked() {
    assertTrue(environments.venue("ecb").isEmpty());
    assertTrue(environments.venues().stream().noneMatch(one -> one.id().equals("ecb")));
    Endpoint listed =
        Objects.requireNonNull(environments.publisher("ecb").orElseThrow().ratesCall(true))
            .endpoint();
    Endpoint other =
        new Endpoint("GET", "/stats/other.xml", listed.security(), listed.pool(), listed.weight());
    Target target = Target.open("ecb", "sandbox", Priority.BACKFILL);
    assertThrows(NotListed.class, () -> gateway.send(target, Call.of(other)));
  }
}
