package io.tallystick.connection;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.connection.ConnectionViews.ConnectionView;
import io.tallystick.connection.ConnectionViews.RightsView;
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
import java.util.Map;
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

  ConnectionReads(
      Transactions transactions,
      ConnectionRow.Rows rows,
      Cursors cursors,
      AccessLog log,
      Stops stops) {
    this.transactions = transactions;
    this.rows = rows;
    this.cursors = cursors;
    this.log = log;
    this.stops = stops;
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
              Page<ConnectionView> page =
                  Page.cut(
                      after(tx, caller, holder, after, limit + 1),
                      limit,
                      row -> ConnectionView.of(row, caller.role()),
                      row ->
                          List.of(
                              Long.toString(row.key.holder()), Long.toString(row.key.connection())),
                      next -> cursors.write(scope, next));
              tell(tx, caller, LIST, holder == null ? 0 : holder, null, page.items().size());
              return page;
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
              return ConnectionView.of(row, caller.role());
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

  /**
   * Says in the access log that a caller was shown something of a connection.
   *
   * @param route method and path template of what was asked
   * @param rows how many rows went out
   */
  public void tell(TenantTx tx, Caller caller, String route, Link link, int rows)
      throws SQLException {
    tell(tx, caller, route, link.holder(), link.id(), rows);
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
            tx -> ConnectionView.of(row(tx, link.holder(), link.id()), caller.role())));
  }

  private ConnectionRow visible(TenantTx tx, Caller caller, String id) throws SQLException {
    PublicIds.Keyed key = PublicIds.orNotFound(PublicIds.connection(id));
    ConnectionRow row = row(tx, key.holder(), key.key());
    Long[] named = naming(tx, caller);
    boolean open = named == null || List.of(named).contains(row.consent);
    return PublicIds.orNotFound(open ? row : null);
  }

  private ConnectionRow row(TenantTx tx, long holder, long connection) {
    return PublicIds.orNotFound(
        rows.findById(new ConnectionRow.Key(tx.tenant(), holder, connection)));
  }

  private List<ConnectionRow> after(
      TenantTx tx, Caller caller, @Nullable Long holder, PublicIds.Keyed after, int limit)
      throws SQLException {
    Long[] named = naming(tx, caller);
    return rows.find(
            """
            key.tenant = ?1 and (?2 is null or key.holder = ?2)
            and (key.holder > ?3 or (key.holder = ?3 and key.connection > ?4))
            and (?5 = true or consent in ?6)
            order by key.holder, key.connection
            """,
            tx.tenant(),
            holder,
            after.holder(),
            after.key(),
            named == null,
            named == null ? List.of(0L) : List.of(named))
        .page(0, limit)
        .list();
  }

  /** The consents that name the client; null for roles that see the whole tenant. */
  private static Long @Nullable [] naming(TenantTx tx, Caller caller) throws SQLException {
    return switch (caller.role()) {
      case OWNER, COMPLIANCE, OPERATOR -> null;
      case TRACKER, ACCOUNTANT ->
          tx.sql("select consent_id from consent where tenant_id = ? and ? = any (recipients)")
              .bind(tx.tenant(), caller.client())
              .list(row -> row.getLong("consent_id"))
              .toArray(Long[]::new);
    };
  }

  private void tell(
      TenantTx tx, Caller caller, String route, long holder, @Nullable Long connection, int rows)
      throws SQLException {
    log.append(
        tx,
        new Leaf(
            Leaf.Kind.READ,
            holder,
            null,
            connection,
            caller.client(),
            Map.of("route", route, "rows", Integer.toString(rows))));
  }
}
