package io.tallystick.imports;

import io.tallystick.connection.Link;
import io.tallystick.evidence.Evidence;
import io.tallystick.evidence.Origin;
import io.tallystick.imports.ImportRows.Tally;
import io.tallystick.kernel.Digests;
import io.tallystick.ledger.Books;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Exports;
import io.tallystick.venue.Market;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first half of an import: rows are read, counted and kept as evidence, and nothing is booked.
 * The service always does both halves in one transaction; this is for measuring the first alone.
 */
final class EvidenceAlone {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Desk.At at;
  private final Evidence evidence;

  EvidenceAlone(Desk.At at, Evidence evidence) {
    this.at = at;
    this.evidence = evidence;
  }

  /** Takes a file in; returns how many rows it had. */
  long take(Path file) throws IOException {
    Link link = at.link();
    UUID table = new UUID(0, 1);
    Exports exports =
        ServiceLoader.load(Venue.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(venue -> venue.id().equals(link.venue()))
            .findFirst()
            .orElseThrow()
            .exports();
    long rows = 0;
    try (Exports.Upload upload = exports.open(file.toFile(), "trades.csv", Map.of());
        RowBlocks blocks =
            new RowBlocks(
                upload,
                new NoMarkets(),
                uid -> true,
                Instant.EPOCH,
                EnumSet.allOf(Domain.class),
                one -> new Tallies.Source("alone", 0, table),
                1);
        Ahead ahead = new Ahead(blocks, link, ImportWork.BLOCK, Long.MAX_VALUE, this::sealed)) {
      for (Ahead.Ready ready = ahead.take(); ready.block().size() > 0; ready = ahead.take()) {
        keep(link, table, ready);
        rows += ready.block().told().size();
      }
    }
    return rows;
  }

  private void keep(Link link, UUID table, Ahead.Ready ready) {
    UUID leaf = new UUID(Digests.key63("leaf", ready.hashCode()), 1);
    at.account.in(tx -> {
      Books.hold(tx, new Books.Place(link.holder(), link.id(), link.publicId(), leaf, NOW));
      count(tx, link, table, ready.groups());
      boolean split = !ready.groups().values().stream().allMatch(Group::isPlacedAsRead);
      return split || ready.sealed() == null
          ? evidence.keepFirst(tx, origin(leaf), Group.raws(0, ready.groups()))
          : evidence.keepFirst(tx, origin(leaf), ready.sealed());
    });
  }

  private Evidence.Sealed sealed(Taking.Block block, Map<UUID, Group> groups) {
    return evidence.seal(at.link().tenant(), origin(at.link().publicId()), Group.raws(0, groups));
  }

  private Origin origin(UUID leaf) {
    Link link = at.link();
    return new Origin(link.holder(), link.id(), link.publicId(), "export-alone", "", leaf, NOW);
  }

  private static void count(TenantTx tx, Link link, UUID table, Map<UUID, Group> groups)
      throws SQLException {
    Map<UUID, Integer> changes = new HashMap<>();
    groups.forEach((fact, group) -> changes.put(fact, group.rows.size()));
    Set<UUID> told = ImportRows.told(tx, link.holder(), groups.keySet());
    List<Tally> tallies = ImportRows.tallies(tx, link.holder(), told);
    tallies.forEach(tally -> groups.get(tally.fact()).before = tally.count());
    Set<UUID> before = ImportRows.own(tx, link.holder(), table, told).keySet();
    Map<UUID, Integer> counted = ImportRows.add(tx, link.holder(), table, changes, before);
    groups.forEach((fact, group) -> {
      int rows = group.rows.size();
      group.first = counted.getOrDefault(fact, rows) - rows;
    });
  }

  /** Spot exports of today tell the halves of a pair by their amounts. */
  private record NoMarkets() implements Stream.Markets {
    @Override
    public @Nullable Market find(String symbol) {
      return null;
    }

    @Override
    public boolean lists(String asset) {
      return false;
    }
  }
}
