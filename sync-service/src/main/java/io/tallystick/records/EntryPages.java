package io.tallystick.records;

import io.tallystick.consent.ReadPermit;
import io.tallystick.consent.Reads;
import io.tallystick.ledger.EntryKind;
import io.tallystick.records.EntryRows.Position;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import io.tallystick.web.Cursors;
import io.tallystick.web.Page;
import io.tallystick.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Pages entries for the lists made of them: trades, transfers, and entries themselves. */
@ApplicationScoped
class EntryPages {
  private final Reads reads;
  private final Cursors cursors;
  private final CurrentCaller current;

  EntryPages(Reads reads, Cursors cursors, CurrentCaller current) {
    this.reads = reads;
    this.cursors = cursors;
    this.current = current;
  }

  /**
   * What is asked for.
   *
   * @param kinds those of them that the consents open are listed
   * @param domains only what was read from these kinds of record
   */
  record Ask(
      String route,
      Collection<EntryKind> kinds,
      Collection<Domain> domains,
      Whose whose,
      EntryFilter filter,
      PageRequest page) {

    /** Whatever the kinds were read from. */
    Ask(
        String route,
        Collection<EntryKind> kinds,
        Whose whose,
        EntryFilter filter,
        PageRequest page) {
      this(route, kinds, Kinds.domains(kinds), whose, filter, page);
    }
  }

  /** Makes what is shown of rows; may leave rows out or make several of one. */
  @FunctionalInterface
  interface Viewer<T> {
    /** The items of these rows, in their order. */
    List<T> view(TenantTx tx, long holder, List<EntryRow> rows) throws SQLException;
  }

  /** A page, the newest first; logged as a read. */
  <T> Page<T> page(Ask ask, Viewer<T> viewer) {
    Caller caller = current.get();
    Whose whose = ask.whose();
    EntryFilter filter = ask.filter();
    int limit = ask.page().limit();
    Cursors.Scope scope =
        Cursors.Scope.of(
            caller.tenant(),
            ask.route(),
            whose.holder,
            whose.connection,
            ask.kinds().stream().map(EntryKind::code).collect(Collectors.joining(" ")),
            filter.symbol(),
            filter.asset(),
            filter.from(),
            filter.to());
    Position after = Position.of(cursors.read(scope, ask.page().cursor()));
    return reads.read(
        caller,
        ask.route(),
        whose.holderId(),
        whose.connection,
        Set.copyOf(ask.domains()),
        (tx, permits) -> {
          long holder = holderOf(permits);
          EntryRows.Open open = new EntryRows.Open(ask.kinds(), Kinds.spans(permits));
          List<EntryRow> rows = EntryRows.page(tx, holder, open, filter, after, limit + 1);
          boolean more = rows.size() > limit;
          List<EntryRow> kept = more ? rows.subList(0, limit) : rows;
          String next = null;
          if (more) {
            EntryRow last = kept.getLast();
            next = cursors.write(scope, new Position(last.occurredAt(), last.id()).texts());
          }
          return new Reads.Served<>(new Page<>(viewer.view(tx, holder, kept), next), kept.size());
        });
  }

  private static long holderOf(Collection<ReadPermit> permits) {
    return permits.iterator().next().holder();
  }
}
