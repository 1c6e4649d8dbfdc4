package io.tallystick.reconcile;

import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.ledger.Books;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Compares what the postings add up to with what the venue reports. Reads only; plugs nothing. */
@ApplicationScoped
public class Reconciliation {
  private static final Comparator<Line> ORDER =
      Comparator.comparing(Line::wallet).thenComparing(Line::asset);

  private final Connections connections;

  Reconciliation(Connections connections) {
    this.connections = connections;
  }

  /**
   * Every asset that was ever posted or reported, by wallet and asset. An asset that is absent from
   * a wallet's report is reported as zero; a wallet without any report is reported as unknown.
   * Empty when there is no such connection.
   */
  public List<Line> compare(TenantTx tx, long holder, long connection) throws SQLException {
    Link link = connections.find(tx, holder, connection);
    return link == null
        ? List.of()
        : sorted(BalanceRows.compare(tx, holder, connection, prefix(link)));
  }

  /**
   * What the postings up to and including an instant add up to, by wallet and asset; nothing is
   * reported of the past. Empty when there is no such connection.
   */
  public List<Line> asOf(TenantTx tx, long holder, long connection, Instant instant)
      throws SQLException {
    Link link = connections.find(tx, holder, connection);
    return link == null ? List.of() : sorted(BalanceRows.asOf(tx, holder, prefix(link), instant));
  }

  // The paths of a connection's wallets begin like this; see ledger.Account.
  private static String prefix(Link link) {
    return "venue/" + Books.accountName(link.publicId()) + "/";
  }

  // Not sorted by the database, whose order of texts depends on how it was set up.
  private static List<Line> sorted(List<Line> lines) {
    return lines.stream().sorted(ORDER).toList();
  }
}
