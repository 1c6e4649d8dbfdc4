package io.tallystick.connection;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.connection.ConnectionViews.ConnectionView;
import io.tallystick.connection.ConnectionViews.RightsView;
import io.tallystick.consent.Holders;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows connections to those who may know of them, and says so in the access log. */
@ApplicationScoped
public class ConnectionReads {
  private static final String LIST = "GET /v1/connections";

  private final Transactions transactions;
  private final ConnectionRow.Rows rows;
  private final Cursors cursors;
  private final AccessLog log;
  private final Stops stops;
  private final KeyAdvice keys;
  private final Holders holders;

  ConnectionReads(
      Transactions transactions,
      ConnectionRow.Rows rows,
      Cursors cursors,
      AccessLog log,
      Stops stops,
      KeyAdvice keys,
      Holders holders) {
    this.transactions = transactions;
    this.rows = rows;
    this.cursors = cursors;
    this.log = log;
    this.stops = stops;
    this.keys = keys;
    this.holders = holders;
  }

  /** A page of connections, of one holder or of all; in order of holder and id. */
  Page<ConnectionView> list(Caller caller, @Nullable String holderId, PageRequest paging) {
    int limit = paging.limit();
    Long holder = holderId == null ? null : PublicIds.orNotFound(PublicIds.holder(holderId));
    Cursors.Scope scope = Cursors.Scope.of(caller.tenant(), LIST, caller.client(), holder);
    List<String> at = cursors.read(scope, paging.cursor());
    PublicIds.Keyed after =
        at.isEmpty()
            ? new PublicIds.Keyed(0, 0)
            : new PublicIds.Keyed(Long.parseLong(at.getFirst()), Long.parseLong(at.getLast()));
    return stops.seenAll(
        transactions.as(
            caller.tenant(),
            tx -> {
              if (holder != null) {
                PublicIds.orNotFound(holders.exists(tx, holder) ? holder : null);
              }
              List<ConnectionRow> found = after(tx, caller, holder, after, limit + 1);
              if (holder == null) {
                log.looked(
                    tx,
                    caller.client(),
                    LIST,
                    found.stream().limit(limit).map(row -> row.key.holder()).toList());
              } else {
                tell(tx, caller, LIST, holder, null, Math.min(limit, found.size()));
              }
              return Page.cut(
                  found,
                  limit,
                  row -> ConnectionView.of(row, caller.role(), keys.on(row)),
                  row ->
                      List.of(Long.toString(row.key.holder()), Long.toString(row.key.connection())),
                  next -> cursors.write(scope, next));
            }));
  }

  /** One connection. */
  ConnectionView show(Caller caller, String id) {
    return stops.seen(
        transactions.as(
            caller.tenant(),
            tx -> {
              ConnectionRow row = visible(tx, caller, id);
              tell(tx, caller, LIST + "/{connection}", row.key.holder(), row.key.connection(), 1);
              return ConnectionView.of(row, caller.role(), keys.on(row));
            }));
  }

  /** What is known of a connection's rights, without asking the venue. */
  RightsView rights(Caller caller, String id) {
    return transactions.as(
        caller.tenant(),
        tx -> {
          ConnectionRow row = visible(tx, caller, id);
          tell(
              tx, caller, LIST + "/{connection}/rights", row.key.holder(), row.key.connection(), 1);
          return RightsView.of(row);
        });
  }

  /**
   * The connection behind a public id, for a feature that shows something of it or acts on it.
   *
   * @throws io.tallystick.kernel.Problem not found, as well for one the caller may not know of
   */
  public Link visibleLink(TenantTx tx, Caller caller, String id) throws SQLException {
    return visible(tx, caller, id).link();
  }

  /** The connection behind a public id, for an act on it. */
  Link link(Caller caller, String id) {
    return transactions.as(caller.tenant(), tx -> visible(tx, caller, id).link());
  }

  /** A connection that was just acted on; the act has its own leaf. */
  ConnectionView after(Caller caller, Link link) {
    return stops.seen(
        transactions.as(
            caller.tenant(),
            tx -> {
              ConnectionRow row = row(tx, link.holder(), link.id());
              return ConnectionView.of(row, caller.role(), keys.on(row));
            }));
  }

  private ConnectionRow visible(TenantTx tx, Caller caller, String id) throws SQLException {
    PublicIds.Keyed key = PublicIds.orNotFound(PublicIds.connection(id));
    ConnectionRow row = row(tx, key.holder(), key.key());
    boolean open = seesAll(caller) || ConnectionStore.names(tx, caller, key.holder(), row.consent);
    return PublicIds.orNotFound(open ? row : null);
  }

  private ConnectionRow row(TenantTx tx, long holder, long connection) {
    return PublicIds.orNotFound(
        rows.findById(new ConnectionRow.Key(tx.tenant(), holder, connection)));
  }

  private List<ConnectionRow> after(
      TenantTx tx, Caller caller, @Nullable Long holder, PublicIds.Keyed after, int limit)
      throws SQLException {
    List<ConnectionRow.Key> page =
        ConnectionStore.page(tx, holder, after, seesAll(caller) ? null : caller.client(), limit);
    return rows.list("key in ?1 order by key.holder, key.connection", page);
  }

  /** Whether the role sees the whole tenant; others see what is under a consent that names them. */
  private static boolean seesAll(Caller caller) {
    return switch (caller.role()) {
      case OWNER, COMPLIANCE, OPERATOR -> true;
      case TRACKER, ACCOUNTANT -> false;
    };
  }

  private void tell(
      TenantTx tx, Caller caller, String route, long holder, @Nullable Long connection, int rows)
      throws SQLException {
    log.append(tx, Leaf.looked(holder, null, connection, caller.client(), route, rows));
  }
}
