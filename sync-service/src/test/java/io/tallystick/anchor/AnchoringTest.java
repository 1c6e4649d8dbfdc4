package io.tallystick.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.health.api.Wellness;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Checkpoints;
import io.tallystick.access.Checkpoints.Signed;
import io.tallystick.access.Leaf;
import io.tallystick.access.proof.SignedNote;
import io.tallystick.boot.TestDatabase;
import io.tallystick.egress.OpenPostbox;
import io.tallystick.egress.Postbox;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Checkpoints of the running service, put to a place outside that is slow, refuses, and is lost.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AnchoringTest {
  private static final long SEED = 20_261_122;

  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject Checkpoints checkpoints;
  @Inject AccessLog log;
  @Inject @Wellness AnchoringHealth health;

  private final List<Postbox> postboxes = new ArrayList<>();
  private final Receiver receiver = new Receiver();
  private final Random random = new Random(SEED);
  private TestTenant tenant;
  private Duration later = Duration.ZERO;

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
  }

  @AfterEach
  void close() {
    postboxes.forEach(Postbox::close);
    receiver.close();
  }

  private Anchoring process() {
    return process(receiver.url());
  }

  private Anchoring process(String url) {
    Postbox postbox = OpenPostbox.at(url);
    postboxes.add(postbox);
    Pace pace =
        new Pace() {
          @Override
          public Instant instant() {
            return Instant.now().plus(later);
          }

          @Override
          public void pause(Duration duration) {
            throw new AssertionError("nobody sleeps here");
          }
        };
    return new Anchoring(
        transactions, checkpoints, postbox, pace, random, new SimpleMeterRegistry(), "halted");
  }

  private Optional<Signed> signed() {
    return transactions.asSequencer(tx -> Optional.ofNullable(checkpoints.newest(tx)));
  }

  /** The newest checkpoint; the first one where nothing happened yet. */
  private Signed newest() {
    return signed().orElseGet(this::happens);
  }

  /** Something happens, and is sealed by the service itself. */
  private Signed happens() {
    Map<String, String> facts = Map.of("route", "a test");
    transactions.as(
        tenant.id(), tx -> log.append(tx, new Leaf(Leaf.Kind.READ, 0, null, null, null, facts)));
    long before = signed().map(Signed::size).orElse(0L);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> signed().filter(now -> now.size() > before).isPresent());
    return newest();
  }

  private List<String> notesBehind(long size) {
    return transactions.asSequencer(tx -> checkpoints.after(tx, size, 1000)).stream()
        .map(Signed::note)
        .toList();
  }

  @Test
  void everyCheckpointIsPutInOrderOnceAndExactlyAsItWasSigned() {
    Signed first = newest();
    Anchoring process = process();
    process.round();
    assertEquals(first.note(), receiver.bodies.getFirst(), "the newest covers what was before");
    assertEquals("PUT /log/" + first.size(), receiver.requests.getFirst());
    happens();
    Signed last = happens();
    Anchoring.State state = process.round();
    assertEquals(last.size(), state.size());
    assertEquals(Duration.ZERO, state.lag());
    List<String> expected = new ArrayList<>(List.of(first.note()));
    expected.addAll(notesBehind(first.size()));
    assertEquals(expected, List.copyOf(receiver.bodies));
    assertTrue(expected.size() >= 3, expected.size() + " checkpoints");
    receiver.bodies.forEach(note -> assertNotNull(SignedNote.parse(note)));
    int requests = receiver.requests.size();
    process.round();
    assertEquals(requests, receiver.requests.size(), "nothing waits, nothing is put");
    assertFalse(
        receiver.headers.stream().anyMatch(name -> name.matches("(?i)authorization|cookie|x-.*")),
        receiver.headers.toString());
  }

  @Test
  void whoRefusesIsAskedAgainMoreSeldomAndThenGetsAllOfIt() {
    Anchoring process = process();
    newest();
    receiver.status = 500;
    Duration most = Duration.ZERO;
    for (int failures = 1; failures <= 12; failures++) {
      Anchoring.State state = process.round();
      assertEquals(failures, state.failures());
      assertEquals("answered 500", state.trouble(), "nothing of what it said");
      Duration rest = process.rest(state);
      Duration bound = Duration.ofSeconds(Math.min(300, 1L << failures));
      assertTrue(rest.compareTo(bound) <= 0, rest + " seed " + SEED);
      assertTrue(rest.compareTo(bound.dividedBy(2)) >= 0, rest + " seed " + SEED);
      most = rest;
    }
    assertTrue(most.compareTo(Duration.ofSeconds(150)) >= 0, most.toString());
    assertEquals(List.of(), List.copyOf(receiver.bodies));
    receiver.status = 200;
    Anchoring.State state = process.round();
    assertEquals(0, state.failures());
    assertEquals("", state.trouble());
    assertEquals(newest().note(), receiver.bodies.getLast());
    assertEquals(Duration.ofSeconds(1), process.rest(state));
  }

  @Test
  void aRedirectIsNotFollowedAndAnEndlessAnswerIsNotRead() {
    newest();
    Anchoring process = process();
    try (Receiver elsewhere = new Receiver()) {
      receiver.status = 307;
      receiver.location = elsewhere.url();
      assertEquals("answered 307", process.round().trouble());
      assertEquals(List.of(), List.copyOf(elsewhere.requests));
      receiver.location = "";
      receiver.status = 200;
      receiver.bytes = 1 << 20;
      assertEquals("the answer is larger than 65536 bytes", process.round().trouble());
    }
    receiver.close();
    assertEquals("the host cannot be connected to", process.round().trouble());
  }

  @Test
  void aSlowPlaceHoldsUpNobodyAndIsLate() throws Exception {
    newest();
    receiver.hangs = true;
    Anchoring process = process();
    CompletableFuture<Anchoring.State> round = CompletableFuture.supplyAsync(process::round);
    Awaitility.await().until(() -> !receiver.requests.isEmpty());
    long asked = newest().size();
    assertTrue(happens().size() > asked, "sealed while the address hangs");
    Anchoring.State state = round.get();
    assertTrue(state.trouble().startsWith("no whole answer within"), state.trouble());
    assertEquals(HealthCheckResponse.Status.UP, new AnchoringHealth(process).call().getStatus());
    later = Duration.ofMinutes(6);
    assertTrue(process.round().late());
    HealthCheckResponse told = new AnchoringHealth(process).call();
    assertEquals(HealthCheckResponse.Status.DOWN, told.getStatus());
    assertEquals(2L, told.getData().orElseThrow().get("failures"));
    assertFalse(told.getData().toString().contains("secret words"));
  }

  @Test
  void whoeverStartsGoesOnWithTheLastThatWasNotTaken() throws Exception {
    newest();
    Anchoring first = process();
    long sent = first.round().size();
    receiver.status = 503;
    happens();
    assertEquals(1, first.round().failures());
    int tried = receiver.requests.size();
    Anchoring second = process();
    receiver.status = 200;
    assertTrue(second.round().lag().toMillis() >= 0);
    assertEquals(tried, receiver.requests.size(), "the first has the turn");
    first.leave();
    int before = receiver.bodies.size();
    assertTrue(second.round().size() > sent);
    List<String> put = List.copyOf(receiver.bodies.subList(before, receiver.bodies.size()));
    assertEquals(notesBehind(sent), put);
    // Killed between the answer and the row: the same bytes go to the same name once more.
    try (java.sql.Connection admin = TestDatabase.admin();
        java.sql.PreparedStatement back =
            admin.prepareStatement(
                "update tallystick.checkpoint_put set size = ? where place = ?")) {
      back.setLong(1, sent);
      back.setBytes(2, postboxes.getFirst().place());
      assertEquals(1, back.executeUpdate());
    }
    second.round();
    List<String> again = receiver.bodies.subList(before + put.size(), before + 2 * put.size());
    assertEquals(put, List.copyOf(again));
    assertEquals(
        receiver.requests.stream()
            .filter(one -> one.endsWith("/" + newest().size()))
            .distinct()
            .count(),
        1);
  }

  @Test
  void withoutAnAddressNothingGoesOut() {
    HealthCheckResponse told = health.call();
    assertEquals(HealthCheckResponse.Status.UP, told.getStatus());
    assertEquals(false, told.getData().orElseThrow().get("on"));
  }
}
