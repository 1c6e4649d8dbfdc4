package io.tallystick.imports;

import io.tallystick.connection.AccountCheck;
import io.tallystick.connection.Link;
import io.tallystick.consent.Permits;
import io.tallystick.consent.PullDecision;
import io.tallystick.consent.PullPermit;
import io.tallystick.imports.Ahead.Ready;
import io.tallystick.imports.Batch.State;
import io.tallystick.imports.Taking.Block;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Ids;
import io.tallystick.kernel.Pace;
import io.tallystick.kernel.Problem;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Exports;
import io.tallystick.venue.Exports.Table;
import io.tallystick.venue.Market;
import io.tallystick.venue.Stream;
import io.tallystick.venue.Venue;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The work of an import: block after block, each with its place in the file in one transaction. */
@ApplicationScoped
class ImportWork {
  /** Rows of a transaction: more are hardly faster, and outlive the collector's young space. */
  static final int BLOCK = 2_000;

  private final Transactions transactions;
  private final Permits permits;
  private final AccountCheck accounts;
  private final Taking taking;
  private final Pieces pieces;
  private final Pace pace;

  ImportWork(
      Transactions transactions,
      Permits permits,
      AccountCheck accounts,
      Taking taking,
      Pieces pieces,
      Pace pace) {
    this.transactions = transactions;
    this.permits = permits;
    this.accounts = accounts;
    this.taking = taking;
    this.pieces = pieces;
    this.pace = pace;
  }

  /**
   * Goes on to the end, or until the consent no longer allows it; null when another worker was
   * faster.
   */
  @Nullable Batch through(Batch batch, Exports.Upload upload) throws IOException {
    Batch at = batch;
    RowBlocks open = blocks(batch, upload);
    if (open == null) {
      return transactions.find(batch.link().tenant(), tx -> stop(tx, batch));
    }
    try (RowBlocks blocks = open;
        Ahead ahead = new Ahead(blocks, batch.link(), BLOCK, left(batch), sealing(batch))) {
      blocks.skip(batch.position());
      while (at.isUnderWay()) {
        Batch next = step(at, ahead.take(), blocks, upload);
        if (next == null) {
          return null;
        }
        ahead.brought(next.counts().added() > at.counts().added());
        at = next;
      }
    }
    return at;
  }

  private Ahead.@Nullable Sealing sealing(Batch batch) {
    return batch.state() == State.COMMITTING
        ? (block, groups) -> taking.seal(batch, block, groups)
        : null;
  }

  // Only rows that were taken in are taken back.
  private static long left(Batch at) {
    return at.state() == State.UNDOING ? Math.max(0, at.rows() - at.position()) : Long.MAX_VALUE;
  }

  /** One transaction; null when another worker came before, and nothing was done. */
  private @Nullable Batch step(Batch at, Ready ready, RowBlocks blocks, Exports.Upload upload) {
    Block block = ready.block();
    return transactions.find(
        at.link().tenant(),
        tx -> {
          if (at.state() != State.UNDOING && !permitted(tx, at, domain(upload))) {
            return stop(tx, at);
          }
          if (at.state() == State.UNDOING && block.size() == 0 && taking.takeRest(tx, at)) {
            return at;
          }
          Batch next = block.size() == 0 ? ended(tx, at, blocks, upload) : at.further(block.size());
          if (!ImportStore.advance(tx, at, next, pace.instant())) {
            return null;
          }
          return block.size() == 0 ? next : work(tx, next, ready);
        });
  }

  private Batch ended(TenantTx tx, Batch at, RowBlocks blocks, Exports.Upload upload)
      throws SQLException {
    Batch next = at.ended();
    return at.state() == State.UNDOING
        ? next
        : next.to(
            next.state(),
            next.position(),
            next.counts(),
            Remarks.of(tx, at, upload.tables(), blocks.cut(), table -> source(at, table).export()));
  }

  private Batch work(TenantTx tx, Batch at, Ready block) throws SQLException {
    if (at.state() == State.UNDOING) {
      taking.take(tx, at, block, true);
      return at;
    }
    // Each block is tried for itself, and nothing of it stays: what rows of other blocks tell is
    // counted when the file is taken in.
    boolean trial = at.state() == State.CHECKING;
    if (trial) {
      ImportStore.mark(tx);
    }
    Taking.Taken taken = taking.take(tx, at, block, false);
    if (trial) {
      ImportStore.forget(tx);
    }
    ImportRows.note(tx, at, trial, taken.noted());
    Batch counted = at.counted(taken.counts());
    ImportStore.advance(tx, at, counted, pace.instant());
    return counted;
  }

  // What is in stays in until somebody takes it back; nothing more goes in.
  private @Nullable Batch stop(TenantTx tx, Batch at) throws SQLException {
    State stopped = at.state() == State.CHECKING ? State.REFUSED : State.STOPPED;
    Batch next =
        at.to(
            stopped,
            at.position(),
            at.counts(),
            "The connection's consent does not cover what this file holds, or has ended.");
    return ImportStore.advance(tx, at, next, pace.instant()) ? next : null;
  }

  /** Whether the consent covers this kind of record now. */
  boolean allows(Link link, Domain domain) {
    return transactions.as(
        link.tenant(), tx -> decide(tx, link, domain) instanceof PullDecision.Granted);
  }

  /**
   * Whether the consent covers a file, until the transaction ends: one that is withdrawn while the
   * file arrives has it kept before or not at all.
   */
  boolean holds(TenantTx tx, Batch batch) throws SQLException {
    Domain domain = batch.domain();
    return domain != null && permitted(tx, batch, domain);
  }

  private boolean permitted(TenantTx tx, Batch batch, Domain domain) throws SQLException {
    return decide(tx, batch.link(), domain) instanceof PullDecision.Granted(PullPermit permit)
        && permits.holds(tx, permit);
  }

  private PullDecision decide(TenantTx tx, Link link, Domain domain) throws SQLException {
    return permits.forPull(tx, link.holder(), link.consent(), domain);
  }

  static Domain domain(Exports.Upload upload) {
    return Tables.first(upload.tables()).domain();
  }

  // The consent says how far back anything of the account may be kept. Taking back needs none, and
  // reads every row that may have been taken in, however old it is by now.
  private @Nullable RowBlocks blocks(Batch batch, Exports.Upload upload) {
    record Rules(Map<String, Market> markets, Instant earliest, Set<Domain> covered) {}
    Link link = batch.link();
    Rules rules =
        transactions.find(
            link.tenant(),
            tx -> {
              Map<String, Market> markets = ImportRows.markets(tx, link);
              if (batch.state() == State.UNDOING) {
                return new Rules(markets, Instant.EPOCH, EnumSet.allOf(Domain.class));
              }
              return decide(tx, link, domain(upload)) instanceof PullDecision.Granted(var permit)
                  ? new Rules(
                      markets,
                      permit.earliest(),
                      permits.coverage(tx, link.holder(), link.consent()).domains())
                  : null;
            });
    return rules == null
        ? null
        : new RowBlocks(
            upload,
            new Listed(rules.markets()),
            uid -> accounts.isOf(link, uid),
            rules.earliest(),
            rules.covered(),
            table -> source(batch, table),
            exports(batch).dictionary());
  }

  private Tallies.Source source(Batch batch, Table table) {
    UUID id =
        Ids.timed(null, Digests.sha256(Frame.of("tallystick/table/1", batch.id(), table.index())));
    String export =
        table.part() > 0
            ? pieces.mark(batch.link().holder(), table.kind() + "/" + table.export())
            : id.toString();
    return new Tallies.Source(export, table.part(), id);
  }

  /** Every market ever listed where the connection is, by symbol. */
  private record Listed(Map<String, Market> all) implements Stream.Markets {
    @Override
    public @Nullable Market find(String symbol) {
      return all.get(symbol);
    }

    @Override
    public boolean lists(String asset) {
      return all.values().stream()
          .anyMatch(market -> market.base().equals(asset) || market.quote().equals(asset));
    }
  }

  /** The exports of the batch's venue. */
  static Exports exports(Batch batch) {
    for (Venue venue : ServiceLoader.load(Venue.class)) {
      if (venue.id().equals(batch.link().venue())) {
        return venue.exports();
      }
    }
    throw Problem.notFound();
  }
}
