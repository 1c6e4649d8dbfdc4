package io.tallystick.sync;

import io.tallystick.access.AccessLog;
import io.tallystick.connection.Link;
import io.tallystick.consent.Permits;
import io.tallystick.consent.PullPermit;
import io.tallystick.egress.Trace;
import io.tallystick.evidence.Evidence;
import io.tallystick.evidence.Kept;
import io.tallystick.evidence.Origin;
import io.tallystick.kernel.Framer;
import io.tallystick.kernel.Pace;
import io.tallystick.ledger.Booking;
import io.tallystick.ledger.Books;
import io.tallystick.ledger.Claimed;
import io.tallystick.ledger.Entry;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Commits one page: guards, evidence, entries, postings, bookmark and access leaf in one
 * transaction, or nothing. The network call was made before and outside it.
 */
@ApplicationScoped
class PageCommit {
  /** Enough to see what came instead of a page. */
  private static final int KEPT_OF_UNREADABLE = 64 * 1024;

  private final Transactions transactions;
  private final Leases leases;
  private final Permits permits;
  private final Evidence evidence;
  private final Books books;
  private final AccessLog log;
  private final Pace pace;

  PageCommit(
      Transactions transactions,
      Leases leases,
      Permits permits,
      Evidence evidence,
      Books books,
      AccessLog log,
      Pace pace) {
    this.transactions = transactions;
    this.leases = leases;
    this.permits = permits;
    this.evidence = evidence;
    this.books = books;
    this.log = log;
    this.pace = pace;
  }

  /** What is committed. */
  record Input(
      Lease lease,
      PullPermit permit,
      Source source,
      @Nullable Bookmark before,
      Fetch.Page page,
      Stream.Markets markets,
      Trace trace) {
    Stream stream() {
      return source.stream();
    }

    String partition() {
      return source.partition();
    }
  }

  /** How it went. */
  sealed interface Result {
    /** The page is on disk, with its bookmark. */
    record Stored(int records, int fresh) implements Result {}

    /** Another run took the connection over; nothing was written. */
    record LeaseLost() implements Result {}

    /** The consent ended meanwhile; the answer was discarded. */
    record ConsentEnded() implements Result {}
  }

  /** An answer that was good and yet cannot be read as a page. */
  record Unreadable(Lease lease, PullPermit permit, Source source, byte[] body, Trace trace) {}

  /** Stores the page if lease and consent still hold. */
  Result commit(Input input) {
    return guarded(
        input.lease(), input.permit(), input.source(), input.trace(), tx -> store(tx, input));
  }

  /**
   * Keeps the head of what could not be read, with the gap it leaves, if lease and consent still
   * hold; once only while that gap is open.
   */
  Result keep(Unreadable page) {
    return guarded(page.lease(), page.permit(), page.source(), page.trace(), tx -> keep(tx, page));
  }

  private Result guarded(
      Lease lease, PullPermit permit, Source source, Trace trace, Transactions.Work<Result> work) {
    return transactions.as(
        lease.link().tenant(),
        tx -> {
          if (!leases.hold(tx, lease)) {
            return new Result.LeaseLost();
          }
          if (!permits.holds(tx, permit)) {
            log.append(tx, PullLeaf.discarded(lease.link(), source, trace));
            return new Result.ConsentEnded();
          }
          return work.in(tx);
        });
  }

  private Result keep(TenantTx tx, Unreadable page) throws SQLException {
    Link link = page.lease().link();
    UUID leaf = log.newId();
    Instant now = pace.instant();
    Gaps.Missing missing =
        Gaps.Missing.of(
            link, page.source().stream(), page.source().partition(), Gaps.Reason.UNREADABLE_PAGE);
    int fresh = 0;
    if (!Gaps.isOpen(tx, missing)) {
      byte[] head = Arrays.copyOf(page.body(), Math.min(page.body().length, KEPT_OF_UNREADABLE));
      List<Raw> raw = List.of(new Raw("unreadable@" + now, null, head));
      for (Kept kept : evidence.keep(tx, origin(link, page.source(), leaf, now), raw)) {
        Gaps.open(tx, missing.with(kept.id()), now);
        fresh++;
      }
    }
    log.append(tx, leaf, PullLeaf.kept(link, page.source(), page.trace(), fresh));
    return new Result.Stored(0, 0);
  }

  private static Origin origin(Link link, Source source, UUID leaf, Instant at) {
    return new Origin(
        link.holder(),
        link.id(),
        link.publicId(),
        source.stream().name(),
        source.partition(),
        leaf,
        at);
  }

  private Result store(TenantTx tx, Input input) throws SQLException {
    Link link = input.lease().link();
    UUID leaf = log.newId();
    Instant now = pace.instant();
    Snapshot snapshot = snapshot(input, now);
    List<Kept> kept =
        evidence.keep(tx, origin(link, input.source(), leaf, now), snapshot.records());
    Tally tally = new Tally();
    tally.toldSince = input.stream().alsoLive() ? RecordStore.since(tx, link) : null;
    for (Kept record : kept) {
      take(tx, input, record, now, tally);
    }
    Books.Place place = new Books.Place(link.holder(), link.id(), link.publicId(), leaf, now);
    books.book(tx, place, tally.bookings, tally.claims);
    RecordStore.assets(tx, link, tally.assets, now);
    LostRows.state(tx, link, input.source(), input.page().lost(), now);
    Bookmark next = tally.overtaken ? new Bookmark.Snapshot(null) : snapshot.next();
    boolean moved = next != null && !next.equals(input.before());
    if (next != null && moved) {
      Bookmarks.save(tx, link, input.source(), next, leaf, input.permit().earliest());
    }
    if (input.page().drained()) {
      Gaps.closeOf(tx, link, input.stream(), input.partition(), now);
      Bookmarks.drained(tx, link, input.source(), moved, input.trace().sentAt());
    }
    if (!(input.page().next() instanceof Bookmark.Snapshot)) {
      Gaps.cut(tx, link, input.source(), input.page().records(), input.permit().earliest(), now);
    }
    List<Raw> told = input.page().records();
    Map<String, String> counts =
        Map.of(
            "rows", Integer.toString(told.size()),
            "new", Integer.toString(kept.size()),
            "booked", Integer.toString(tally.bookings.size() + tally.claims.size()),
            "unread", Integer.toString(tally.unread));
    log.append(tx, leaf, PullLeaf.stored(link, input, counts, digest(input)));
    return new Result.Stored(told.size(), kept.size());
  }

  private record Snapshot(List<Raw> records, @Nullable Bookmark next) {}

  // A snapshot is news only when it differs from the last one; then it is a record of its own.
  private Snapshot snapshot(Input input, Instant now) {
    if (!(input.page().next() instanceof Bookmark.Snapshot)) {
      return new Snapshot(covered(input), input.page().next());
    }
    if (!input.page().drained()) {
      return new Snapshot(List.of(), null);
    }
    String seen = digest(input);
    boolean same = input.before() instanceof Bookmark.Snapshot at && seen.equals(at.seen());
    List<Raw> all = same ? List.of() : input.page().records();
    List<Raw> records =
        all.stream().map(raw -> new Raw(raw.key() + "@" + now, now, raw.bytes())).toList();
    return new Snapshot(records, new Bookmark.Snapshot(seen));
  }

  // Venues that page by id hand out what is older than the consent's look-back: it is not kept.
  private static List<Raw> covered(Input input) {
    Instant earliest = input.permit().earliest();
    return input.page().records().stream()
        .filter(raw -> raw.bornAt() == null || !raw.bornAt().isBefore(earliest))
        .toList();
  }

  private String digest(Input input) {
    Framer page = new Framer();
    for (Raw raw : input.page().records()) {
      page.add(raw.key()).add(raw.bytes());
    }
    long holder = input.lease().link().holder();
    return HexFormat.of().formatHex(evidence.digest(holder, page.bytes()));
  }

  private static final class Tally {
    final List<Booking> bookings = new ArrayList<>();
    final List<Claimed> claims = new ArrayList<>();
    final Set<String> assets = new HashSet<>();
    @Nullable Instant toldSince;
    boolean overtaken;
    int unread;
  }

  private static void take(TenantTx tx, Input input, Kept kept, Instant now, Tally tally)
      throws SQLException {
    Link link = input.lease().link();
    Stream stream = input.stream();
    if (!kept.earlier().isEmpty()) {
      Gaps.closeOf(tx, link, kept.earlier(), now);
    }
    switch (stream.map(input.partition(), kept.raw(), input.markets())) {
      case Reading.Booked booked -> {
        Booking booking = booking(input, kept, booked.entry());
        tally.bookings.add(RecordStore.telling(tally.toldSince, booking));
        tally.assets.addAll(booked.entry().assets());
      }
      case Reading.Claimed(var claim) ->
          tally.claims.addAll(Waiting.of(input, kept, claim, tally.assets));
      case Reading.OrderSeen seen -> RecordStore.order(tx, link, seen.order(), kept.id());
      case Reading.BalancesSeen seen -> {
        seen.balances().forEach(balance -> tally.assets.add(balance.asset()));
        RecordStore.assets(tx, link, tally.assets, now);
        Instant asked = input.trace().sentAt().plus(input.trace().offset());
        tally.overtaken |= RecordStore.balances(tx, link, seen, kept.id(), asked, now);
      }
      case Reading.PartsSeen seen -> RecordStore.parts(tx, link, seen, kept.id(), now);
      case Reading.BalancesAt seen -> {
        seen.balances().forEach(balance -> tally.assets.add(balance.asset()));
        SurfaceStore.point(tx, link, seen, kept.id());
      }
      case Reading.PlanSeen seen -> SurfaceStore.plan(tx, link, seen.plan(), kept.id(), now);
      case Reading.AssetsSeen seen -> tally.assets.addAll(seen.assets());
      case Reading.Nothing _ -> {}
      case Reading.Unread _ -> {
        tally.unread++;
        Gaps.open(tx, Gaps.Missing.of(link, input.source(), kept), now);
      }
    }
  }

  private static Booking booking(Input input, Kept kept, Entry entry) {
    int version = input.stream().mappingVersion();
    String domain = input.stream().domain().code();
    if (kept.revision() == 1) {
      return Booking.fresh(entry, kept.id(), version).from(domain);
    }
    Reading first = input.stream().map(input.partition(), kept.first(), input.markets());
    return Booking.corrected(
            entry,
            kept.id(),
            version,
            first instanceof Reading.Booked before ? before.entry().identity() : entry.identity(),
            kept.earlier())
        .from(domain);
  }
}
