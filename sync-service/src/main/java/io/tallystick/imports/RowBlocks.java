package io.tallystick.imports;

import io.tallystick.imports.ImportRows.Noted;
import io.tallystick.imports.Taking.Block;
import io.tallystick.imports.Taking.Told;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Exports;
import io.tallystick.venue.Exports.Line;
import io.tallystick.venue.Exports.Meaning;
import io.tallystick.venue.Exports.Table;
import io.tallystick.venue.Stream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows of an upload, table after table, in blocks; each row counts once, good or bad. */
final class RowBlocks implements AutoCloseable {
  private final Exports.Upload upload;
  private final Stream.Markets markets;
  private final Predicate<String> own;
  private final Instant earliest;
  private final Set<Domain> covered;
  private final Function<Table, Tallies.Source> sources;
  private final int dictionary;
  private final Map<String, Boolean> accounts = new HashMap<>();
  private final List<Integer> cut = new ArrayList<>();
  private int member = -1;
  private Exports.@Nullable Lines lines;

  /**
   * Rows of an opened upload.
   *
   * @param own whether an account's uid is that of the connection
   * @param earliest nothing that happened before may be kept
   * @param covered the kinds of record that may be kept
   * @param sources what names a table for good
   * @param dictionary the version of the dictionary that words are read by
   */
  RowBlocks(
      Exports.Upload upload,
      Stream.Markets markets,
      Predicate<String> own,
      Instant earliest,
      Set<Domain> covered,
      Function<Table, Tallies.Source> sources,
      int dictionary) {
    this.upload = upload;
    this.markets = markets;
    this.own = own;
    this.earliest = earliest;
    this.covered = covered;
    this.sources = sources;
    this.dictionary = dictionary;
  }

  /** Passes rows over that were taken before. */
  void skip(long rows) throws IOException {
    long left = rows;
    while (left > 0) {
      long passed = next((int) Math.min(left, 10_000)).size();
      if (passed == 0) {
        return;
      }
      left -= passed;
    }
  }

  /** The tables, of those read so far, whose last line had no line end. */
  List<Integer> cut() {
    return List.copyOf(cut);
  }

  /** The next rows, all of one table; none at the end. */
  Block next(int most) throws IOException {
    List<Told> told = new ArrayList<>();
    List<Noted> noted = new ArrayList<>();
    while (told.size() + noted.size() < most) {
      Exports.Lines open = open();
      if (open == null) {
        return new Block(told, noted, null, dictionary);
      }
      switch (open.next()) {
        case Line.Told row -> {
          if (row.account() != null && !accounts.computeIfAbsent(row.account(), own::test)) {
            noted.add(foreign(row.number()));
          } else if (at(row).isBefore(earliest)) {
            noted.add(tooOld(row.number()));
          } else if (!isCovered(row.meaning())) {
            noted.add(notCovered(row.number()));
          } else {
            told.add(new Told(member, row));
          }
        }
        case Line.Broken row ->
            noted.add(
                new Noted(
                    member, row.number(), "broken", row.column(), row.reason(), row.remedy()));
        case Line.End end -> {
          if (end.cut()) {
            cut.add(member);
          }
          open.close();
          lines = null;
          if (!told.isEmpty() || !noted.isEmpty()) {
            return new Block(told, noted, sources.apply(upload.tables().get(member)), dictionary);
          }
        }
      }
    }
    boolean none = told.isEmpty() && noted.isEmpty();
    return new Block(
        told, noted, none ? null : sources.apply(upload.tables().get(member)), dictionary);
  }

  private Instant at(Line.Told row) {
    return switch (row.meaning()) {
      case Meaning.Event(var entry, var _) -> entry.occurredAt();
      case Meaning.Coarse(var claim, boolean _) -> claim.from();
      case Meaning.Nothing _ -> Instant.MAX;
    };
  }

  // A statement tells of everything; what the consent leaves out of it stays out.
  private boolean isCovered(Meaning meaning) {
    String domain =
        switch (meaning) {
          case Meaning.Event(var _, var kind) -> kind.code();
          case Meaning.Coarse(var claim, boolean _) -> claim.domain();
          case Meaning.Nothing _ -> null;
        };
    return domain == null || Domain.of(domain).filter(covered::contains).isPresent();
  }

  private Noted notCovered(long line) {
    return new Noted(
        member,
        line,
        "not-covered",
        "",
        "The consent does not cover this kind of record.",
        "Ask the holder for a consent that covers it.");
  }

  private Noted tooOld(long line) {
    return new Noted(
        member,
        line,
        "too-old",
        "",
        "The row is older than the consent's look-back.",
        "Ask the holder for a consent that looks back further.");
  }

  private Noted foreign(long line) {
    return new Noted(
        member,
        line,
        "foreign",
        "",
        "The row is of another account.",
        "Import it on the connection of that account.");
  }

  private Exports.@Nullable Lines open() throws IOException {
    if (lines == null) {
      List<Table> tables = upload.tables();
      do {
        member++;
      } while (member < tables.size() && tables.get(member).empty());
      if (member >= tables.size()) {
        member = tables.size();
        return null;
      }
      lines = upload.lines(tables.get(member), markets);
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
    }
  }
}
