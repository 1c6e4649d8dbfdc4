package io.tallystick.connection;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.access.AccessLog;
import io.tallystick.boot.TestDatabase;
import io.tallystick.egress.Environments;
import io.tallystick.egress.Gateway;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.kernel.Secret;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.tenancy.Role;
import io.tallystick.vault.Vault;
import io.tallystick.venue.Environment;
import io.tallystick.venue.KeyKind;
import io.tallystick.venue.Venue;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Keys of an environment that does not tell rights. The calls go to the sandbox exchange; what is
 * said of the environment is that nobody can read rights there, as on the venue's testnet.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class UnverifiableTest extends AtTheExchange {
  private static final String WORDS = "I know that nobody can check what this key may do.";

  @Inject Gateway gateway;
  @Inject Environments environments;
  @Inject Admissions admissions;
  @Inject HolderKeys keys;
  @Inject Vault vault;
  @Inject Offers offers;
  @Inject CredentialRows credentials;
  @Inject ConnectionRow.Rows rows;
  @Inject PersonalFields personal;
  @Inject AccessLog log;
  @Inject Pace pace;
  @Inject Event<ConnectionMade> made;

  private ApiKey key;

  @BeforeEach
  void prepare() {
    key = world.key(KeyGrant.hmac());
  }

  private record Settings(Set<String> allowed) implements ConnectionSettings {
    @Override
    public Optional<Set<String>> allowUnverifiable() {
      return allowed.isEmpty() ? Optional.empty() : Optional.of(allowed);
    }

    @Override
    public Optional<String> egressAddress() {
      return Optional.empty();
    }

    @Override
    public Duration offerLife() {
      return Duration.ofHours(24);
    }

    @Override
    public Duration keyOverlap() {
      return Duration.ZERO;
    }

    @Override
    public Duration keyAge() {
      return Duration.ZERO;
    }
  }

  private Environments blind() {
    Venue seeing = environments.venue("binance").orElseThrow();
    Environment dark =
        new Environment("sandbox", List.of(URI.create("https://exchange.invalid")), false);
    Venue venue =
        (Venue)
            Proxy.newProxyInstance(
                Venue.class.getClassLoader(),
                new Class<?>[] {Venue.class},
                (proxy, method, arguments) ->
                    method.getName().equals("environments")
                        ? List.of(dark)
                        : method.invoke(seeing, arguments));
    return new Environments(List.of(venue), Map.of());
  }

  private Link connect(Set<String> allowed, @Nullable String words) {
    KeyProof proof = new KeyProof(gateway, blind(), new Settings(allowed), pace);
    Probe probe = new Probe(transactions, keys, vault, proof);
    Connecting connecting =
        new Connecting(
            transactions, admissions, probe, offers, credentials, rows, personal, log, made);
    PublicIds.Keyed consent = Objects.requireNonNull(PublicIds.consent(world.consent));
    return connecting.connect(
        world.tenant.caller(Role.OWNER),
        new Place(consent.holder(), consent.key(), "binance", "sandbox"),
        new KeyInHand.Whole(KeyKind.HMAC_SHA256, Secret.of(key.key()), Secret.of(key.secret())),
        words);
  }

  private void refused(Set<String> allowed, @Nullable String words, String remedy) {
    long calls = sandbox.calls().next();
    Problem problem = assertThrows(Problem.class, () -> connect(allowed, words));
    assertEquals(Problem.Kind.KEY_UNVERIFIABLE, problem.kind());
    assertTrue(String.valueOf(problem.extras().get("remedy")).contains(remedy));
    assertEquals(0, world.stored());
    assertEquals(calls, sandbox.calls().next(), "calls to the venue");
    assertEquals("key-unverifiable", world.leaves("connection.refused").getFirst().get("reason"));
  }

  @Test
  void aKeyOfUnknownRightsIsRefusedWhereTheOperatorSaysNothing() {
    refused(Set.of(), WORDS, "allow-unverifiable");
  }

  @Test
  void aSettingForAnotherEnvironmentDoesNotCount() {
    refused(Set.of("demo"), WORDS, "allow-unverifiable");
  }

  @Test
  void theSettingAloneIsNotEnoughWithoutTheHoldersWords() {
    refused(Set.of("sandbox"), null, "holder's own words");
  }

  @Test
  void withBothTheKeyIsTakenAndShownAsNotVerified() {
    Link link = connect(Set.of("sandbox"), WORDS);
    assertEquals("unverifiable", link.verdict());
    String id = PublicIds.connection(link.holder(), link.id());
    world
        .get("/v1/connections/" + id)
        .then()
        .body("verdict", equalTo("unverifiable"))
        .body("verdict_text", equalTo("rights not verified"));
    world.get("/v1/connections/" + id + "/rights").then().body("acknowledged", equalTo(true));
    String kept =
        world.in(tx ->
            personal.words(
                rows.findById(new ConnectionRow.Key(link.tenant(), link.holder(), link.id()))));
    assertEquals(WORDS, kept);
    assertEquals(
        0,
        world.count(
            "select count(*) from connection where connection::text like '%nobody can check%'"));
    assertEquals(WORDS, world.leaves("rights.checked").getFirst().get("acknowledged"));
  }
}
