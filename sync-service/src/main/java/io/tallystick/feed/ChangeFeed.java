package io.tallystick.feed;

import io.tallystick.consent.Ending;
import io.tallystick.consent.ReadPermit;
import io.tallystick.consent.Reads;
import io.tallystick.feed.FeedStore.Page;
import io.tallystick.kernel.Problem;
import io.tallystick.records.Revisions;
import io.tallystick.records.Revisions.Booked;
import io.tallystick.records.Revisions.Revised;
import io.tallystick.records.Revisions.Stretch;
import io.tallystick.tenancy.Caller;
import io.tallystick.tenancy.TenantTx;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the feed for a client: positions of the tenant, items as far as consents reach. */
@ApplicationScoped
class ChangeFeed {
  private static final String ROUTE = "GET /v1/changes";

  private final Reads reads;

  ChangeFeed(Reads reads) {
    this.reads = reads;
  }

  /**
   * What is asked for.
   *
   * @param after the last position that the client has dealt with
   * @param through a position that exists already, up to which the page may reach; null when the
   *     client does not know one
   * @param limit most positions to go on by
   */
  record Ask(long after, @Nullable Long through, int limit) {}

  /** Something at a position. */
  sealed interface Item {
    /** Where it stands. */
    long position();
  }

  /** What was written of an entry. */
  record Written(Revised revised) implements Item {
    @Override
    public long position() {
      return revised.position();
    }
  }

  /**
   * The consent that a connection was under has ended, or was amended and leaves the client out.
   */
  record Ended(long position, Ending ending) implements Item {}

  /**
   * A page.
   *
   * @param next the last position it reaches; the same as asked for when nothing is there yet
   * @param head the tenant's last position at this moment
   */
  record Answer(List<Item> items, long next, long head) {}

  /**
   * The changes behind a position. A page that reaches anywhere is always the same for the same
   * question and consents, because it ends where what became visible at once ends, or earlier by
   * the limit, or at a position that the client knows to exist.
   */
  Answer page(Caller caller, Ask ask) {
    return reads.across(
        caller,
        ROUTE,
        Revisions.domains(),
        (tx, holders) -> {
          long head = FeedStore.head(tx);
          check(ask, head);
          List<Page> pages = FeedStore.after(tx, ask.after(), ask.limit());
          if (pages.isEmpty()) {
            return new Answer(List.of(), ask.after(), head);
          }
          Page first = pages.getFirst();
          long last = ask.through() == null ? first.passEnd() : ask.through();
          long end = Math.max(ask.after(), Math.min(last, ask.after() + ask.limit()));
          List<Page> within = pages.stream().filter(page -> page.base() < end).toList();
          // A pass may have ended between the two questions; the head is never behind the page.
          return new Answer(items(tx, holders, within, ask.after(), end), end, Math.max(head, end));
        });
  }

  // Ahead of the feed is a reader of another database, or of this one before a restore: he must
  // hear of it, for his silence would last until the feed has caught up.
  private static void check(Ask ask, long head) {
    if (ask.after() > head) {
      throw Problem.invalid(
          "after",
          "The feed has not come to this position. Start again from 0 if it was given by another"
              + " installation.");
    }
    if (ask.through() != null && ask.through() > head) {
      throw Problem.invalid("through", "Name a position that the feed has reached already.");
    }
  }

  private static List<Item> items(
      TenantTx tx, Reads.Across holders, List<Page> pages, long after, long end)
      throws SQLException {
    Map<Long, List<Booked>> byHolder = new LinkedHashMap<>();
    for (Page page : pages) {
      byHolder
          .computeIfAbsent(page.holder(), _ -> new ArrayList<>())
          .add(new Booked(page.leaf(), page.recordedAt(), page.base()));
    }
    List<Item> items = new ArrayList<>(ended(holders, pages));
    for (Map.Entry<Long, List<Booked>> one : byHolder.entrySet()) {
      List<ReadPermit> permits = holders.permits(one.getKey());
      Stretch stretch = new Stretch(one.getKey(), one.getValue(), after, end);
      List<Revised> open = Revisions.open(tx, permits, stretch);
      if (!open.isEmpty()) {
        holders.served(Revisions.used(permits, open), open.size());
        open.forEach(revised -> items.add(new Written(revised)));
      }
    }
    items.sort(Comparator.comparingLong(Item::position));
    return items;
  }

  // An end stands alone at its position, under the leaf of the act that stopped the connection.
  // A leaf at several positions is of a page, so which of them is kept does not matter.
  private static List<Ended> ended(Reads.Across holders, List<Page> pages) throws SQLException {
    Map<Long, Map<UUID, Long>> single =
        pages.stream()
            .filter(page -> page.changes() == 1)
            .collect(
                Collectors.groupingBy(
                    Page::holder,
                    LinkedHashMap::new,
                    Collectors.toMap(Page::leaf, Page::last, Math::min)));
    List<Ended> ended = new ArrayList<>();
    for (Map.Entry<Long, Map<UUID, Long>> one : single.entrySet()) {
      for (Ending ending : holders.endings(one.getKey(), one.getValue().keySet())) {
        ended.add(new Ended(Objects.requireNonNull(one.getValue().get(ending.leaf())), ending));
      }
    }
    return ended;
  }
}
