package io.tallystick.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.DatabaseRoles;
import io.tallystick.boot.TestDatabase;
import io.tallystick.consent.Consents.Consent;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.Role;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The millisecond in which a consent ends. The database's clock decides and cannot be set, so a
 * function of the same name stands before it, in the transactions of this test alone: to every job
 * of the service the consent has months to go.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ExpiryInstantTest {
  private static final Duration LONG = Duration.ofDays(100);

  @Inject Provisioning provisioning;
  @Inject Transactions transactions;
  @Inject Holders holders;
  @Inject Consents consents;
  @Inject ConsentSteps steps;
  @Inject Permits permits;

  private TestTenant tenant;
  private Caller owner;
  private Caller tracker;
  private long holder;
  private Consent consent;
  private PullPermit permit;

  @BeforeEach
  void consentAndClock() throws SQLException {
    asAdmin(
        "drop schema if exists set_clock cascade",
        "create schema set_clock",
        """
        create function set_clock.clock_timestamp() returns timestamptz language sql volatile
        as $$ select current_setting('test.now')::timestamptz $$
        """,
        "grant usage on schema set_clock to " + DatabaseRoles.APP);
    tenant = TestTenant.fresh(provisioning);
    owner = tenant.caller(Role.OWNER);
    tracker = tenant.caller(Role.TRACKER);
    holder = transactions.as(tenant.id(), tx -> holders.register(tx, owner, "ada").holder().id());
    consent = transactions.as(tenant.id(), this::grant);
    permit =
        assertInstanceOf(
                PullDecision.Granted.class,
                transactions.as(
                    tenant.id(), tx -> permits.forPull(tx, holder, consent.id(), Domain.TRADES)))
            .permit();
  }

  @AfterEach
  void clockOff() throws SQLException {
    asAdmin("drop schema set_clock cascade");
  }

  private static void asAdmin(String... statements) throws SQLException {
    try (Connection admin = TestDatabase.admin();
        Statement statement = admin.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  private Consent grant(TenantTx tx) throws SQLException {
    return consents.grant(
        tx,
        owner,
        holder,
        new Consents.Terms(
            List.of(tracker.client()),
            List.of("portfolio"),
            List.of(Domain.TRADES),
            30,
            tx.now().plus(LONG),
            DurationKind.UNTIL,
            "DE"),
        new Given("holder", "signed-form", null, null, null));
  }

  /**
   * Works in a transaction to which it is so many milliseconds after the consent's last instant.
   */
  private <T> T at(long millis, Transactions.Work<T> work) {
    Instant now = consent.terms().expiresAt().plusMillis(millis);
    return transactions.as(
        tenant.id(),
        tx -> {
          tx.sql(
                  """
                  select set_config('test.now', ?, true),
                    set_config('search_path', 'set_clock, pg_catalog, tallystick', true)
                  """)
              .bind(now.toString())
              .list(row -> true);
          assertEquals(now, tx.now(), "the clock is the one that was set");
          return work.in(tx);
        });
  }

  private boolean heldAt(long millis) {
    return at(millis, tx -> permits.holds(tx, permit));
  }

  private String stored() {
    return transactions.as(
        tenant.id(),
        tx ->
            Objects.requireNonNull(
                tx.sql("select state from consent where holder_id = ? and consent_id = ?")
                    .bind(holder, consent.id())
                    .first(row -> row.getString(1))));
  }

  @Test
  void aMillisecondBeforeTheEndAPullIsPermittedAndItsPageStored() {
    PullDecision decision = at(-1, tx -> permits.forPull(tx, holder, consent.id(), Domain.TRADES));
    assertInstanceOf(PullDecision.Granted.class, decision);
    assertTrue(heldAt(-1));
    PublicIds.Keyed id = new PublicIds.Keyed(holder, consent.id());
    boolean ended = at(-1, tx -> steps.expire(tx, id));
    assertFalse(ended, "nothing to end yet");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void fromTheEndOnNothingIsPulledStoredOrReadThoughNoJobHasNoticed(long millis) {
    PullDecision decision =
        at(millis, tx -> permits.forPull(tx, holder, consent.id(), Domain.TRADES));
    assertEquals(Refusal.EXPIRED, assertInstanceOf(PullDecision.Refused.class, decision).reason());
    assertFalse(heldAt(millis), "nor by a permit from before");
    ReadDecision read = at(millis, tx -> permits.forRead(tx, tracker, holder, null, Domain.TRADES));
    assertEquals(Refusal.EXPIRED, assertInstanceOf(ReadDecision.Refused.class, read).reason());
    assertEquals("active", stored(), "no job was needed");
  }
}
