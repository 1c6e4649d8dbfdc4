package io.tallystick.imports;

import io.tallystick.connection.AccountCheck;
import io.tallystick.connection.Link;
import io.tallystick.consent.Permits;
import io.tallystick.consent.PullDecision;
import io.tallystick.consent.PullPermit;
import io.tallystick.imports.Batch.Counts;
import io.tallystick.imports.Batch.State;
import io.tallystick.imports.Taking.Block;
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
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The work of an import: block after block, each with its place in the file in one transaction. */
@ApplicationScoped
class ImportWork {
  /** Rows of a transaction: more of them are hardly faster. */
  private static final int BLOCK = 5_000;

  private final Transactions transactions;
  private final Permits permits;
  private final AccountCheck accounts;
  private final Taking taking;
  private final Pace pace;

  ImportWork(
      Transactions transactions, Permits permits, AccountCheck accounts, Taking taking, Pace pace) {
    this.transactions = transactions;
    this.permits = permits;
    this.accounts = accounts;
    this.taking = taking;
    this.pace = pace;
  }

  /** What all rows would do, each block done and undone again; only words about rows stay. */
  Counts trial(Batch batch, Exports.Upload upload) throws IOException {
    Counts counts = Counts.NONE;
    try (RowBlocks blocks = blocks(batch, upload)) {
      for (Block block = blocks.next(BLOCK); block.size() > 0; block = blocks.next(BLOCK)) {
        counts = counts.plus(trial(batch, block));
      }
    }
    return counts;
  }

  private Counts trial(Batch batch, Block block) {
    return transactions.as(
        batch.link().tenant(),
        tx -> {
          ImportStore.mark(tx);
          Taking.Taken taken = taking.take(tx, batch, block, false);
          ImportStore.forget(tx);
          ImportStore.note(tx, batch, taken.noted());
          return taken.counts();
        });
  }

  /** Goes on to the end; null when another worker was faster. */
  @Nullable Batch through(Batch batch, Exports.Upload upload) throws IOException {
    boolean back = batch.state() == State.UNDOING;
    Batch at = batch;
    try (RowBlocks blocks = blocks(batch, upload)) {
      blocks.skip(batch.position());
      for (Block block = blocks.next(BLOCK); at.isUnderWay(); block = blocks.next(BLOCK)) {
        Batch next = step(at, block, domain(upload), back);
        if (next == null) {
          return null;
        }
        at = next;
      }
    }
    return at;
  }

  /** One transaction; null when another worker came before, and nothing was done. */
  private @Nullable Batch step(Batch at, Block block, Domain domain, boolean back) {
    return transactions.find(
        at.link().tenant(),
        tx -> {
          if (!back && !permitted(tx, at, domain)) {
            throw new Problem(
                Problem.Kind.CONSENT_MISSING, "The consent ended; undo the import, or renew it.");
          }
          boolean ended = block.size() == 0;
          State end = back ? State.UNDONE : State.COMMITTED;
          long position = at.position() + block.size();
          Batch claimed = at.to(ended ? end : at.state(), position, at.counts(), at.detail());
          if (!ImportStore.advance(tx, at, claimed, pace.instant())) {
            return null;
          }
          if (ended) {
            return claimed;
          }
          Taking.Taken taken = taking.take(tx, at, block, back);
          if (back) {
            return claimed;
          }
          ImportStore.note(tx, at, taken.noted());
          Batch done =
              claimed.to(claimed.state(), position, at.counts().plus(taken.counts()), null);
          ImportStore.advance(tx, claimed, done, pace.instant());
          return done;
        });
  }

  private boolean permitted(TenantTx tx, Batch batch, Domain domain) throws SQLException {
    return decide(tx, batch.link(), domain) instanceof PullDecision.Granted(PullPermit permit)
        && permits.holds(tx, permit);
  }

  private PullDecision decide(TenantTx tx, Link link, Domain domain) throws SQLException {
    return permits.forPull(tx, link.holder(), link.consent(), domain);
  }

  private static Domain domain(Exports.Upload upload) {
    return upload.tables().stream().map(Table::domain).findFirst().orElse(Domain.TRADES);
  }

  // The consent says how far back anything of the account may be kept.
  private RowBlocks blocks(Batch batch, Exports.Upload upload) {
    record Rules(Map<String, Market> markets, Instant earliest) {}
    Link link = batch.link();
    Rules rules =
        transactions.as(
            link.tenant(),
            tx ->
                switch (decide(tx, link, domain(upload))) {
                  case PullDecision.Granted(PullPermit permit) ->
                      new Rules(ImportStore.markets(tx, link), permit.earliest());
                  case PullDecision.Refused _ -> {
                    if (batch.state() == State.UNDOING) {
                      yield new Rules(ImportStore.markets(tx, link), Instant.EPOCH);
                    }
                    throw new Problem(
                        Problem.Kind.CONSENT_MISSING,
                        "The connection's consent does not cover what this file holds.");
                  }
                });
    // Taking back reads every row that may have been taken in, however old it is by now.
    Instant earliest = batch.state() == State.UNDOING ? Instant.EPOCH : rules.earliest();
    return new RowBlocks(
        upload, new Listed(rules.markets()), uid -> accounts.isOf(link, uid), earliest);
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
