package io.tallystick.records;

import io.tallystick.consent.ReadPermit;
import io.tallystick.ledger.EntryKind;
import io.tallystick.venue.Domain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which consents can open which kind of entry. Each entry knows the kind of record that it was read
 * from, and is open where that one is.
 */
public final class Kinds {
  private Kinds() {}

  /** The domains whose records can become an entry of this kind. */
  static Set<Domain> domains(EntryKind kind) {
    return switch (kind) {
      case TRADE -> EnumSet.of(Domain.TRADES);
      case DEPOSIT -> EnumSet.of(Domain.DEPOSITS, Domain.FIAT, Domain.P2P, Domain.PAY);
      case WITHDRAWAL -> EnumSet.of(Domain.WITHDRAWALS, Domain.FIAT, Domain.P2P, Domain.PAY);
      // What was lent or paid back is told of the wallet that it came to: of margin, of futures, or
      // of spot, where the statement's lines are those of trades. And where a file left the wallet
      // of a movement or a conversion open, a line that knows it moves the amount there.
      case INTERNAL_TRANSFER ->
          EnumSet.of(
              Domain.TRANSFERS,
              Domain.EARN,
              Domain.MARGIN,
              Domain.FUTURES,
              Domain.TRADES,
              Domain.DEPOSITS,
              Domain.WITHDRAWALS,
              Domain.FIAT,
              Domain.P2P,
              Domain.PAY,
              Domain.CONVERTS);
      // An order or a statement tells what was traded, and not in which fills.
      case CONVERSION ->
          EnumSet.of(
              Domain.TRADES,
              Domain.CONVERTS,
              Domain.DUST,
              Domain.DIVIDENDS,
              // A coin that is staked comes back as another one.
              Domain.EARN,
              Domain.AUTO_INVEST,
              Domain.FIAT,
              Domain.P2P);
      case INCOME -> EnumSet.of(Domain.DIVIDENDS, Domain.EARN, Domain.REBATES, Domain.FUTURES);
      case FEE, UNCLASSIFIED -> EnumSet.allOf(Domain.class);
    };
  }

  /** Every domain whose records can become an entry of one of the kinds. */
  public static Set<Domain> domains(Collection<EntryKind> kinds) {
    Set<Domain> domains = EnumSet.noneOf(Domain.class);
    kinds.forEach(kind -> domains.addAll(domains(kind)));
    return domains;
  }

  /** The parts of the books that the permits open. */
  public static List<Span> spans(Collection<ReadPermit> permits) {
    List<Span> spans = new ArrayList<>();
    for (ReadPermit permit : permits) {
      permit
          .connections()
          .forEach(covered ->
              spans.add(new Span(permit.domain(), covered.connection(), covered.earliest())));
    }
    return spans;
  }
}
