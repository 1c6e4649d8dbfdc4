package io.tallystick.imports;

import io.tallystick.access.AccessLog;
import io.tallystick.connection.Link;
import io.tallystick.imports.Batch.Counts;
import io.tallystick.imports.Batch.State;
import io.tallystick.imports.ImportStore.Stored;
import io.tallystick.imports.Pieces.Laid;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.vault.Seals;
import io.tallystick.venue.Exports;
import io.tallystick.venue.Exports.Asked;
import io.tallystick.venue.Exports.Table;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Imports of export files: a file is received and read through first, so that a person sees what it
 * would change; then it is taken in by blocks of rows, each with its place in the file in one
 * transaction, so that whoever goes on after a crash goes on there.
 */
@ApplicationScoped
public class Imports {
  private final Transactions transactions;
  private final Pieces pieces;
  private final ImportWork work;
  private final AccessLog log;
  private final Pace pace;

  Imports(Transactions transactions, Pieces pieces, ImportWork work, AccessLog log, Pace pace) {
    this.transactions = transactions;
    this.pieces = pieces;
    this.work = work;
    this.log = log;
    this.pace = pace;
  }

  /**
   * A received file.
   *
   * @param earlier the batch by which the same file came before; nothing was received then
   * @param questions what a person must answer first
   */
  public record Received(Batch batch, boolean earlier, List<Asked> questions) {
    public Received {
      questions = List.copyOf(questions);
    }
  }

  /**
   * Receives a file for a connection and reads it through; nothing is booked.
   *
   * @param client who brought it
   */
  public Received receive(Link link, @Nullable Long client, File file, String name)
      throws IOException {
    byte[] digest = pieces.digest(link.holder(), file);
    UUID id = log.newId();
    record Start(UUID batch, boolean earlier) {}
    Start start =
        transactions.as(
            link.tenant(),
            tx -> {
              UUID same = ImportStore.same(tx, link, digest);
              if (same != null) {
                return new Start(same, true);
              }
              byte[] described = pieces.describe(tx, link, id, name, Map.of());
              ImportStore.insert(
                  tx,
                  link,
                  id,
                  client,
                  new ImportStore.Described(Seals.FORMAT, described, digest, file.length()),
                  pace.instant());
              keep(tx, link, id, file);
              return new Start(id, false);
            });
    Batch batch = find(link, start.batch());
    return start.earlier() ? new Received(batch, true, List.of()) : check(batch, file, Map.of());
  }

  private void keep(TenantTx tx, Link link, UUID id, File file) throws SQLException {
    try {
      pieces.keep(tx, link, id, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file through again with answers to its questions. */
  public Received answer(Batch batch, Map<String, String> answers) throws IOException {
    if (batch.state() != State.ASKING) {
      throw new Problem(Problem.Kind.CONFLICT, "The import has no open question.");
    }
    try (Laid laid = lay(batch)) {
      return check(batch, laid.file(), answers);
    }
  }

  private Received check(Batch batch, File file, Map<String, String> answers) throws IOException {
    try (Exports.Upload upload = ImportWork.exports(batch).open(file, batch.name(), answers)) {
      List<Asked> questions =
          upload.tables().stream().flatMap(table -> table.questions().stream()).toList();
      Exports.Refusal refusal = refusal(upload);
      if (refusal != null) {
        return new Received(
            move(batch, batch.to(State.REFUSED, 0, batch.counts(), refusal.text())),
            false,
            List.of());
      }
      if (!questions.isEmpty()) {
        return new Received(batch, false, questions);
      }
      Table first = upload.tables().getFirst();
      Batch known = known(batch, first, answers);
      describe(known);
      Counts counts = work.trial(known, upload);
      Batch checked = known.to(State.CHECKED, 0, counts, null);
      return new Received(move(batch, checked), false, List.of());
    }
  }

  // Only what a table of it can be read makes an import; one that cannot says why.
  private static Exports.@Nullable Refusal refusal(Exports.Upload upload) {
    if (upload.refusal() != null) {
      return upload.refusal();
    }
    return upload.tables().stream()
        .map(Table::refusal)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Batch known(Batch batch, Table first, Map<String, String> answers) {
    String mark = pieces.mark(batch.link().holder(), first.kind() + "/" + first.export());
    return new Batch(
        batch.id(),
        batch.link(),
        batch.name(),
        answers,
        batch.state(),
        first.kind(),
        first.part() > 0 ? mark : null,
        first.part(),
        0,
        Counts.NONE,
        null);
  }

  private void describe(Batch batch) {
    transactions.as(
        batch.link().tenant(),
        tx ->
            ImportStore.describe(
                tx,
                batch,
                pieces.describe(tx, batch.link(), batch.id(), batch.name(), batch.answers())));
  }

  /** Goes on with a batch until it is taken in or back; any number of workers may try. */
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

  /** Begins to take a checked file in; {@link #work} does it. */
  public Batch commit(Batch batch) {
    if (batch.state() != State.CHECKED) {
      throw new Problem(Problem.Kind.CONFLICT, "Only an import that was checked can be committed.")
          .with("state", batch.state().code());
    }
    return move(batch, batch.to(State.COMMITTING, 0, Counts.NONE, null));
  }

  /** Begins to take a file back; {@link #work} does it. */
  public Batch undo(Batch batch) {
    if (batch.state() != State.COMMITTED) {
      throw new Problem(Problem.Kind.CONFLICT, "Only an import that was committed can be undone.")
          .with("state", batch.state().code());
    }
    return move(batch, batch.to(State.UNDOING, 0, batch.counts(), null));
  }

  /** A batch as it is now. */
  public Batch find(Link link, UUID id) {
    Batch found =
        transactions.find(
            link.tenant(),
            tx -> {
              Stored row = ImportStore.find(tx, link.holder(), id);
              return row == null ? null : batch(tx, link, row);
            });
    if (found == null) {
      throw Problem.notFound();
    }
    return found;
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
        row.export(),
        row.part(),
        row.position(),
        row.counts(),
        row.detail());
  }

  private Laid lay(Batch batch) {
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
    transactions.as(to.link().tenant(), tx -> ImportStore.advance(tx, from, to, pace.instant()));
    return find(to.link(), to.id());
  }
}
