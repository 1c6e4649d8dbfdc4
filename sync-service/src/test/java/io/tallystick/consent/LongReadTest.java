package io.tallystick.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.boot.TestDatabase;
import io.tallystick.consent.Consents.Consent;
import io.tallystick.consent.Consents.Terms;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a read that is still at work while its consent changes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LongReadTest {
  private static final List<Domain> DOMAINS = List.of(Domain.TRADES, Domain.BALANCES);

  private static final Leaf.Kind TRACE = Leaf.Kind.KEY_OFFERED;

  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject Holders holders;
  @Inject Consents consents;
  @Inject ConsentSteps steps;
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

  private Terms terms(Role reader, List<Domain> domains, Instant expiresAt) {
    return new Terms(
        List.of(tenant.caller(reader).client()),
        List.of("portfolio"),
        domains,
        30,
        expiresAt,
        DurationKind.UNTIL,
        "DE");
  }

  private Consent grant(long connection) {
    Terms terms = terms(Role.TRACKER, DOMAINS, Instant.now().plus(Duration.ofDays(100)));
    Given given = new Given("holder", "signed-form", null, null, null);
    Consent consent =
        transactions.as(tenant.id(), tx -> consents.grant(tx, owner, holder, terms, given));
    Connections.add(transactions, tenant.id(), holder, connection, consent.id());
    return consent;
  }

  private void step(Consent consent, ConsentStep step) {
    PublicIds.Keyed id = new PublicIds.Keyed(holder, consent.id());
    ConsentSteps.Wish wish = new ConsentSteps.Wish(Actor.of(owner), null, null);
    transactions.as(tenant.id(), tx -> steps.take(tx, id, step, wish) != null);
  }

  private long amend(Consent consent, Terms terms, @Nullable Given given) {
    PublicIds.Keyed id = new PublicIds.Keyed(holder, consent.id());
    Consent amended =
        transactions.find(
            tenant.id(), tx -> steps.amend(tx, Actor.of(owner), id, before -> terms, given));
    return amended == null ? 0 : amended.id();
  }

  /** Reads, leaves a trace in the same transaction, and lets something happen beside it. */
  private String read(Runnable meanwhile) {
    return reads.read(
        tracker,
        "POST /v1/tests",
        PublicIds.holder(holder),
        DOMAINS,
        Duration.ofMinutes(1),
        (tx, permits) -> {
          log.append(tx, new Leaf(TRACE, holder, null, null, tracker.client(), Map.of()));
          meanwhile.run();
          return new Served<>("data", 3);
        });
  }

  private List<AccessLog.Shown> leaves(Leaf.Kind kind) {
    return transactions
        .as(tenant.id(), tx -> log.find(tx, AccessLog.Query.about(holder, null, 100)))
        .stream()
        .filter(leaf -> leaf.kind().equals(kind.code()))
        .toList();
  }

  private void stops(String reason, Runnable meanwhile) {
    int refused = leaves(Leaf.Kind.READ_REFUSED).size();
    Problem problem = assertThrows(Problem.class, () -> read(meanwhile));
    assertEquals(reason, problem.extras().get("reason"));
    assertEquals(List.of(), leaves(Leaf.Kind.READ), "nothing was read");
    assertEquals(List.of(), leaves(TRACE), "what it had stored is undone");
    List<AccessLog.Shown> logged = leaves(Leaf.Kind.READ_REFUSED);
    assertEquals(refused + 1, logged.size());
    assertEquals(
        1, logged.stream().filter(leaf -> reason.equals(leaf.facts().get("reason"))).count());
  }

  @Test
  void aReadThatIsAtWorkWhenItsConsentRestsOrEndsIsNotAnswered() {
    Consent consent = grant(5);
    stops("paused", () -> step(consent, ConsentStep.PAUSE));
    step(consent, ConsentStep.RESUME);
    stops("withdrawn", () -> step(consent, ConsentStep.WITHDRAW));
  }

  @Test
  void norIsOneOfSeveralConnectionsOfWhichOneIsClosed() {
    grant(5);
    Consent other = grant(6);
    stops("withdrawn", () -> step(other, ConsentStep.WITHDRAW));
    assertEquals("data", read(() -> {}), "what is left is open to the next");
  }

  @Test
  void norIsOneThatAnAmendmentLeavesOutInPart() {
    Consent consent = grant(5);
    stops(
        "wrong-domain",
        () ->
            amend(
                consent,
                terms(Role.TRACKER, List.of(Domain.TRADES), consent.terms().expiresAt()),
                null));
    Consent other = grant(6);
    Terms others = terms(Role.ACCOUNTANT, DOMAINS, other.terms().expiresAt());
    Given anew = new Given("holder", "signed-form", null, null, null);
    stops("not-a-recipient", () -> amend(other, others, anew));
  }

  @Test
  void anAmendmentThatStillAllowsAllOfItIsWhatTheReadIsLoggedUnder() {
    Consent consent = grant(5);
    Terms shorter =
        terms(Role.TRACKER, DOMAINS, consent.terms().expiresAt().minus(Duration.ofDays(1)));
    long[] after = new long[1];
    assertEquals("data", read(() -> after[0] = amend(consent, shorter, null)));
    assertEquals(1, leaves(Leaf.Kind.READ).size());
    assertEquals(after[0], leaves(Leaf.Kind.READ).getFirst().consent());
    assertEquals(1, leaves(TRACE).size());
  }
}
