package io.tallystick.ledger;

import io.tallystick.ledger.RetoldStore.Ref;
import io.tallystick.ledger.RetoldStore.Told;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sorts out bookings of events that two sources tell of, by the venue's own id of the trade. The
 * first to come makes the entry; the other is linked to it as further evidence, and where the
 * venue's list says something else, it becomes the next revision of the same id.
 *
 * @param rest what nobody told of yet, to be booked as usual
 * @param links evidence of events that are booked already
 * @param changes revisions in which the list corrects what was told in passing
 */
record Retold(List<Booking> rest, List<Matching.Echo> links, List<Planned> changes) {

  /** The event's place among what is booked; null when it cannot have been told of by another. */
  static @Nullable Ref ref(Booking booking) {
    Entry.Terms terms = booking.entry().terms();
    if (booking.telling() == Telling.ALONE || terms == null || terms.venueRef() == null) {
      return null;
    }
    return new Ref(terms.market(), terms.side(), terms.venueRef());
  }

  static Retold of(List<Booking> bookings, Map<Ref, Told> told) {
    Retold sorted = new Retold(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Booking booking : bookings) {
      Ref ref = ref(booking);
      Told before = ref == null ? null : told.get(ref);
      if (before == null) {
        sorted.rest.add(booking.telling() == Telling.PASSING ? first(booking) : booking);
      } else if (!before.evidence().equals(booking.evidence())) {
        sorted.again(booking, before);
      }
    }
    return sorted;
  }

  // News that came twice in other words is still the first to tell when nothing is booked.
  private static Booking first(Booking booking) {
    return Booking.fresh(booking.entry(), booking.evidence(), booking.mappingVersion())
        .from(booking.domain());
  }

  private void again(Booking booking, Told before) {
    boolean ownRevision = booking.earlier().contains(before.evidence());
    if (booking.telling() == Telling.LISTED && ownRevision) {
      rest.add(booking);
    } else if (booking.telling() == Telling.PASSING || same(booking.entry(), before)) {
      links.add(new Matching.Echo(before.entry(), booking.evidence()));
    } else {
      boolean moved = before.moved() || !sameFacts(booking.entry(), before);
      changes.add(new Planned(before.entry(), before.revision() + 1, booking, moved));
    }
  }

  private static boolean same(Entry entry, Told before) {
    Entry.Terms one = Objects.requireNonNull(entry.terms());
    Entry.Terms other = before.terms();
    return entry.occurredAt().equals(before.occurredAt())
        && sameFacts(entry, before)
        && equal(one.price(), other.price())
        && Objects.equals(one.orderRef(), other.orderRef())
        && (one.maker() == null || one.maker().equals(other.maker()));
  }

  // Postings follow from these, and the id is made of them.
  private static boolean sameFacts(Entry entry, Told before) {
    Entry.Terms one = Objects.requireNonNull(entry.terms());
    Entry.Terms other = before.terms();
    return entry
            .occurredAt()
            .truncatedTo(ChronoUnit.SECONDS)
            .equals(before.occurredAt().truncatedTo(ChronoUnit.SECONDS))
        && equal(one.quantity(), other.quantity())
        && equal(one.quoteQuantity(), other.quoteQuantity())
        && equal(one.fee(), other.fee())
        && one.feeAsset().equals(other.feeAsset());
  }

  private static boolean equal(BigDecimal one, BigDecimal other) {
    return one.compareTo(other) == 0;
  }
}
