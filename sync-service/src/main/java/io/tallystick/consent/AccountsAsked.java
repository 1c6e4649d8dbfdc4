package io.tallystick.consent;

import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fired inside the transaction in which the record of a consent is written, so that who knows the
 * accounts that are read by its leave tells of them.
 */
public final class AccountsAsked {
  private final TenantTx tx;
  private final long holder;
  private final long consent;
  private final Set<Domain> domains;
  private final List<Account> told = new ArrayList<>();

  AccountsAsked(TenantTx tx, long holder, long consent, Collection<Domain> domains) {
    this.tx = tx;
    this.holder = holder;
    this.consent = consent;
    this.domains = Set.copyOf(domains);
  }

  /**
   * An account at a venue.
   *
   * @param connection the public id of the connection
   * @param digest of the account, keyed, hexadecimal; null when it was erased
   * @param streams of the venue that hold records of the kinds that the consent covers, by name
   */
  public record Account(
      String connection,
      String venue,
      String environment,
      @Nullable String digest,
      List<String> streams,
      Judged judged) {
    public Account {
      streams = List.copyOf(streams);
    }
  }

  /**
   * What was known of its key when it was judged.
   *
   * @param rights the venue's names of the rights that were on
   * @param entry the public id of the entry of the access log that tells it; null when none does
   * @param digest SHA-256 of that entry's header, hexadecimal; null like the entry
   */
  public record Judged(
      String verdict,
      List<String> rights,
      Instant at,
      @Nullable String entry,
      @Nullable String digest) {
    public Judged {
      rights = List.copyOf(rights);
    }
  }

  /** The transaction in which it is asked. */
  public TenantTx tx() {
    return tx;
  }

  /** Whose consent it is. */
  public long holder() {
    return holder;
  }

  /** The consent. */
  public long consent() {
    return consent;
  }

  /** The kinds of record that the consent covers. */
  public Set<Domain> domains() {
    return domains;
  }

  /** Tells of an account. */
  public void tell(Account account) {
    told.add(account);
  }

  /** What was told, in its order. */
  List<Account> told() {
    return List.copyOf(told);
  }
}
