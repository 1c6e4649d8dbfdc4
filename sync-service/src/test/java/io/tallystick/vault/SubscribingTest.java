package io.tallystick.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Secret;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.exchange.SocketLine;
import io.tallystick.venue.KeyKind;
import io.tallystick.venue.Venue;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frame that subscribes, signed with a key of each kind and judged by the exchange. */
class SubscribingTest {
  private static final CredentialContext CONTEXT =
      new CredentialContext(1, 2, 3, 4, 1, "binance", "sandbox");

  @TempDir Path folder;
  private final Venue venue =
      ServiceLoader.load(Venue.class).stream()
          .map(ServiceLoader.Provider::get)
          .filter(one -> one.id().equals("binance"))
          .findFirst()
          .orElseThrow();
  private final Exchange exchange = new Exchange(ExchangeSettings.defaults().withSymbols(160, 12));
  private Account account;
  private Vault vault;

  /** Keeps what the exchange sends. */
  private static final class Kept implements SocketLine {
    final List<String> frames = new ArrayList<>();

    @Override
    public void send(String text, long lateMillis) {
      frames.add(text);
    }

    @Override
    public void ping() {
      frames.add("ping");
    }

    @Override
    public void close() {
      frames.add("close");
    }

    @Override
    public void cut() {
      frames.add("cut");
    }
  }

  @BeforeEach
  void open() {
    account = exchange.addAccount(AccountPlan.small("ada", 9));
    MasterKey master =
        MasterKey.parse(Secret.of(Base64.getEncoder().encodeToString(new byte[MasterKey.LENGTH])));
    vault =
        new Vault(
            new Seals(
                FileKeyStore.open(folder.resolve("keystore"), master, InstantSource.system())));
  }

  private String subscribed(KeyKind kind, ApiKey key, String secret) {
    SealedCredential credential =
        vault.sealCredential(CONTEXT, kind, Secret.of(key.key()), Secret.of(secret));
    SignedFrame frame = vault.subscribe(credential, venue, "one", exchange.clock().instant());
    assertFalse(frame.toString().contains(key.key()), "a frame shows nothing of itself");
    Kept line = new Kept();
    exchange.sockets().open("127.0.0.1", line).text(frame.text());
    assertEquals(1, line.frames.size());
    return line.frames.getFirst();
  }

  @Test
  void anHmacKeySubscribes() {
    ApiKey key = exchange.addKey(account, KeyGrant.hmac()).orElseThrow();
    String answer = subscribed(KeyKind.HMAC_SHA256, key, key.secret());
    assertTrue(answer.contains("\"subscriptionId\":0"), answer);
    assertTrue(answer.contains("\"id\":\"one\""), answer);
  }

  @Test
  void anRsaKeySubscribes() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    ApiKey key = exchange.addKey(account, KeyGrant.of(pair.getPublic())).orElseThrow();
    String half = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    assertTrue(subscribed(KeyKind.RSA_SHA256, key, half).contains("\"status\":200"));
  }

  @Test
  void anEd25519KeySubscribes() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    ApiKey key = exchange.addKey(account, KeyGrant.of(pair.getPublic())).orElseThrow();
    String half = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    assertTrue(subscribed(KeyKind.ED25519, key, half).contains("\"status\":200"));
  }

  @Test
  void aCredentialOfAnotherVenueIsNotSignedWith() {
    ApiKey key = exchange.addKey(account, KeyGrant.hmac()).orElseThrow();
    CredentialContext elsewhere = new CredentialContext(1, 2, 3, 4, 1, "scripted", "sandbox");
    SealedCredential credential =
        vault.sealCredential(
            elsewhere, KeyKind.HMAC_SHA256, Secret.of(key.key()), Secret.of(key.secret()));
    assertThrows(
        IllegalArgumentException.class,
        () -> vault.subscribe(credential, venue, "one", exchange.clock().instant()));
  }
}
