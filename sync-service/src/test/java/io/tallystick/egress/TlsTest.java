package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.vault.ScriptedVenue;
import io.tallystick.vault.SignedCall;
import io.tallystick.venue.Call;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final char[] PASSWORD = "only-a-test".toCharArray();
  private static final SignedCall CALL =
      new SignedCall("GET", "/v/account", "signature=CANARY", Map.of("X-KEY", "CANARY"));

  @TempDir static Path folder;
  private static Path keys;

  @BeforeAll
  static void makeCertificates() throws Exception {
    keys = folder.resolve("tls.p12");
    keytool("-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-validity", "30");
    leaf("good", "ip:127.0.0.1", "-1H", "30");
    leaf("othername", "dns:other.example", "-1H", "30");
    leaf("expired", "ip:127.0.0.1", "-10d", "2");
  }

  @Test
  @DisplayName("F34 a good certificate of a trusted authority is talked to")
  void f34AGoodCertificateIsTalkedTo() throws Exception {
    assertInstanceOf(Wire.Exchange.Came.class, exchange("good", true));
  }

  @Test
  @DisplayName("F34 another name, an expired or an unknown certificate is refused unsent")
  void f34BadCertificatesAreRefusedUnsent() throws Exception {
    assertInstanceOf(Wire.Exchange.Insecure.class, exchange("othername", true));
    assertInstanceOf(Wire.Exchange.Insecure.class, exchange("expired", true));
    assertInstanceOf(Wire.Exchange.Insecure.class, exchange("good", false));
  }

  @Test
  @DisplayName("F34 a redirect is not followed, and no header leaves to where it points")
  void f34ARedirectIsNotFollowed() throws Exception {
    try (Rig rig = new Rig(folder.resolve("redirect"));
        ScriptedServer other = new ScriptedServer(ScriptedServer.says(200, Rig.GOOD))) {
      for (int status : List.of(301, 302, 303, 307, 308)) {
        rig.says(status, "", "Location: " + other.address() + "/v/account");
        Outcome outcome = rig.gateway.send(rig.target(), Call.of(ScriptedVenue.ACCOUNT));
        assertInstanceOf(Outcome.Unreadable.class, outcome);
        assertEquals(status, outcome.trace().status());
      }
      assertTrue(other.requests().isEmpty());
    }
  }

  @Test
  void noProxyIsTakenFromTheEnvironment() throws Exception {
    AtomicInteger consulted = new AtomicInteger();
    ProxySelector usual = ProxySelector.getDefault();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<java.net.Proxy> select(URI uri) {
            consulted.incrementAndGet();
            return List.of(java.net.Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {
            consulted.incrementAndGet();
          }
        });
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.says(200, Rig.GOOD));
        Wire wire = new Wire(Settings.with())) {
      assertInstanceOf(Wire.Exchange.Came.class, wire.exchange(server.address(), CALL));
      assertEquals(0, consulted.get());
    } finally {
      ProxySelector.setDefault(usual);
    }
  }

  private static Wire.Exchange exchange(String alias, boolean trusted) throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                ScriptedServer.says(200, Rig.GOOD),
                server(alias).getServerSocketFactory(),
                "https");
        Wire wire = trusted ? new Wire(Settings.with(), trust()) : new Wire(Settings.with())) {
      Wire.Exchange exchange = wire.exchange(server.address(), CALL);
      if (!(exchange instanceof Wire.Exchange.Came)) {
        assertTrue(server.requests().isEmpty(), "nothing was sent");
      }
      return exchange;
    }
  }

  private static void leaf(String alias, String name, String from, String days) throws Exception {
    keytool(
        "-alias",
        alias,
        "-dname",
        "CN=" + alias,
        "-signer",
        "ca",
        "-ext",
        "san=" + name,
        "-startdate",
        from,
        "-validity",
        days);
  }

  private static void keytool(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", keys.toString()));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    command.addAll(List.of(options));
    Path said = folder.resolve("keytool.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertEquals(0, process.waitFor(), () -> read(said));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "no output";
    }
  }

  private static SSLContext server(String alias) throws Exception {
    KeyStore all = load();
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(one, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext trust() throws Exception {
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("ca", load().getCertificate("ca"));
    TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
    managers.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static KeyStore load() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    return store;
  }
}
