package io.tallystick.report;

import io.tallystick.consent.Reads;
import io.tallystick.ledger.EntryKind;
import io.tallystick.records.Kinds;
import io.tallystick.tenancy.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * The one door of this package to a holder's books: for clients whose purpose they serve, as far as
 * consents open them, with a leaf of the access log for each use.
 */
@ApplicationScoped
class OpenBooks {
  private static final List<EntryKind> KINDS = List.of(EntryKind.values());

  // A million trades take half a minute alone, and nobody knows what else the machine does.
  private static final Duration MOST = Duration.ofMinutes(10);

  private final Reads reads;

  OpenBooks(Reads reads) {
    this.reads = reads;
  }

  /** Works on all of a holder's books that is open to the caller; refused when nothing is. */
  <T> T of(Caller caller, String route, String holder, Reads.WideWork<T> work) {
    Orders.purpose(caller);
    return reads.read(caller, route, holder, Kinds.domains(KINDS), MOST, work);
  }
}
