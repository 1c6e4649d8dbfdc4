package io.tallystick.report.reading;

import io.tallystick.ledger.EntryKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A settled entry of the books as a report reads it.
 *
 * @param id the entry's public id
 * @param connection the connection's public id, which is the wallet that a report knows
 * @param market the venue's name of a trade's market; null for other kinds
 * @param side {@code buy} or {@code sell} for a trade; null for other kinds
 * @param txid the chain's id of a transfer, lower case; null when it is not known
 * @param evidence the public id of the record that this revision was read from
 */
public record BookEntry(
    String id,
    int revision,
    EntryKind kind,
    Instant at,
    String connection,
    @Nullable String market,
    @Nullable String side,
    @Nullable String txid,
    String evidence,
    List<Flow> flows) {

  public BookEntry {
    flows = List.copyOf(flows);
  }

  /** The same with other postings. */
  BookEntry with(List<Flow> others) {
    return new BookEntry(id, revision, kind, at, connection, market, side, txid, evidence, others);
  }

  /** A posting: a positive amount from one account path to another. */
  public record Flow(String from, String to, String asset, BigDecimal amount) {
    private static final String VENUE = "venue/";

    /** Whether it came into one of the owner's wallets from somewhere else. */
    public boolean into() {
      return to.startsWith(VENUE) && !from.startsWith(VENUE);
    }

    /** Whether it left the owner's wallets. */
    public boolean out() {
      return from.startsWith(VENUE) && !to.startsWith(VENUE);
    }
  }
}
