package io.tallystick.imports;

import io.tallystick.connection.Connections;
import io.tallystick.connection.Link;
import io.tallystick.imports.Batch.Counts;
import io.tallystick.imports.Batch.State;
import io.tallystick.imports.ImportStore.Stored;
import io.tallystick.imports.LaidFiles.Laid;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Exports;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Imports of export files: a file is received and read through first, so that a person sees what it
 * would change; then it is taken in by blocks of rows, each with its place in the file in one
 * transaction, so that whoever goes on after a crash goes on there.
 */
@ApplicationScoped
public class Imports {
  private final Transactions transactions;
  private final Connections connections;
  private final Pieces pieces;
  private final ImportWork work;
  private final Agenda agenda;
  private final Pace pace;

  Imports(
      Transactions transactions,
      Connections connections,
      Pieces pieces,
      ImportWork work,
      Agenda agenda,
      Pace pace) {
    this.transactions = transactions;
    this.connections = connections;
    this.pieces = pieces;
    this.work = work;
    this.agenda = agenda;
    this.pace = pace;
  }

  /** Goes on with a batch until it is through; any number of workers may try. */
  public Batch work(Batch batch) throws IOException {
    if (!batch.isUnderWay()) {
      return batch;
    }
    try (Laid laid = lay(batch);
        Exports.Upload upload =
            ImportWork.exports(batch).open(laid.file(), batch.name(), batch.answers())) {
      Batch at = work.through(batch, upload);
      return at == null ? find(batch.link(), batch.id()) : at;
    }
  }

  /** Begins, or goes on, to take a checked file in; a worker does it. */
  public Batch commit(Batch batch) {
    return switch (batch.state()) {
      case CHECKED -> move(batch, batch.to(State.COMMITTING, 0, Counts.NONE, null));
      case STOPPED ->
          move(batch, batch.to(State.COMMITTING, batch.position(), batch.counts(), null));
      // Asked twice, done once; a worker that died is replaced.
      case COMMITTING -> move(batch, batch);
      case ASKING, CHECKING, COMMITTED, UNDOING, UNDONE, REFUSED ->
          throw new Problem(
                  Problem.Kind.CONFLICT, "Only an import that was checked can be committed.")
              .with("state", batch.state().code())
              .with("remedy", batch.state().next());
    };
  }

  /** Begins to take a file back; a worker does it. What was never taken in is dropped at once. */
  public Batch undo(Batch batch) {
    return switch (batch.state()) {
      case COMMITTED, STOPPED -> move(batch, batch.back());
      case UNDOING -> move(batch, batch);
      case ASKING, CHECKED, REFUSED -> move(batch, batch.to(State.UNDONE, 0, batch.counts(), null));
      case CHECKING -> stopReading(batch);
      case UNDONE -> batch;
      case COMMITTING ->
          throw new Problem(Problem.Kind.CONFLICT, "Wait until the import is through.")
              .with("state", batch.state().code())
              .with("remedy", batch.state().next());
    };
  }

  // Nothing of it is in. A worker may still be at it: he finds it gone after his block, and if he
  // moved it meanwhile, it is tried again.
  private Batch stopReading(Batch batch) {
    Batch at = batch;
    while (at.state() == State.CHECKING) {
      at = move(at, at.to(State.UNDONE, 0, at.counts(), null));
    }
    return undo(at);
  }

  /** A batch as it is now; a problem when there is none. */
  public Batch find(Link link, UUID id) {
    return transactions.as(link.tenant(), tx -> find(tx, link, id));
  }

  /** A batch as it is now; a problem when there is none. */
  Batch find(TenantTx tx, Link link, UUID id) throws SQLException {
    Stored row = ImportStore.find(tx, link.holder(), id);
    boolean its = row != null && row.connection() == link.id();
    return batch(tx, link, PublicIds.orNotFound(its ? row : null));
  }

  /** Does whatever is to be done for a batch; for workers, who know ids only. */
  void run(long tenant, long holder, UUID id) throws IOException {
    Batch found =
        transactions.find(
            tenant,
            tx -> {
              Stored row = ImportStore.find(tx, holder, id);
              Link link = row == null ? null : connections.find(tx, holder, row.connection());
              return row == null || link == null ? null : batch(tx, link, row);
            });
    if (found != null) {
      work(found);
    }
  }

  private Batch batch(TenantTx tx, Link link, Stored row) {
    List<String> described = pieces.described(tx, link, row.id(), row.described());
    return new Batch(
        row.id(),
        link,
        described.getFirst(),
        Pieces.answers(described),
        row.state(),
        row.kind(),
        row.domain(),
        row.position(),
        row.rows(),
        row.counts(),
        row.detail());
  }

  Laid lay(Batch batch) {
    return transactions.as(
        batch.link().tenant(),
        tx -> {
          try {
            return pieces.lay(tx, batch.link(), batch.id());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Batch move(Batch from, Batch to) {
    return move(from, to, (tx, moved) -> {});
  }

  /** What else a move writes, in its transaction. */
  @FunctionalInterface
  interface Also {
    void write(TenantTx tx, Batch moved) throws SQLException;
  }

  /** Moves a batch on, unless somebody else did meanwhile; answers with what it is then. */
  Batch move(Batch from, Batch to, Also also) {
    boolean moved =
        transactions.as(
            to.link().tenant(),
            tx -> {
              boolean first = ImportStore.advance(tx, from, to, pace.instant());
              if (first) {
                also.write(tx, to);
                agenda.add(to);
              }
              return first;
            });
    if (moved) {
      agenda.look(to);
    }
    return find(to.link(), to.id());
  }
}
