package io.tallystick.live;

import io.tallystick.access.AccessLog;
import io.tallystick.connection.Link;
import io.tallystick.consent.Permits;
import io.tallystick.consent.PullDecision;
import io.tallystick.consent.PullPermit;
import io.tallystick.consent.Refusal;
import io.tallystick.evidence.Evidence;
import io.tallystick.evidence.Kept;
import io.tallystick.evidence.Origin;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Pace;
import io.tallystick.ledger.Booking;
import io.tallystick.ledger.Books;
import io.tallystick.ledger.Telling;
import io.tallystick.sync.News;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.tenancy.Transactions;
import io.tallystick.venue.Heard;
import io.tallystick.venue.Live;
import io.tallystick.venue.LiveStream;
import io.tallystick.venue.Raw;
import io.tallystick.venue.Reading;
import io.tallystick.venue.Stream;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Commits news: the same guards as for a page, then evidence, entries and access leaf in one
 * transaction. No bookmark is touched: news proves nothing about what came before it.
 */
@ApplicationScoped
class NewsCommit {
  private final Transactions transactions;
  private final Permits permits;
  private final Evidence evidence;
  private final Books books;
  private final News news;
  private final AccessLog log;
  private final Pace pace;

  NewsCommit(
      Transactions transactions,
      Permits permits,
      Evidence evidence,
      Books books,
      News news,
      AccessLog log,
      Pace pace) {
    this.transactions = transactions;
    this.permits = permits;
    this.evidence = evidence;
    this.books = books;
    this.news = news;
    this.log = log;
    this.pace = pace;
  }

  /** What is committed: records in the order in which they came. */
  record Input(Watch watch, Live live, List<Heard.Item> items, Stream.Markets markets) {}

  /** How it went. */
  sealed interface Result {
    /** Stored, as far as the consent covers it; {@code unread} records say nothing to us. */
    record Stored(int fresh, int unread) implements Result {}

    /** Somebody else listens now; nothing was written. */
    record Overtaken() implements Result {}
  }

  /** One transaction's work on the records of one stream. */
  private static final class Tally {
    final List<Booking> bookings = new ArrayList<>();
    final Set<String> assets = new HashSet<>();
    int rows;
    int fresh;
    int unread;
  }

  Result commit(Input input) {
    Link link = input.watch().link();
    return transactions.as(
        link.tenant(),
        tx -> {
          news.holdPages(tx, link);
          if (!WatchStore.hold(tx, input.watch())) {
            return new Result.Overtaken();
          }
          int fresh = 0;
          int unread = 0;
          for (LiveStream stream : input.live().streams()) {
            List<Heard.Item> items =
                input.items().stream().filter(item -> item.stream().equals(stream.name())).toList();
            if (!items.isEmpty()) {
              Tally tally = store(tx, input, stream, items);
              fresh += tally.fresh;
              unread += tally.unread;
            }
          }
          return new Result.Stored(fresh, unread);
        });
  }

  private Tally store(TenantTx tx, Input input, LiveStream stream, List<Heard.Item> items)
      throws SQLException {
    Link link = input.watch().link();
    Tally tally = new Tally();
    PullPermit permit = permit(tx, link, stream);
    if (permit == null) {
      return tally;
    }
    UUID leaf = log.newId();
    Instant now = pace.instant();
    Map<String, List<Raw>> byPartition = new LinkedHashMap<>();
    for (Heard.Item item : items) {
      Instant born = item.raw().bornAt();
      if (born != null && born.isBefore(permit.earliest())) {
        continue;
      }
      byPartition.computeIfAbsent(item.partition(), _ -> new ArrayList<>()).add(item.raw());
    }
    for (Map.Entry<String, List<Raw>> part : byPartition.entrySet()) {
      tally.rows += part.getValue().size();
      Origin origin =
          new Origin(
              link.holder(), link.id(), link.publicId(), stream.name(), part.getKey(), leaf, now);
      for (Kept kept : evidence.keep(tx, origin, part.getValue())) {
        tally.fresh++;
        take(tx, input, stream, part.getKey(), kept, tally);
      }
    }
    if (tally.fresh > 0) {
      books.book(
          tx,
          new Books.Place(link.holder(), link.id(), link.publicId(), leaf, now),
          tally.bookings);
      news.assets(tx, link, tally.assets, now);
      log.append(tx, leaf, NewsLeaf.stored(link, stream, counts(tally), digest(link, items)));
    }
    return tally;
  }

  // The permit's consent is share-locked, so that a withdrawal came before and is seen, or waits.
  private @Nullable PullPermit permit(TenantTx tx, Link link, LiveStream stream)
      throws SQLException {
    return switch (permits.forPull(tx, link.holder(), link.consent(), stream.domain())) {
      case PullDecision.Granted granted when permits.holds(tx, granted.permit()) ->
          granted.permit();
      case PullDecision.Granted _ -> {
        log.append(tx, NewsLeaf.discarded(link, stream));
        yield null;
      }
      case PullDecision.Refused refused -> {
        // What the consent never covered is not kept, and that it was heard is no news.
        if (refused.reason() != Refusal.WRONG_DOMAIN) {
          log.append(tx, NewsLeaf.discarded(link, stream));
        }
        yield null;
      }
    };
  }

  private void take(
      TenantTx tx, Input input, LiveStream stream, String partition, Kept kept, Tally tally)
      throws SQLException {
    Link link = input.watch().link();
    Instant now = pace.instant();
    switch (stream.map(partition, kept.raw().bytes(), input.markets())) {
      case Reading.Booked booked -> {
        tally.bookings.add(
            Booking.fresh(booked.entry(), kept.id(), stream.mappingVersion())
                .from(stream.domain().code())
                .as(Telling.PASSING));
        tally.assets.addAll(booked.entry().assets());
      }
      case Reading.OrderSeen seen -> news.order(tx, link, seen.order(), kept.id());
      case Reading.PartsSeen seen -> {
        Set<String> assets = new HashSet<>();
        seen.parts().forEach(part -> assets.add(part.asset()));
        news.assets(tx, link, assets, now);
        news.parts(tx, link, seen, kept.id(), now);
      }
      case Reading.BalancesSeen seen -> news.balances(tx, link, seen, kept.id(), now);
      case Reading.AssetsSeen seen -> tally.assets.addAll(seen.assets());
      case Reading.Nothing _ -> {}
      // No gap: the venue's list has the record too, and is read for it.
      case Reading.Unread _, Reading.Claimed _, Reading.BalancesAt _, Reading.PlanSeen _ ->
          tally.unread++;
    }
  }

  private static Map<String, String> counts(Tally tally) {
    return Map.of(
        "rows", Integer.toString(tally.rows),
        "new", Integer.toString(tally.fresh),
        "booked", Integer.toString(tally.bookings.size()),
        "unread", Integer.toString(tally.unread));
  }

  private String digest(Link link, List<Heard.Item> items) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Heard.Item item : items) {
      bytes.writeBytes(Frame.of(item.raw().key(), item.raw().bytes()));
    }
    return HexFormat.of().formatHex(evidence.digest(link.holder(), bytes.toByteArray()));
  }
}
