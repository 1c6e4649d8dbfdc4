package io.tallystick.venue.binance.reading;

import io.tallystick.venue.Bookmark;
import io.tallystick.venue.Bookmark.AfterId;
import io.tallystick.venue.Fetch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages by ascending id, the bound inclusive (Spot REST docs, Account trade list: {@code fromId};
 * All orders: {@code orderId}). A page holds the lowest ids from the bound on, in whatever order; a
 * page shorter than the limit proves that nothing more is there.
 *
 * @param limit rows asked for, two or more
 */
public record IdPaging(int limit) {
  /** Before anything was read. */
  public AfterId start() {
    return new AfterId(0, null);
  }

  /** The position in a bookmark; another kind of bookmark means reading from the start. */
  public AfterId at(Bookmark bookmark) {
    return switch (bookmark) {
      case AfterId at -> at;
      case Bookmark.Window window -> start();
      case Bookmark.Snapshot snapshot -> start();
    };
  }

  /** The page of these items; what may change is read again from its own id on. */
  public Fetch page(Bookmark bookmark, List<Item> items) {
    return page(bookmark, items, Long.MAX_VALUE);
  }

  /**
   * The page of items of which those that may change are young: one of a lower id may still become
   * visible, so the next run begins right behind the highest that is settled.
   */
  public Fetch pageOfLate(Bookmark bookmark, List<Item> items) {
    // One, not nought: a position of nought says that nothing was ever found.
    long behind = Math.max(1, at(bookmark).next());
    for (Item item : items) {
      Long id = item.id();
      behind = id == null || item.mayChange() ? behind : Math.max(behind, id + 1);
    }
    return page(bookmark, items, behind);
  }

  private Fetch page(Bookmark bookmark, List<Item> items, long behind) {
    AfterId at = at(bookmark);
    long highest = at.next() - 1;
    Long resume = at.resume();
    for (Item item : items) {
      Long id = item.id();
      if (id != null) {
        highest = Math.max(highest, id);
        resume = item.mayChange() ? lower(resume, Math.min(id, behind)) : resume;
      }
    }
    if (items.size() < limit) {
      // At rest the bookmark itself stands where the next run begins, so that nobody else needs
      // to know why.
      long next = resume == null ? highest + 1 : Math.min(resume, highest + 1);
      return new Fetch.Page(Item.raws(items), new AfterId(next, null), true);
    }
    if (highest < at.next()) {
      return new Fetch.Unreadable("a full page without one readable id");
    }
    // The border may run through two rows of one id (a self-trade): the last id is read again.
    long next = highest > at.next() ? highest : highest + 1;
    return new Fetch.Page(Item.raws(items), new AfterId(next, resume), false);
  }

  private static Long lower(@Nullable Long one, long other) {
    return one == null ? other : Math.min(one, other);
  }
}
