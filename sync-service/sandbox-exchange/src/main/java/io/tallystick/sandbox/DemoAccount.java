package io.tallystick.sandbox;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.PlanAnswers;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.KeyGrant;

/** The account that the demo shows, with keys that everyone knows and that open nothing else. */
public final class DemoAccount {
  /** Its name. */
  public static final String NAME = "demo";

  /** A key that reads and does nothing else. */
  public static final ApiKey READ_ONLY =
      new ApiKey(
          "TallystickSandboxDemoReadOnlyKey00000000000000000000000000000000",
          "TallystickSandboxDemoReadOnlySecretNotReal0000000000000000000000");

  /** A key that may trade as well: a good client refuses it. */
  public static final ApiKey TRADING =
      new ApiKey(
          "TallystickSandboxDemoTradingKey000000000000000000000000000000000",
          "TallystickSandboxDemoTradingSecretNotReal00000000000000000000000");

  private static final long SEED = 2026;

  private DemoAccount() {}

  /** Opens it; here the venue tells of recurring buys, which it may refuse to others. */
  public static Account open(Exchange exchange) {
    Account account = open(exchange, AccountPlan.demo(NAME, SEED));
    account.planAnswers(PlanAnswers.SERVED);
    return account;
  }

  /** Opens it with another history. */
  public static Account open(Exchange exchange, AccountPlan plan) {
    Account account = exchange.addAccount(plan);
    exchange.addKey(account, KeyGrant.hmac(), READ_ONLY);
    exchange.addKey(account, KeyGrant.hmac().allowing("enableSpotAndMarginTrading"), TRADING);
    return account;
  }
}
