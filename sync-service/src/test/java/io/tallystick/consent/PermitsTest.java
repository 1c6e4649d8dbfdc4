package io.tallystick.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.access.AccessLog;
import io.tallystick.boot.TestDatabase;
import io.tallystick.consent.Consents.Consent;
import io.tallystick.consent.Consents.Terms;
import io.tallystick.consent.ReadPermit.Covered;
import io.tallystick.consent.Reads.Served;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class PermitsTest {
  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject Holders holders;
  @Inject Consents consents;
  @Inject ConsentSteps steps;
  @Inject Permits permits;
  @Inject Reads reads;
  @Inject AccessLog log;

  private TestTenant tenant;
  private Caller owner;
  private Caller tracker;
  private long holder;

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
    owner = tenant.caller(Role.OWNER);
    tracker = tenant.caller(Role.TRACKER);
    holder = transactions.as(tenant.id(), tx -> holders.register(tx, owner, "ada").holder().id());
  }

  private Consent grant(Instant expiresAt, @Nullable Instant givenAt) {
    Terms terms =
        new Terms(
            List.of(tracker.client()),
            List.of("portfolio"),
            List.of(Domain.TRADES, Domain.BALANCES),
            30,
            expiresAt,
            DurationKind.UNTIL,
            "DE");
    Given given = new Given("holder", "signed-form", "paper 7", givenAt, null);
    return transactions.as(tenant.id(), tx -> consents.grant(tx, owner, holder, terms, given));
  }

  private Consent grant() {
    return grant(now().plus(Duration.ofDays(100)), null);
  }

  private Instant now() {
    return transactions.as(tenant.id(), tx -> tx.now());
  }

  private void withdraw(Consent consent) {
    transactions.as(
        tenant.id(),
        tx ->
            steps.take(
                    tx,
                    new PublicIds.Keyed(holder, consent.id()),
                    ConsentStep.WITHDRAW,
                    new ConsentSteps.Wish(Actor.of(owner), "enough", null))
                != null);
  }

  private PullDecision pull(Consent consent, Domain domain) {
    return transactions.as(tenant.id(), tx -> permits.forPull(tx, holder, consent.id(), domain));
  }

  private boolean holds(TestTenant as, PullPermit permit) {
    return transactions.as(as.id(), tx -> permits.holds(tx, permit));
  }

  private Refusal refusedPull(Consent consent, Domain domain) {
    return assertInstanceOf(PullDecision.Refused.class, pull(consent, domain)).reason();
  }

  private ReadDecision decide(Caller caller, @Nullable Long connection, Domain domain) {
    return transactions.as(
        tenant.id(), tx -> permits.forRead(tx, caller, holder, connection, domain));
  }

  private Refusal refusedRead(Caller caller, @Nullable Long connection, Domain domain) {
    return assertInstanceOf(ReadDecision.Refused.class, decide(caller, connection, domain))
        .reason();
  }

  @Test
  void anActiveConsentAllowsPullsOfItsDomainsFromItsLookBackOn() {
    Consent consent = grant();
    PullPermit permit =
        assertInstanceOf(PullDecision.Granted.class, pull(consent, Domain.TRADES)).permit();
    Instant given = consent.given().at() == null ? Instant.EPOCH : consent.given().at();
    assertEquals(given.minus(Duration.ofDays(30)), permit.earliest());
    assertEquals(Refusal.WRONG_DOMAIN, refusedPull(consent, Domain.WITHDRAWALS));
    assertTrue(holds(tenant, permit));
    TestTenant other = TestTenant.fresh(provisioning);
    assertFalse(holds(other, permit));
    withdraw(consent);
    assertEquals(Refusal.WITHDRAWN, refusedPull(consent, Domain.TRADES));
    assertFalse(holds(tenant, permit));
  }

  @Test
  void aConsentExpiresByTheDatabasesClockWithoutAnyJob() throws Exception {
    Consent consent = grant(now().plusMillis(400), null);
    PullPermit permit =
        assertInstanceOf(PullDecision.Granted.class, pull(consent, Domain.TRADES)).permit();
    // The database's clock cannot be driven: let it pass the moment, in the database.
    transactions.as(tenant.id(), tx -> tx.sql("select pg_sleep(0.5)").list(row -> true));
    assertEquals(Refusal.EXPIRED, refusedPull(consent, Domain.TRADES));
    assertFalse(holds(tenant, permit));
    assertEquals(Refusal.EXPIRED, refusedRead(tracker, null, Domain.TRADES));
  }

  @Test
  @DisplayName("F36 a withdrawal waits for a page that holds the consent, and no page passes after")
  void withdrawalAndPageAreOrdered() throws Exception {
    Consent consent = grant();
    PullPermit permit =
        assertInstanceOf(PullDecision.Granted.class, pull(consent, Domain.TRADES)).permit();
    CountDownLatch holding = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> page =
          threads.submit(() ->
              transactions.as(
                  tenant.id(),
                  tx -> {
                    boolean held = permits.holds(tx, permit);
                    holding.countDown();
                    await(commit);
                    return held;
                  }));
      await(holding);
      Future<?> withdrawal = threads.submit(() -> withdraw(consent));
      assertThrows(TimeoutException.class, () -> withdrawal.get(300, TimeUnit.MILLISECONDS));
      commit.countDown();
      assertTrue(page.get(10, TimeUnit.SECONDS));
      withdrawal.get(10, TimeUnit.SECONDS);
    }
    assertFalse(holds(tenant, permit));
  }

  @Test
  void aReadIsAllowedOnlyByAConsentThatNamesClientPurposeAndDomain() {
    assertEquals(Refusal.NO_CONSENT, refusedRead(tracker, null, Domain.TRADES));
    Consent consent = grant();
    Connections.add(transactions, tenant.id(), holder, 5, consent.id());
    ReadPermit permit =
        assertInstanceOf(ReadDecision.Granted.class, decide(tracker, null, Domain.TRADES)).permit();
    Instant given = consent.given().at() == null ? Instant.EPOCH : consent.given().at();
    assertEquals(
        List.of(new Covered(5, consent.id(), given.minus(Duration.ofDays(30)))),
        permit.connections());
    assertEquals(Refusal.WRONG_DOMAIN, refusedRead(tracker, 5L, Domain.FIAT));
    assertEquals(
        Refusal.NOT_A_RECIPIENT, refusedRead(tenant.caller(Role.ACCOUNTANT), 5L, Domain.TRADES));
    Caller otherPurpose =
        new Caller(tracker.tenant(), tracker.client(), Role.TRACKER, "marketing", "tracker");
    assertEquals(Refusal.WRONG_PURPOSE, refusedRead(otherPurpose, 5L, Domain.TRADES));
    assertEquals(Refusal.UNKNOWN, refusedRead(tracker, 6L, Domain.TRADES));
    withdraw(consent);
    assertEquals(Refusal.WITHDRAWN, refusedRead(tracker, 5L, Domain.TRADES));
    assertEquals(Refusal.WITHDRAWN, refusedRead(tracker, null, Domain.TRADES));
  }

  @Test
  void onlyTheConnectionsOwnConsentOpensIt() {
    Consent first = grant();
    Consent second = grant();
    Connections.add(transactions, tenant.id(), holder, 1, first.id());
    Connections.add(transactions, tenant.id(), holder, 2, second.id());
    withdraw(first);
    ReadPermit permit =
        assertInstanceOf(ReadDecision.Granted.class, decide(tracker, null, Domain.TRADES)).permit();
    assertEquals(List.of(2L), List.of(permit.connectionIds()));
    assertEquals(Refusal.WITHDRAWN, refusedRead(tracker, 1L, Domain.TRADES));
  }

  @Test
  void aReadAndItsLeafAreOneActAndARefusalIsLoggedToo() {
    Consent consent = grant();
    Connections.add(transactions, tenant.id(), holder, 5, consent.id());
    String id = PublicIds.holder(holder);
    assertEquals("data", read(tracker, id, null));
    List<AccessLog.Shown> leaves = leaves("read");
    assertEquals(1, leaves.size());
    assertEquals(consent.id(), leaves.getFirst().consent());
    assertEquals(tracker.client(), leaves.getFirst().client());
    assertEquals("3", leaves.getFirst().facts().get("rows"));
    assertEquals("GET /v1/tests", leaves.getFirst().facts().get("route"));
    assertThrows(
        IllegalStateException.class,
        () ->
            reads.read(
                tracker,
                "GET /v1/tests",
                id,
                null,
                Domain.TRADES,
                (tx, permit) -> {
                  throw new IllegalStateException("planted");
                }));
    assertEquals(1, leaves("read").size(), "what was not answered is not in the log");
    withdraw(consent);
    Problem refused = assertThrows(Problem.class, () -> read(tracker, id, null));
    assertEquals(Problem.Kind.CONSENT_MISSING, refused.kind());
    assertEquals("withdrawn", refused.extras().get("reason"));
    assertEquals("withdrawn", leaves("read.refused").getFirst().facts().get("reason"));
  }

  @Test
  @DisplayName("F47 ids of another tenant's holder and connection read like ids of nobody")
  void foreignIdsAreUnknown() {
    Consent consent = grant();
    Connections.add(transactions, tenant.id(), holder, 5, consent.id());
    Caller stranger = TestTenant.fresh(provisioning).caller(Role.TRACKER);
    String id = PublicIds.holder(holder);
    String connection = PublicIds.connection(holder, 5);
    String expected = assertThrows(Problem.class, () -> read(stranger, "hld_0", null)).detail();
    for (String[] ids :
        new String[][] {
          {id, null},
          {id, connection},
          {PublicIds.holder(4), null},
          {"' or 1=1 --", null},
          {id, "con_0"}
        }) {
      Problem problem = assertThrows(Problem.class, () -> read(stranger, ids[0], ids[1]));
      assertEquals(Problem.Kind.NOT_FOUND, problem.kind());
      assertEquals(expected, problem.detail());
    }
    Problem mixed =
        assertThrows(Problem.class, () -> read(tracker, id, PublicIds.connection(holder + 1, 5)));
    assertEquals(Problem.Kind.NOT_FOUND, mixed.kind());
  }

  private String read(Caller caller, String holderId, @Nullable String connectionId) {
    return reads.read(
        caller,
        "GET /v1/tests",
        holderId,
        connectionId,
        Domain.TRADES,
        (tx, permit) -> new Served<>("data", 3));
  }

  private List<AccessLog.Shown> leaves(String kind) {
    return transactions
        .as(tenant.id(), tx -> log.find(tx, AccessLog.Query.about(holder, null, 100)))
        .stream()
        .filter(leaf -> leaf.kind().equals(kind))
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited too long");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
