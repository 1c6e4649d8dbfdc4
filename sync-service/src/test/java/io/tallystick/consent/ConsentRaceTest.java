package io.tallystick.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.consent.Consents.Consent;
import io.tallystick.consent.Consents.Terms;
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
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A withdrawal against the commit of a page, at moments that a seed decides. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConsentRaceTest {
  private static final int MOST_MICROS = 4_000;

  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject Holders holders;
  @Inject Consents consents;
  @Inject ConsentSteps steps;
  @Inject Permits permits;

  private TestTenant tenant;
  private Caller owner;
  private long holder;

  /** What a page saw: whether its permit held, and when it was about to commit. */
  private record Page(long began, boolean held, long atCommit) {}

  @BeforeEach
  void provision() {
    tenant = TestTenant.fresh(provisioning);
    owner = tenant.caller(Role.OWNER);
    holder = transactions.as(tenant.id(), tx -> holders.register(tx, owner, "ada").holder().id());
  }

  private Consent grant() {
    Terms terms =
        new Terms(
            List.of(tenant.caller(Role.TRACKER).client()),
            List.of("portfolio"),
            List.of(Domain.TRADES),
            30,
            Instant.now().plus(Duration.ofDays(100)),
            DurationKind.UNTIL,
            "DE");
    Given given = new Given("holder", "signed-form", null, null, null);
    return transactions.as(tenant.id(), tx -> consents.grant(tx, owner, holder, terms, given));
  }

  private static void rest(Random random) {
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(MOST_MICROS)));
  }

  private Page page(PullPermit permit, Random random) {
    rest(random);
    return transactions.as(
        tenant.id(),
        tx -> {
          long began = System.nanoTime();
          boolean held = permits.holds(tx, permit);
          rest(random);
          return new Page(began, held, System.nanoTime());
        });
  }

  private long withdrawn(Consent consent, Random random) {
    rest(random);
    PublicIds.Keyed id = new PublicIds.Keyed(holder, consent.id());
    ConsentSteps.Wish wish = new ConsentSteps.Wish(Actor.of(owner), null, null);
    transactions.as(tenant.id(), tx -> steps.take(tx, id, ConsentStep.WITHDRAW, wish) != null);
    return System.nanoTime();
  }

  private void race(int seeds) throws Exception {
    int before = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int seed = 0; seed < seeds; seed++) {
        Consent consent = grant();
        PullPermit permit =
            assertInstanceOf(
                    PullDecision.Granted.class,
                    transactions.as(
                        tenant.id(),
                        tx -> permits.forPull(tx, holder, consent.id(), Domain.TRADES)))
                .permit();
        Random first = new Random(2L * seed);
        Random second = new Random(2L * seed + 1);
        Future<Page> paging = threads.submit(() -> page(permit, first));
        Future<Long> withdrawing = threads.submit(() -> withdrawn(consent, second));
        Page page = paging.get(20, TimeUnit.SECONDS);
        long over = withdrawing.get(20, TimeUnit.SECONDS);
        if (page.held()) {
          before++;
          assertTrue(page.atCommit() < over, "a page commits after the withdrawal, seed " + seed);
        }
        if (page.began() > over) {
          assertEquals(false, page.held(), "a page begins after the withdrawal, seed " + seed);
        }
      }
    }
    assertTrue(before > 0 && before < seeds, before + " of " + seeds + " pages came first");
  }

  @Test
  @DisplayName("F36 no page commits after a withdrawal, whichever comes first")
  void noPageCommitsAfterAWithdrawal() throws Exception {
    race(60);
  }

  @Test
  @Tag("long")
  @DisplayName("F36 no page commits after a withdrawal, in ten thousand races")
  void noPageCommitsAfterAWithdrawalInTenThousandRaces() throws Exception {
    race(10_000);
  }
}
