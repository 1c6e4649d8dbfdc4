package io.tallystick.connection;

import io.restassured.response.Response;
import io.tallystick.boot.TestExchange;
import io.tallystick.sandbox.Sandbox;
import io.tallystick.sandbox.SandboxSettings;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.TestTenant;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.Said;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.matchers.GroupMatcher;

/** A tenant of its own with one holder and one consent, before a running sandbox exchange. */
final class World {
  static final String ACCOUNT_PATH = "/api/v3/account";
  static final String RIGHTS_PATH = "/sapi/v1/account/apiRestrictions";
  private static final AtomicLong SEED = new AtomicLong(70);

  final TestTenant tenant;
  final Sandbox sandbox;
  final Account account;
  final String holder;
  final String consent;
  private final Transactions transactions;

  /**
   * Keeps the scheduler from running anything: the engine would read each new account, and what is
   * asked here ends with the connection.
   */
  static void still(Scheduler scheduler) throws SchedulerException {
    scheduler.standby();
  }

  /** Lets the scheduler run again, without what was put off meanwhile. */
  static void resume(Scheduler scheduler) throws SchedulerException {
    scheduler.deleteJobs(List.copyOf(scheduler.getJobKeys(GroupMatcher.jobGroupEquals("sync"))));
    scheduler.start();
  }

  World(Sandbox sandbox, Provisioning provisioning, Transactions transactions) {
    this.sandbox = sandbox;
    this.transactions = transactions;
    tenant = TestTenant.fresh(provisioning);
    sandbox.faults().clear();
    account = newAccount();
    holder = Said.id(post("/v1/holders", "{\"reference\": \"ada\"}"));
    consent = newConsent(holder);
  }

  /** The exchange, where the service under test looks for it. */
  static Sandbox open() {
    return Sandbox.start(SandboxSettings.defaults().at("127.0.0.1", TestExchange.port()));
  }

  Account newAccount() {
    long seed = SEED.incrementAndGet();
    return sandbox.addAccount(AccountPlan.small("account-" + seed, seed));
  }

  String newConsent(String of) {
    Response made =
        post(
            "/v1/consents",
            """
            {"holder": "%s", "recipients": ["%s"], "purposes": ["portfolio"],
             "domains": ["balances", "trades"], "look_back_days": 365, "expires_at": "%s",
             "jurisdiction": "DE", "given": {"by": "holder", "method": "signed-form"}}
            """
                .formatted(
                    of, tenant.publicClient("tracker"), Instant.now().plus(Duration.ofDays(100))));
    made.then().statusCode(201);
    return Said.id(made);
  }

  ApiKey key(KeyGrant grant) {
    return sandbox.addKey(account, grant);
  }

  Response post(String path, String body) {
    return tenant.as("owner").contentType("application/json").body(body).post(path);
  }

  Response get(String path) {
    return tenant.as("owner").get(path);
  }

  Response connect(ApiKey key) {
    return connect(hmac(key));
  }

  /** Connects with this {@code key} member. */
  Response connect(String key) {
    return post(
        "/v1/connections",
        """
        {"consent": "%s", "venue": "binance", "environment": "sandbox", "key": %s}
        """
            .formatted(consent, key));
  }

  Response offer() {
    return post(
        "/v1/key-offers",
        """
        {"consent": "%s", "venue": "binance", "environment": "sandbox"}
        """
            .formatted(consent));
  }

  Response complete(String offer, ApiKey key) {
    return post(
        "/v1/connections",
        """
        {"consent": "%s", "venue": "binance", "environment": "sandbox", "offer": "%s",
         "api_key": "%s"}
        """
            .formatted(consent, offer, key.key()));
  }

  static String hmac(ApiKey key) {
    return """
    {"kind": "hmac", "api_key": "%s", "secret": "%s"}\
    """
        .formatted(key.key(), key.secret());
  }

  static String asymmetric(String kind, ApiKey key, KeyPair pair) {
    return """
    {"kind": "%s", "api_key": "%s", "private_key": "%s"}\
    """
        .formatted(
            kind, key.key(), Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
  }

  static KeyPair ed25519() {
    return pair("Ed25519", NamedParameterSpec.ED25519);
  }

  static KeyPair rsa() {
    return pair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
  }

  private static KeyPair pair(String algorithm, AlgorithmParameterSpec form) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(form);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  <T> T in(Transactions.Work<T> work) {
    return transactions.as(tenant.id(), work);
  }

  long count(String countQuery) {
    return in(tx -> number(tx, countQuery));
  }

  private static long number(TenantTx tx, String query) throws SQLException {
    return Objects.requireNonNull(tx.sql(query).first(row -> row.getLong(1)));
  }

  /** Rows of everything a connection is stored in. */
  long stored() {
    return count(
        """
        select (select count(*) from connection) + (select count(*) from venue_account)
          + (select count(*) from credential) + (select count(*) from key_offer)
        """);
  }

  /** The facts of the tenant's leaves of a kind, oldest first. */
  List<Map<String, String>> leaves(String kind) {
    List<Map<String, String>> facts =
        tenant.as("compliance").get("/v1/access-log?limit=1000&kind=" + kind).path("items.facts");
    return facts;
  }
}
