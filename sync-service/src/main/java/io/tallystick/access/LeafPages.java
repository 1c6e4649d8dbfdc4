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
  private final AccessLog log;
  private final Cursors cursors;

  LeafPages(Transactions transactions, AccessLog log, Cursors cursors) {
    this.transactions = transactions;
    this.log = log;
    this.cursors = cursors;
  }

  /** Finds leaves behind a place; null at the beginning. */
  @FunctionalInterface
  interface Search {
    List<AccessLog.Shown> behind(TenantTx tx, @Nullable Place after, int limit) throws SQLException;
  }

  /** Says what was looked at, by how many rows were shown. */
  @FunctionalInterface
  interface Looked {
    Leaf at(int rows);
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
          Page<AccessLogEntryView> page =
              Page.cut(
                  search.behind(tx, after, limit + 1),
                  limit,
                  AccessLogEntryView::of,
                  leaf -> List.of(leaf.at().toString(), leaf.id().toString()),
                  next -> cursors.write(scope, next));
          log.append(tx, looked.at(page.items().size()));
          return page;
        });
  }
}
