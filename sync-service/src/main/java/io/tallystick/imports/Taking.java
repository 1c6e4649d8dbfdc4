package io.tallystick.imports;

import static java.util.Collections.nCopies;

import io.tallystick.access.AccessLog;
import io.tallystick.access.Leaf;
import io.tallystick.connection.Link;
import io.tallystick.evidence.Evidence;
import io.tallystick.evidence.Origin;
import io.tallystick.imports.Batch.Counts;
import io.tallystick.imports.ImportRows.Noted;
import io.tallystick.imports.ImportRows.Tally;
import io.tallystick.kernel.Pace;
import io.tallystick.ledger.Books;
import io.tallystick.ledger.Claimed;
import io.tallystick.ledger.Counted;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.Settlement;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Exports.Line;
import io.tallystick.venue.Exports.Meaning;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes a block of rows into the books, or out of them, in the caller's transaction. */
@ApplicationScoped
class Taking {
  static final int MAPPING = 1;

  private final Evidence evidence;
  private final Books books;
  private final Tellings tellings;
  private final AccessLog log;
  private final Pace pace;

  Taking(Evidence evidence, Books books, Tellings tellings, AccessLog log, Pace pace) {
    this.evidence = evidence;
    this.books = books;
    this.tellings = tellings;
    this.log = log;
    this.pace = pace;
  }

  /** A row that was understood, in its table. */
  record Told(int member, Line.Told line) {}

  /**
   * Rows of one table to take at once.
   *
   * @param source null when there are no more rows
   * @param dictionary the version of the dictionary that their words were read by
   */
  record Block(
      List<Told> told, List<Noted> noted, Tallies.@Nullable Source source, int dictionary) {
    long size() {
      return (long) told.size() + noted.size();
    }
  }

  /** What became of a block; rows that need a person's eye are not written yet. */
  record Taken(Counts counts, List<Noted> noted) {}

  /** Takes the rows in, or with {@code back} out; says what became of them. */
  Taken take(TenantTx tx, Batch batch, Ahead.Ready ready, boolean back) throws SQLException {
    Block block = ready.block();
    Map<UUID, Group> groups = ready.groups();
    Link link = batch.link();
    UUID leaf = log.newId();
    Instant now = pace.instant();
    Books.Place place = new Books.Place(link.holder(), link.id(), link.publicId(), leaf, now);
    Books.hold(tx, place);
    List<Noted> noted = new ArrayList<>(block.noted());
    boolean trial = batch.state() == Batch.State.CHECKING;
    if (block.source() != null) {
      Counting.count(tx, batch, block, block.source(), groups, back);
    }
    if (trial) {
      // Nothing of a trial stays, so nothing needs to be kept: any id stands for the rows.
      groups.values().forEach(group -> group.evidence = nCopies(group.rows.size(), group.fact));
      noted.addAll(Shifted.of(tx, place, groups.values()));
    } else if (!back && block.source() != null) {
      keep(tx, ready, block.source().part(), origin(batch, leaf, now));
    }
    Counts counts = book(tx, place, ready, noted, trial);
    Counts all =
        counts.plus(
            new Counts(block.told().size(), 0, 0, 0, unknown(block, noted), block.noted().size()));
    log.append(tx, leaf, leaf(batch, block, all, back));
    return new Taken(all, noted);
  }

  /**
   * Takes back what a batch's rows no longer lead to, because a word of theirs means something else
   * by now: some of it at a time. False when nothing was left.
   */
  boolean takeRest(TenantTx tx, Batch batch) throws SQLException {
    Link link = batch.link();
    UUID leaf = log.newId();
    Books.Place place =
        new Books.Place(link.holder(), link.id(), link.publicId(), leaf, pace.instant());
    // Two workers may have come to the end: the second finds nothing.
    Books.hold(tx, place);
    List<Tally> rest = ImportRows.rest(tx, link.holder(), batch.id());
    if (rest.isEmpty()) {
      return false;
    }
    Map<UUID, Tallies> left = new HashMap<>();
    for (Tally tally : rest) {
      ImportRows.less(
          tx, link.holder(), tally.source().table(), Map.of(tally.fact(), tally.count()));
      left.put(tally.fact(), new Tallies());
    }
    for (Tally tally : ImportRows.tallies(tx, link.holder(), List.copyOf(left.keySet()))) {
      left.computeIfAbsent(tally.fact(), _ -> new Tallies()).add(tally.source(), tally.count());
    }
    Map<UUID, Integer> counts = new HashMap<>();
    left.forEach((fact, tallies) -> counts.put(fact, tallies.events()));
    books.recount(tx, place, counts);
    Block none = new Block(List.of(), List.of(), null, 0);
    log.append(tx, leaf, leaf(batch, none, new Counts(0, counts.size(), 0, 0, 0, 0), true));
    return true;
  }

  /** The rows as evidence, if nothing but the block before told of them; see {@link Ahead}. */
  Evidence.Sealed seal(Batch batch, Block block, Map<UUID, Group> groups) {
    int part = block.source() == null ? 0 : block.source().part();
    Origin origin = origin(batch, batch.id(), pace.instant());
    return evidence.seal(batch.link().tenant(), origin, Group.raws(part, groups));
  }

  private static Origin origin(Batch batch, UUID leaf, Instant at) {
    Link link = batch.link();
    String stream = "export-" + batch.kind();
    return new Origin(link.holder(), link.id(), link.publicId(), stream, "", leaf, at);
  }

  private void keep(TenantTx tx, Ahead.Ready ready, int part, Origin origin) throws SQLException {
    Map<UUID, Group> groups = ready.groups();
    boolean asSealed =
        groups.values().stream().noneMatch(group -> group.isKnown() || !group.isPlacedAsRead());
    Map<UUID, Group> fresh = new LinkedHashMap<>(groups);
    fresh.values().removeIf(Group::isKnown);
    List<UUID> ids =
        ready.sealed() == null || !asSealed
            ? evidence.keepFirst(tx, origin, Group.raws(part, fresh))
            : evidence.keepFirst(tx, origin, ready.sealed());
    int at = 0;
    for (Group group : fresh.values()) {
      group.evidence = ids.subList(at, at + group.rows.size());
      at += group.rows.size();
    }
  }

  private Counts book(
      TenantTx tx, Books.Place place, Ahead.Ready ready, List<Noted> noted, boolean trial)
      throws SQLException {
    Map<UUID, Group> groups = ready.groups();
    List<Counted> facts = new ArrayList<>(tellings.counted(tx, place.holder(), groups));
    List<Claimed> claims = new ArrayList<>();
    long events = 0;
    long rise = 0;
    long coarse = 0;
    long fresh = 0;
    for (Group group : groups.values()) {
      switch (group.meaning) {
        case Meaning.Event(var entry, var domain) -> {
          if (!group.isWorded() && !group.isKnown()) {
            facts.add(counted(group, entry, domain));
          }
          events += group.rows.size();
          rise += Math.max(0, group.after - group.before);
        }
        case Meaning.Coarse(var claim, boolean _) -> {
          UUID first = group.evidence.isEmpty() ? null : group.evidence.getFirst();
          claims.add(new Claimed(claim, group.after, first, ready.block().dictionary()));
          coarse += group.rows.size();
        }
        case Meaning.Nothing _ -> {}
      }
    }
    // A revision that only words an event better adds nothing.
    long booked = 0;
    if (!facts.isEmpty()) {
      // Claims of the same block are held against its events: then a trial has to write them.
      boolean weighs = trial && claims.isEmpty();
      int revisions = weighs ? books.weigh(tx, place, facts) : books.count(tx, place, facts);
      booked = Math.min(rise, revisions);
    }
    long disputed = 0;
    if (!claims.isEmpty()) {
      Settlement.Result result = books.claim(tx, place, claims);
      // What something else tells is kept beside it, and adds nothing.
      for (Map.Entry<UUID, Group> group : groups.entrySet()) {
        if (group.getValue().meaning instanceof Meaning.Coarse
            && !result.told().contains(group.getKey())) {
          fresh += Math.abs(group.getValue().after - group.getValue().before);
        }
      }
      for (UUID claim : result.disputed()) {
        Group group = groups.get(claim);
        if (group != null) {
          disputed += group.rows.size();
          noted.add(
              Noted.of(
                  group.rows.getFirst(),
                  "disputed",
                  "Finer records tell otherwise.",
                  "Compare the row with the venue's page; the finer records are booked."));
        }
      }
    }
    return new Counts(0, booked + fresh, events + coarse - booked - fresh, disputed, 0, 0);
  }

  private static Counted counted(Group group, Entry entry, Domain domain) {
    return new Counted(entry, group.after, group.evidence, MAPPING, domain.code()).of(group.event);
  }

  private static long unknown(Block block, List<Noted> noted) {
    long unknown = 0;
    for (Told told : block.told()) {
      if (told.line().meaning() instanceof Meaning.Coarse(var _, boolean known) && !known) {
        unknown++;
        noted.add(
            Noted.of(
                told,
                "unknown",
                "Nobody knows this operation.",
                "Its effect on the balance is kept as unexplained; tell us what it was."));
      }
    }
    return unknown;
  }

  private static Leaf leaf(Batch batch, Block block, Counts counts, boolean back) {
    return new Leaf(
        Leaf.Kind.PULL,
        batch.link().holder(),
        batch.link().consent(),
        batch.link().id(),
        null,
        Map.of(
            "source", "import",
            "batch", batch.id().toString(),
            "kind", String.valueOf(batch.kind()),
            "act", back ? "taken-back" : "taken-in",
            "rows", Long.toString(block.size()),
            "changed", Long.toString(counts.added())));
  }
}
