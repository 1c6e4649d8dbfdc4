package io.tallystick.egress;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.tallystick.kernel.Secret;
import io.tallystick.tenancy.TestDatabase;
import io.tallystick.vault.CredentialContext;
import io.tallystick.vault.FileKeyStore;
import io.tallystick.vault.MasterKey;
import io.tallystick.vault.ScriptedVenue;
import io.tallystick.vault.SealedCredential;
import io.tallystick.vault.Seals;
import io.tallystick.vault.Vault;
import io.tallystick.venue.KeyKind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway in front of a scripted venue whose clock, answers and faults a test decides. */
final class Rig implements AutoCloseable {
  static final String API_KEY = "CANARYKEY0123456789";
  static final String SECRET = "CANARYSECRET0123456789";
  static final String GOOD = "{\"ok\":true}";
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  final DrivenPace pace = new DrivenPace("2026-11-21T12:00:10Z");
  final ScriptedServer server;
  final Vault vault;
  final Budget budget;
  final Gateway gateway;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Environments environments;
  volatile Duration ahead = Duration.ZERO;
  final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private volatile ScriptedServer.Script signed = ScriptedServer.says(200, GOOD);

  Rig(Path folder, String... settings) throws IOException {
    this(folder, List.of(), settings);
  }

  /** With hosts that come before the scripted one. */
  Rig(Path folder, List<URI> before, String... settings) throws IOException {
    server = new ScriptedServer(this::answer);
    List<URI> hosts = new java.util.ArrayList<>(before);
    hosts.add(server.address());
    String[] all = java.util.Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = "address";
    all[settings.length + 1] = "rig-" + ADDRESSES.incrementAndGet();
    EgressSettings egress = Settings.with(all);
    environments =
        new Environments(List.of(new ScriptedVenue(List.of())), Map.of("scripted", hosts));
    String master = Base64.getEncoder().encodeToString(new byte[MasterKey.LENGTH]);
    vault =
        new Vault(
            new Seals(
                FileKeyStore.open(
                    folder.resolve("keys"), MasterKey.parse(Secret.of(master)), pace)));
    budget = new Budget(TestDatabase.app(), pace, new SplittableRandom(42), egress);
    gateway =
        new Gateway(
            environments,
            budget,
            vault,
            pace,
            new SplittableRandom(43),
            egress,
            new Wire(egress),
            new Meters(meters),
            new Spans(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build()
                    .get("rig")));
  }

  /** What signed calls are answered, provided that their timestamp is good. */
  void says(ScriptedServer.Script script) {
    signed = script;
  }

  void says(int status, String body, String... headers) {
    says(ScriptedServer.says(status, body, headers));
  }

  /** Each script once, the last one for ever. */
  void saysInTurn(ScriptedServer.Script... scripts) {
    AtomicInteger next = new AtomicInteger();
    says((request, to) ->
        scripts[Math.min(next.getAndIncrement(), scripts.length - 1)].answer(request, to));
  }

  Target target() {
    return target(3);
  }

  Target target(long connection) {
    CredentialContext context =
        new CredentialContext(1, 2, connection, 4, 1, "scripted", Environments.SANDBOX);
    SealedCredential credential =
        vault.sealCredential(context, KeyKind.HMAC_SHA256, Secret.of(API_KEY), Secret.of(SECRET));
    return Target.of(credential, Priority.BACKFILL);
  }

  long venueMillis() {
    return pace.instant().plus(ahead).toEpochMilli();
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    server.close();
  }

  private void answer(ScriptedServer.Request request, java.net.Socket to) throws IOException {
    if (request.path().equals("/v/time")) {
      String time = "{\"serverTime\":" + venueMillis() + "}";
      ScriptedServer.write(to, 200, time.getBytes(StandardCharsets.UTF_8));
      return;
    }
    // Binance's rule: at most one second ahead of the venue, at most five behind.
    long behind = venueMillis() - request.number("timestamp");
    if (behind > 5000 || behind <= -1000) {
      ScriptedServer.says(400, "{\"code\":-1021}").answer(request, to);
    } else {
      signed.answer(request, to);
    }
  }
}
