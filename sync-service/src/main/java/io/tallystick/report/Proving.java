package io.tallystick.report;

import io.tallystick.access.LeafProofs;
import io.tallystick.access.proof.LeafProof;
import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.consent.ConsentProofs;
import io.tallystick.kernel.PublicIds;
import io.tallystick.report.reading.BookRows;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Gathers what shows by whose leave a report's records were read, and that the log says so. */
@ApplicationScoped
class Proving {
  // The first pages of an account hold a thousand records each; what is left out is counted.
  private static final int MOST = 5_000;

  private final Connections connections;
  private final LeafProofs leaves;
  private final ConsentProofs consents;

  Proving(Connections connections, LeafProofs leaves, ConsentProofs consents) {
    this.connections = connections;
    this.leaves = leaves;
    this.consents = consents;
  }

  /** The proofs of a report. */
  record Proofs(LeafProof.Bundle log, ConsentProofs.Signed consents) {}

  /** Steps of the consents up to the report, and the pulls that its records came with. */
  Proofs of(TenantTx tx, Reports.Made report) throws SQLException {
    long holder = report.holder();
    Instant until = report.stored().createdAt();
    Set<Long> covered = Gathering.covered(report.stored().spans());
    Set<Long> by = consents(tx, holder, covered, until);
    Set<UUID> wanted = new LinkedHashSet<>(leaves.steps(tx, holder, by, until));
    wanted.addAll(BookRows.leaves(tx, holder, covered, until));
    List<UUID> shown = new ArrayList<>(wanted);
    int leftOut = Math.max(0, shown.size() - MOST);
    return new Proofs(
        leaves.of(tx, holder, shown.subList(0, shown.size() - leftOut), leftOut),
        consents.of(tx, holder, by, until));
  }

  // A connection comes under other consents later on; under which it was by then, the log tells for
  // good. Only one that was never read has nothing there but what it is under now.
  private Set<Long> consents(TenantTx tx, long holder, Set<Long> covered, Instant until)
      throws SQLException {
    Map<Long, Set<Long>> logged = leaves.consents(tx, holder, covered, until);
    Set<Long> by = new TreeSet<>();
    for (long connection : covered) {
      Set<Long> under = logged.get(connection);
      if (under == null) {
        Link link = PublicIds.orNotFound(connections.find(tx, holder, connection));
        under = Set.of(link.consent());
      }
      by.addAll(under);
    }
    return consents.versions(tx, holder, by);
  }
}
