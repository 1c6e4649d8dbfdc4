package io.tallystick.access;

import io.tallystick.access.AccessLog.Place;
import io.tallystick.access.AccessLogResource.AccessLogEntryView;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Pages of the access log, each behind the last leaf of the one before. Looking is written down in
 * the transaction that looks.
 */
@ApplicationScoped
class LeafPages {
  private final Transactions transactions;
  private final Cursors cursors;

  LeafPages(Transactions transactions, Cursors cursors) {
    this.transactions = transactions;
    this.cursors = cursors;
  }

  /** Finds leaves behind a place; null at the beginning. */
  @FunctionalInterface
  interface Search {
    List<AccessLog.Shown> behind(TenantTx tx, @Nullable Place after, int limit) throws SQLException;
  }

  /** Writes down what was looked at. */
  @FunctionalInterface
  interface Looked {
    void at(TenantTx tx, List<AccessLog.Shown> shown) throws SQLException;
  }

  /** A page of what a search finds. */
  Page<AccessLogEntryView> page(
      long tenant, Cursors.Scope scope, PageRequest paging, Search search, Looked looked) {
    int limit = paging.limit();
    List<String> at = cursors.read(scope, paging.cursor());
    Place after =
        at.isEmpty()
            ? null
            : new Place(Instant.parse(at.getFirst()), UUID.fromString(at.getLast()));
    return transactions.as(
        tenant,
        tx -> {
          List<AccessLog.Shown> found = search.behind(tx, after, limit + 1);
          looked.at(tx, found.subList(0, Math.min(limit, found.size())));
          return Page.cut(
              found,
              limit,
              AccessLogEntryView::of,
              leaf -> List.of(leaf.at().toString(), leaf.id().toString()),
              next -> cursors.write(scope, next));
        });
  }
}
