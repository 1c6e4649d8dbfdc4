package io.tallystick.egress;

import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Ids;
import io.tallystick.vault.CredentialContext;
import io.tallystick.vault.SealedCredential;
import io.tallystick.venue.Call;
import io.tallystick.venue.Pool;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs, and which budget pays.
 *
 * @param place venue and environment, which share bans
 * @param key names the budget's row; an account is in it only as a digest of our own ids
 */
record Charge(String place, Pool pool, String key, int weight, Priority priority) {

  static Charge of(Target target, Call call) {
    Pool pool = call.endpoint().pool();
    StringBuilder key = new StringBuilder(target.place()).append('/').append(pool.name());
    if (pool.perEndpoint()) {
      key.append(' ').append(call.endpoint());
    }
    if (pool.scope() == Pool.Scope.VENUE_ACCOUNT) {
      key.append(' ').append(account(target.credential()));
    }
    return new Charge(target.place(), pool, key.toString(), call.weight(), target.priority());
  }

  private static String account(@Nullable SealedCredential credential) {
    if (credential == null) {
      return "none";
    }
    CredentialContext context = credential.context();
    return Ids.of("acc", Digests.key63("budget", context.tenant(), context.connection()));
  }
}
