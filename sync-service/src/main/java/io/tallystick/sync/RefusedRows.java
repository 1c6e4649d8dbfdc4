package io.tallystick.sync;

import io.tallystick.connection.Link;
import io.tallystick.sync.search.Clues;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Stream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The gaps of markets that the venue refuses to speak of, most of which were never traded in, and
 * of what a firewall lets nobody ask for.
 */
final class RefusedRows {
  private RefusedRows() {}

  /** What is missing when a market is refused: all of it, until it was last listed. */
  static Gaps.Missing refused(
      Link link, Stream stream, String symbol, Catalogue.Loaded markets, Instant now) {
    return Gaps.Missing.of(link, stream, symbol, Gaps.Reason.MARKET_REFUSED)
        .between(null, markets.gone().getOrDefault(symbol, now));
  }

  /**
   * Closes the gaps of refused markets in which nothing is known to have happened: a stream of
   * traded markets was asked of them for completeness' sake alone.
   *
   * @param pointed the markets with trades or open orders
   */
  static void leave(TenantTx tx, Link link, Stream stream, Set<String> pointed, Instant now)
      throws SQLException {
    tx.sql(
            """
            update gap set closed_at = ?
            where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
              and reason = 'market-refused' and closed_at is null and partition <> all(?::text[])
            """)
        .bind(now, tx.tenant(), link.holder(), link.id(), stream.name())
        .bind((Object) pointed.toArray(String[]::new))
        .update();
  }

  /**
   * Opens and closes the gaps of refused markets by what is known now: one in which nothing can
   * have happened is no gap; one whose assets are unexplained is.
   */
  static int judge(
      TenantTx tx, Link link, Stream stream, Clues clues, Catalogue.Loaded markets, Instant now)
      throws SQLException {
    record Refused(String symbol, boolean open) {}
    List<Refused> refused =
        tx.sql(
                """
                select partition, bool_or(closed_at is null) from gap
                where tenant_id = ? and holder_id = ? and connection_id = ? and stream = ?
                  and reason = 'market-refused'
                group by 1 order by 1
                """)
            .bind(tx.tenant(), link.holder(), link.id(), stream.name())
            .list(row -> new Refused(row.getString(1), row.getBoolean(2)));
    Set<String> flowing =
        clues.flowing(refused.stream().map(market -> markets.find(market.symbol())).toList());
    int changed = 0;
    for (Refused market : refused) {
      boolean flows = flowing.contains(market.symbol());
      if (market.open() && !flows) {
        // What else is missing of the market, a page that nobody could read, was never made good.
        changed += Gaps.close(tx, link, stream, market.symbol(), Gaps.Reason.MARKET_REFUSED, now);
      } else if (!market.open() && flows) {
        changed += Gaps.open(tx, refused(link, stream, market.symbol(), markets, now), now);
      }
    }
    return changed;
  }

  /** What a firewall refuses, as far as it was not answered since; each by its {@link #name}. */
  static Set<String> walled(TenantTx tx, Link link) throws SQLException {
    return Set.copyOf(
        tx.sql(
                """
                select stream, partition from gap
                where tenant_id = ? and holder_id = ? and connection_id = ? and reason = ?
                  and closed_at is null
                """)
            .bind(tx.tenant(), link.holder(), link.id(), Gaps.Reason.FIREWALL.code())
            .list(row -> name(row.getString(1), row.getString(2))));
  }

  /** A stream and a partition of it in one text. */
  static String name(String stream, String partition) {
    return stream + "/" + partition;
  }
}
