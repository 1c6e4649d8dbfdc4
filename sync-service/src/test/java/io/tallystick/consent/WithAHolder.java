package io.tallystick.consent;

import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;

/** A test class about consents, with a tenant of its own and one holder for each test. */
abstract class WithAHolder {
  @Inject Provisioning provisioning;
  @Inject Transactions transactions;

  TestTenant tenant;
  ConsentCalls calls;
  String holder;

  @BeforeEach
  void begin() {
    tenant = TestTenant.fresh(provisioning);
    calls = new ConsentCalls(tenant);
    holder = calls.holder("ada");
  }

  /** A consent for 200 days. */
  String grant() {
    return calls.grant(calls.consentJson(holder)).path("id");
  }

  /** A consent that ends after so long. */
  String grantFor(Duration time) {
    String end = Instant.now().plus(time).toString();
    return calls
        .grant(calls.consentJson(holder).replace(ConsentCalls.SOON.toString(), end))
        .path("id");
  }

  // The database's clock cannot be driven: let it pass the moment, in the database.
  void letPass(String seconds) {
    transactions.as(
        tenant.id(), tx -> tx.sql("select pg_sleep(" + seconds + ")").list(row -> true));
  }
}
