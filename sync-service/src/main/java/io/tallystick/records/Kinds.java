package io.tallystick.records;

import io.tallystick.consent.ReadPermit;
import io.tallystick.ledger.EntryKind;
import io.tallystick.venue.Domain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which consent opens which kind of entry. A kind that several domains can give rise to is open
 * only where all of them are: an entry does not say which one it came from, and when in doubt
 * nothing is shown.
 */
public final class Kinds {
  private Kinds() {}

  /** The domains that must all be covered. */
  public static Set<Domain> domains(EntryKind kind) {
    return switch (kind) {
      case TRADE -> EnumSet.of(Domain.TRADES);
      case DEPOSIT -> EnumSet.of(Domain.DEPOSITS);
      case WITHDRAWAL -> EnumSet.of(Domain.WITHDRAWALS);
      case INTERNAL_TRANSFER -> EnumSet.of(Domain.TRANSFERS);
      case CONVERSION -> EnumSet.of(Domain.CONVERTS, Domain.DUST, Domain.AUTO_INVEST);
      case INCOME -> EnumSet.of(Domain.DIVIDENDS, Domain.EARN, Domain.REBATES);
      case FEE, UNCLASSIFIED -> EnumSet.allOf(Domain.class);
    };
  }

  /** Every domain that one of the kinds needs. */
  public static Set<Domain> domains(Collection<EntryKind> kinds) {
    Set<Domain> domains = EnumSet.noneOf(Domain.class);
    kinds.forEach(kind -> domains.addAll(domains(kind)));
    return domains;
  }

  /**
   * The parts of the books that the permits open together: a connection is open for a kind from the
   * latest of the instants that its domains are open from.
   */
  public static List<Span> spans(Collection<EntryKind> kinds, Collection<ReadPermit> permits) {
    Map<Domain, Map<Long, Instant>> open = new EnumMap<>(Domain.class);
    for (ReadPermit permit : permits) {
      Map<Long, Instant> connections = open.computeIfAbsent(permit.domain(), _ -> new HashMap<>());
      permit
          .connections()
          .forEach(covered -> connections.put(covered.connection(), covered.earliest()));
    }
    List<Span> spans = new ArrayList<>();
    for (EntryKind kind : kinds) {
      Map<Long, Instant> together = null;
      for (Domain domain : domains(kind)) {
        Map<Long, Instant> alone = open.getOrDefault(domain, Map.of());
        together = together == null ? new HashMap<>(alone) : both(together, alone);
      }
      if (together != null) {
        together.forEach((connection, since) -> spans.add(new Span(kind, connection, since)));
      }
    }
    return spans;
  }

  private static Map<Long, Instant> both(Map<Long, Instant> first, Map<Long, Instant> second) {
    Map<Long, Instant> both = new HashMap<>();
    first.forEach((connection, since) -> {
      Instant other = second.get(connection);
      if (other != null) {
        both.put(connection, since.isAfter(other) ? since : other);
      }
    });
    return both;
  }
}
