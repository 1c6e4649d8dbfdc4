package io.tallystick.records;

import io.tallystick.kernel.PublicIds;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryState;
import io.tallystick.records.PostingRows.PostingRow;
import io.tallystick.tenancy.TenantTx;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Entries as they are shown: whole, by revision, and as lines of a table. */
public final class EntryViews {
  private EntryViews() {}

  /** An amount of one asset that leaves one account and enters another. */
  @Schema(name = "Posting", description = "An amount that leaves one account and enters another.")
  public record PostingView(String from, String to, String asset, BigDecimal amount) {}

  /**
   * The current revision of an entry.
   *
   * @param domain the kind of record that it was read from, as consents name it; null when nobody
   *     knows
   * @param symbol the market of a trade; null for other kinds
   * @param recordedAt when this revision was written
   * @param postings empty unless the state is settled
   * @param evidence the raw records that say so, the one it was read from first
   * @param successors the entries that came in the place of one that was taken back; null without
   *     any, and in changes, which tell what was then
   */
  @Schema(name = "Entry", description = "One economic event, in its current revision.")
  public record EntryView(
      String id,
      String connection,
      @Schema(
              enumeration = {
                "trade",
                "deposit",
                "withdrawal",
                "internal_transfer",
                "conversion",
                "income",
                "fee",
                "unclassified"
              })
          String kind,
      @Nullable String domain,
      @Schema(enumeration = {"pending", "settled", "failed", "void"}) String state,
      Instant occurredAt,
      Instant recordedAt,
      int revision,
      @Nullable String symbol,
      @Nullable String network,
      List<PostingView> postings,
      List<String> evidence,
      @Nullable List<String> successors) {}

  /** A page of entries. */
  @Schema(name = "EntryPage", description = "A page of entries.")
  public record Entries(
      @Schema(description = "The entries of this page, in the order of the list.")
          List<EntryView> items,
      @Schema(description = "Pass as cursor to get the next page; absent on the last page.")
          @Nullable String nextCursor) {}

  /**
   * One revision.
   *
   * @param mappingVersion which version of the reading rules made it
   * @param reversals what it took back of the revision before
   */
  @Schema(name = "EntryRevision", description = "One revision of an entry, with what it reversed.")
  public record RevisionView(
      int revision,
      @Schema(enumeration = {"pending", "settled", "failed", "void"}) String state,
      Instant occurredAt,
      Instant recordedAt,
      int mappingVersion,
      List<PostingView> reversals,
      List<PostingView> postings,
      String evidence) {}

  /** The revisions of an entry. */
  @Schema(name = "EntryRevisionPage", description = "A page of revisions.")
  public record EntryRevisions(
      @Schema(description = "The revisions of this page, in the order of the list.")
          List<RevisionView> items,
      @Schema(description = "Pass as cursor to get the next page; absent on the last page.")
          @Nullable String nextCursor) {}

  /**
   * One posting of a revision, as a line; a revision without any is one line without amounts.
   *
   * @param reversal whether it takes back a posting of the revision before; null without a posting
   */
  @Schema(name = "EntryRevisionLine", hidden = true)
  public record RevisionLine(
      int revision,
      String state,
      Instant occurredAt,
      Instant recordedAt,
      int mappingVersion,
      @Nullable Boolean reversal,
      @Nullable String from,
      @Nullable String to,
      @Nullable String asset,
      @Nullable BigDecimal amount,
      String evidence) {}

  /** One posting of an entry, as a line; an entry without postings is one line without amounts. */
  @Schema(name = "EntryLine", hidden = true)
  public record EntryLine(
      String id,
      String connection,
      String kind,
      String state,
      Instant occurredAt,
      int revision,
      @Nullable String symbol,
      @Nullable String from,
      @Nullable String to,
      @Nullable String asset,
      @Nullable BigDecimal amount,
      List<String> evidence) {}

  /** The entries of a page. */
  static List<EntryView> entries(TenantTx tx, long holder, List<EntryRow> rows)
      throws SQLException {
    List<UUID> ids = rows.stream().map(EntryRow::id).toList();
    Map<UUID, List<PostingRow>> postings = PostingRows.of(tx, holder, ids);
    Map<UUID, List<UUID>> further = EntryRows.furtherEvidence(tx, holder, ids);
    Map<UUID, List<UUID>> successors =
        RevisionRows.standing(
            tx,
            holder,
            rows.stream().filter(row -> row.state() == EntryState.VOID).map(EntryRow::id).toList());
    List<EntryView> views = new ArrayList<>(rows.size());
    for (EntryRow row : rows) {
      List<String> evidence = new ArrayList<>();
      evidence.add(PublicIds.evidence(holder, row.evidence()));
      for (UUID more : further.getOrDefault(row.id(), List.of())) {
        evidence.add(PublicIds.evidence(holder, more));
      }
      views.add(
          entry(
              holder,
              row,
              postings.getOrDefault(row.id(), List.of()),
              evidence.stream().distinct().toList(),
              successors.get(row.id())));
    }
    return views;
  }

  /**
   * One revision of an entry.
   *
   * @param postings everything ever posted for the entry, or at least what this revision posted
   * @param successors what stands in its place; null without any
   */
  static EntryView entry(
      long holder,
      EntryRow row,
      List<PostingRow> postings,
      List<String> evidence,
      @Nullable List<UUID> successors) {
    Entry.Terms terms = row.terms();
    return new EntryView(
        PublicIds.entry(holder, row.id()),
        PublicIds.connection(holder, row.connection()),
        row.kind().code(),
        row.domain() == null ? null : row.domain().code(),
        row.state().code(),
        row.occurredAt(),
        row.recordedAt(),
        row.revision(),
        terms == null ? null : terms.market(),
        row.network(),
        view(postings, row.revision(), false),
        evidence,
        successors == null
            ? null
            : successors.stream().map(id -> PublicIds.entry(holder, id)).toList());
  }

  /** All revisions of one entry, the first one first. */
  static List<RevisionView> revisions(TenantTx tx, long holder, List<EntryRow> rows)
      throws SQLException {
    List<UUID> ids = rows.stream().map(EntryRow::id).distinct().toList();
    Map<UUID, List<PostingRow>> postings = PostingRows.of(tx, holder, ids);
    return rows.stream()
        .map(row -> {
          List<PostingRow> all = postings.getOrDefault(row.id(), List.of());
          return new RevisionView(
              row.revision(),
              row.state().code(),
              row.occurredAt(),
              row.recordedAt(),
              row.mappingVersion(),
              view(all, row.revision(), true),
              view(all, row.revision(), false),
              PublicIds.evidence(holder, row.evidence()));
        })
        .toList();
  }

  /** The lines of entries. */
  public static List<EntryLine> lines(List<EntryView> entries) {
    List<EntryLine> lines = new ArrayList<>();
    for (EntryView entry : entries) {
      if (entry.postings().isEmpty()) {
        lines.add(line(entry, null));
      }
      entry.postings().forEach(posting -> lines.add(line(entry, posting)));
    }
    return lines;
  }

  /** The lines of revisions. */
  static List<RevisionLine> revisionLines(List<RevisionView> revisions) {
    List<RevisionLine> lines = new ArrayList<>();
    for (RevisionView one : revisions) {
      if (one.reversals().isEmpty() && one.postings().isEmpty()) {
        lines.add(line(one, null, null));
      }
      one.reversals().forEach(posting -> lines.add(line(one, true, posting)));
      one.postings().forEach(posting -> lines.add(line(one, false, posting)));
    }
    return lines;
  }

  private static RevisionLine line(
      RevisionView one, @Nullable Boolean reversal, @Nullable PostingView posting) {
    return new RevisionLine(
        one.revision(),
        one.state(),
        one.occurredAt(),
        one.recordedAt(),
        one.mappingVersion(),
        reversal,
        posting == null ? null : posting.from(),
        posting == null ? null : posting.to(),
        posting == null ? null : posting.asset(),
        posting == null ? null : posting.amount(),
        one.evidence());
  }

  private static EntryLine line(EntryView entry, @Nullable PostingView posting) {
    return new EntryLine(
        entry.id(),
        entry.connection(),
        entry.kind(),
        entry.state(),
        entry.occurredAt(),
        entry.revision(),
        entry.symbol(),
        posting == null ? null : posting.from(),
        posting == null ? null : posting.to(),
        posting == null ? null : posting.asset(),
        posting == null ? null : posting.amount(),
        entry.evidence());
  }

  private static List<PostingView> view(
      List<PostingRow> postings, int revision, boolean reversals) {
    return postings.stream()
        .filter(posting -> posting.revision() == revision && posting.reversal() == reversals)
        .map(posting ->
            new PostingView(posting.from(), posting.to(), posting.asset(), posting.amount()))
        .toList();
  }
}
