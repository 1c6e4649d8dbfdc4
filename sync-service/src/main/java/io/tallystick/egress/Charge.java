package io.tallystick.egress;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Ids;
import io.tallystick.vault.CredentialContext;
import io.tallystick.vault.SealedCredential;
import io.tallystick.venue.Call;
import io.tallystick.venue.Pool;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs, which budget pays, and for whom.
 *
 * @param place venue and environment, which share bans
 * @param key names the budget's row; an account is in it only as a digest of our own ids
 * @param payer on whose behalf: connections take turns
 */
record Charge(String place, Pool pool, String key, String payer, int weight, Priority priority) {

  static Charge of(Target target, Call call) {
    Pool pool = call.endpoint().pool();
    String payer = account(target.credential());
    StringBuilder key = new StringBuilder(target.place()).append('/').append(pool.name());
    if (pool.perEndpoint()) {
      key.append(' ').append(call.endpoint());
    }
    if (pool.scope() == Pool.Scope.VENUE_ACCOUNT) {
      key.append(' ').append(payer);
    }
    return new Charge(
        target.place(), pool, key.toString(), payer, call.weight(), target.priority());
  }

  /** Whether nobody but the payer draws on the pool: who waits for it waits for himself. */
  boolean alone() {
    return pool.perEndpoint() && pool.scope() == Pool.Scope.VENUE_ACCOUNT;
  }

  /** Start of the venue's calendar window at this instant. */
  Instant window(Instant now) {
    long length = pool.window().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), length) * length);
  }

  /**
   * The address that the row is kept under; accounts are counted wherever their calls come from.
   */
  String address(String ours) {
    return switch (pool.scope()) {
      case EGRESS_ADDRESS -> ours;
      case VENUE_ACCOUNT -> "any";
    };
  }

  /** The row that pays, and the gate before it. */
  BudgetRows.Key row(String ours) {
    return new BudgetRows.Key(address(ours), key, ours, place);
  }

  private static String account(@Nullable SealedCredential credential) {
    if (credential == null) {
      return "none";
    }
    CredentialContext context = credential.context();
    return Ids.of("acc", Digests.key63("budget", context.tenant(), context.connection()));
  }
}
