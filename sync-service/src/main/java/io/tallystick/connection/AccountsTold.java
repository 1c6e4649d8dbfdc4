package io.tallystick.connection;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.consent.AccountsAsked;
import io.tallystick.consent.AccountsAsked.Account;
import io.tallystick.consent.AccountsAsked.Judged;
import io.tallystick.egress.Environments;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Stream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells the record of a consent which accounts are read under it: as their keys were first judged
 * under it, or, where they came under it later and were not judged since, as they last were.
 */
@ApplicationScoped
class AccountsTold {
  private static final int MOST = 1000;
  private static final Duration AROUND = Duration.ofMinutes(1);

  private final ConnectionRow.Rows rows;
  private final AccessLog log;
  private final Environments environments;

  AccountsTold(ConnectionRow.Rows rows, AccessLog log, Environments environments) {
    this.rows = rows;
    this.log = log;
    this.environments = environments;
  }

  void onAsked(@Observes AccountsAsked asked) throws SQLException {
    TenantTx tx = asked.tx();
    Map<Long, Account> told = new TreeMap<>();
    AccessLog.Query judged =
        new AccessLog.Query(
            asked.holder(),
            null,
            asked.consent(),
            null,
            Leaf.Kind.RIGHTS_CHECKED.code(),
            null,
            null,
            null,
            null,
            MOST);
    for (AccessLog.Shown one : log.find(tx, judged)) {
      Long connection = one.connection();
      String verdict = one.facts().get("verdict");
      // A refusal at the door is no connection, and a body whose key is gone tells no verdict.
      if (connection == null || verdict == null || told.containsKey(connection)) {
        continue;
      }
      ConnectionRow row =
          rows.findById(new ConnectionRow.Key(tx.tenant(), asked.holder(), connection));
      if (row != null) {
        told.put(connection, account(asked, row, judged(tx, one, verdict)));
      }
    }
    for (ConnectionRow row : under(tx, asked)) {
      if (!told.containsKey(row.key.connection())) {
        told.put(row.key.connection(), account(asked, row, last(tx, row)));
      }
    }
    told.values().forEach(asked::tell);
  }

  // The entry of a judgement is written within it, so a minute around it finds no other.
  private Judged last(TenantTx tx, ConnectionRow row) throws SQLException {
    AccessLog.Query since =
        new AccessLog.Query(
            row.key.holder(),
            null,
            null,
            row.key.connection(),
            Leaf.Kind.RIGHTS_CHECKED.code(),
            null,
            row.rightsCheckedAt.minus(AROUND),
            null,
            null,
            MOST);
    for (AccessLog.Shown one : log.find(tx, since).reversed()) {
      if (row.rightsVerdict.equals(one.facts().get("verdict"))) {
        return judged(tx, one, row.rightsVerdict);
      }
    }
    return new Judged(row.rightsVerdict, List.of(row.rights), row.rightsCheckedAt, null, null);
  }

  private List<ConnectionRow> under(TenantTx tx, AccountsAsked asked) {
    return rows.list(
        "key.tenant = ?1 and key.holder = ?2 and consent = ?3 order by key.connection",
        tx.tenant(),
        asked.holder(),
        asked.consent());
  }

  private Judged judged(TenantTx tx, AccessLog.Shown one, String verdict) throws SQLException {
    String rights = one.facts().getOrDefault("rights", "");
    return new Judged(
        verdict,
        rights.isEmpty() ? List.of() : List.of(rights.split(",", -1)),
        one.at(),
        PublicIds.leaf(one.holder(), one.id()),
        log.digest(tx, one.holder(), one.id()));
  }

  private Account account(AccountsAsked asked, ConnectionRow row, Judged judged)
      throws SQLException {
    return new Account(
        PublicIds.connection(row.key.holder(), row.key.connection()),
        row.venue,
        row.environment,
        ConnectionStore.account(asked.tx(), row.key),
        streams(row.venue, asked),
        judged);
  }

  private List<String> streams(String venue, AccountsAsked asked) {
    return environments.venue(venue).stream()
        .flatMap(one -> one.streams().stream())
        .filter(stream -> asked.domains().contains(stream.domain()))
        .map(Stream::name)
        .sorted()
        .toList();
  }
}
