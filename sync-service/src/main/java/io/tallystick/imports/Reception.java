package io.tallystick.imports;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.connection.Link;
import io.tallystick.imports.Batch.Counts;
import io.tallystick.imports.Batch.State;
import io.tallystick.imports.ImportStore.Sealed;
import io.tallystick.imports.LaidFiles.Laid;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Exports;
import io.tallystick.venue.Exports.Asked;
import io.tallystick.venue.Exports.Table;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where files arrive: kept once, recognised, and asked about where only a person knows. */
@ApplicationScoped
class Reception {
  private final Transactions transactions;
  private final Imports imports;
  private final Pieces pieces;
  private final ImportWork work;
  private final Agenda agenda;
  private final AccessLog log;
  private final Pace pace;

  Reception(
      Transactions transactions,
      Imports imports,
      Pieces pieces,
      ImportWork work,
      Agenda agenda,
      AccessLog log,
      Pace pace) {
    this.transactions = transactions;
    this.imports = imports;
    this.pieces = pieces;
    this.work = work;
    this.agenda = agenda;
    this.log = log;
    this.pace = pace;
  }

  /**
   * A received file.
   *
   * @param earlier whether the same file came before: this is the batch by which it came
   * @param questions what a person must answer first
   */
  record Received(Batch batch, boolean earlier, List<Asked> questions) {
    public Received {
      questions = List.copyOf(questions);
    }
  }

  /** A batch about to be read, and what is to be asked about it. */
  private record Judged(Batch batch, List<Asked> questions) {}

  /**
   * Receives a file for a connection and says what it is; nothing is booked, and a worker begins to
   * read it through.
   *
   * @param client who brought it
   */
  Received receive(Link link, long client, File file, String name) throws IOException {
    byte[] digest = pieces.digest(link.holder(), file);
    UUID same = transactions.find(link.tenant(), tx -> ImportStore.same(tx, link, digest));
    if (same != null) {
      return new Received(imports.find(link, same), true, List.of());
    }
    Judged judged = judge(fresh(link, log.newId(), name), file, Map.of());
    Batch batch = judged.batch();
    transactions.as(
        link.tenant(),
        tx -> {
          if (batch.state() != State.REFUSED && !work.holds(tx, batch)) {
            throw uncovered();
          }
          ImportStore.insert(
              tx,
              batch,
              client,
              new ImportStore.Upload(digest, file.length()),
              sealed(tx, judged),
              pace.instant());
          if (batch.state() != State.REFUSED) {
            keep(tx, link, batch.id(), file);
          }
          log.append(tx, received(batch, client));
          agenda.add(batch);
          return batch;
        });
    agenda.look(batch);
    return new Received(batch, false, judged.questions());
  }

  private static Batch fresh(Link link, UUID id, String name) {
    return new Batch(id, link, name, Map.of(), State.ASKING, null, null, 0, 0, Counts.NONE, null);
  }

  private static Leaf received(Batch batch, long client) {
    return new Leaf(
        Leaf.Kind.PULL,
        batch.link().holder(),
        batch.link().consent(),
        batch.link().id(),
        client,
        Map.of(
            "source",
            "import",
            "batch",
            batch.id().toString(),
            "kind",
            String.valueOf(batch.kind()),
            "act",
            "received"));
  }

  private void keep(TenantTx tx, Link link, UUID id, File file) throws SQLException {
    try {
      pieces.keep(tx, link, id, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sealed sealed(TenantTx tx, Judged judged) {
    Batch batch = judged.batch();
    return new Sealed(
        pieces.describe(tx, batch.link(), batch.id(), batch.name(), batch.answers()),
        pieces.questions(tx, batch.link(), batch.id(), judged.questions()));
  }

  /** Looks at a file again with answers to its questions. */
  Received answer(Batch batch, Map<String, String> answers) throws IOException {
    if (batch.state() != State.ASKING) {
      throw new Problem(Problem.Kind.CONFLICT, "The import has no open question.")
          .with("state", batch.state().code())
          .with("remedy", batch.state().next());
    }
    Map<String, String> all = new HashMap<>(batch.answers());
    all.putAll(answers);
    Judged judged = judgeAgain(batch, all);
    for (Asked asked : judged.questions()) {
      if (answers.containsKey(asked.topic())) {
        throw Problem.invalid(
            "answers",
            "Nothing can be read by this answer to " + asked.topic() + ": " + asked.text());
      }
    }
    Batch moved =
        imports.move(
            batch, judged.batch(), (tx, to) -> ImportStore.describe(tx, to, sealed(tx, judged)));
    return new Received(moved, false, judged.questions());
  }

  private Judged judgeAgain(Batch batch, Map<String, String> answers) throws IOException {
    try (Laid laid = imports.lay(batch)) {
      return judge(batch, laid.file(), answers);
    }
  }

  // Only a file all tables of which can be read makes an import; another says why.
  private Judged judge(Batch batch, File file, Map<String, String> answers) throws IOException {
    try (Exports.Upload upload = ImportWork.exports(batch).open(file, batch.name(), answers)) {
      Exports.Refusal refusal = refusal(upload);
      if (refusal != null) {
        return new Judged(batch.to(State.REFUSED, 0, Counts.NONE, said(batch, refusal)), List.of());
      }
      List<Asked> questions = Tables.questions(upload.tables());
      Batch known = known(batch, Tables.first(upload.tables()), answers, questions.isEmpty());
      if (!work.allows(batch.link(), ImportWork.domain(upload))) {
        throw uncovered();
      }
      return new Judged(known, questions);
    }
  }

  private static Problem uncovered() {
    return new Problem(
            Problem.Kind.CONSENT_MISSING,
            "The connection's consent does not cover what this file holds.")
        .with("who_can_change_it", "holder")
        .with("remedy", "Ask the holder for a consent that covers it.");
  }

  // Who has to download another file learns how many there are.
  private static String said(Batch batch, Exports.Refusal refusal) {
    return refusal.text() + " " + ImportWork.exports(batch).advice();
  }

  private static Exports.@Nullable Refusal refusal(Exports.Upload upload) {
    return upload.refusal() != null ? upload.refusal() : Tables.refusal(upload.tables());
  }

  private Batch known(Batch batch, Table first, Map<String, String> answers, boolean clear) {
    return new Batch(
        batch.id(),
        batch.link(),
        batch.name(),
        answers,
        clear ? State.CHECKING : State.ASKING,
        first.kind(),
        first.domain(),
        0,
        0,
        Counts.NONE,
        null);
  }
}
