package io.tallystick.imports;

import static java.util.Collections.nCopies;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Ids;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.Counted;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.Identity;
import io.tallystick.ledger.Posting;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import io.tallystick.venue.Exports.Meaning;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Events that exports word differently: one knows the network, another tells another second. Each
 * wording is kept, so that which of them is booked depends on those that are there, and on nothing
 * that came and went.
 */
@ApplicationScoped
class Tellings {
  private static final String PURPOSE = "import-telling";

  private final Seals seals;

  Tellings(Seals seals) {
    this.seals = seals;
  }

  /** A wording and the row that first had it. */
  record Telling(UUID fact, UUID event, Entry entry, UUID evidence) {}

  /**
   * What speaks for an event now, each wording as often as it is told.
   *
   * @param evidence the rows they were read from
   */
  record Speaker(List<Entry> words, List<UUID> evidence) {}

  /** What an event is counted by: itself, or its wording where exports differ in that. */
  static UUID fact(UUID event, Identity identity) {
    return identity.rank().equals(Counted.MARK)
        ? event
        : Ids.timed(
            identity.second(),
            Digests.sha256(Frame.of("tallystick/telling/1", event, identity.rank())));
  }

  /** Events that exports word differently, each in the words that speak for it now. */
  List<Counted> counted(TenantTx tx, long holder, Map<UUID, Group> groups) throws SQLException {
    Map<UUID, Entry> like = new LinkedHashMap<>();
    Map<UUID, Integer> counts = new HashMap<>();
    Map<UUID, String> domains = new HashMap<>();
    List<Telling> fresh = new ArrayList<>();
    for (Group group : groups.values()) {
      if (group.isWorded() && group.meaning instanceof Meaning.Event(var entry, var domain)) {
        like.put(group.event, entry);
        domains.put(group.event, domain.code());
        counts.put(group.event, group.after);
        if (!group.evidence.isEmpty()) {
          fresh.add(new Telling(group.fact, group.event, entry, group.evidence.getFirst()));
        }
      }
    }
    if (like.isEmpty()) {
      return List.of();
    }
    keep(tx, holder, fresh);
    Map<UUID, Speaker> speakers = speakers(tx, holder, like);
    List<Counted> facts = new ArrayList<>();
    like.forEach((event, entry) -> {
      Speaker speaker = speakers.get(event);
      String domain = Objects.requireNonNull(domains.get(event));
      facts.add(
          speaker == null
              ? new Counted(entry, 0, List.of(), Taking.MAPPING, domain)
              : new Counted(
                  speaker.words().getFirst(),
                  counts.getOrDefault(event, 0),
                  speaker.evidence(),
                  Taking.MAPPING,
                  domain,
                  speaker.words(),
                  null));
    });
    return facts;
  }

  /** Keeps wordings that are new. */
  private void keep(TenantTx tx, long holder, List<Telling> tellings) throws SQLException {
    if (tellings.isEmpty()) {
      return;
    }
    byte[][] sealed = new byte[tellings.size()][];
    for (int i = 0; i < sealed.length; i++) {
      Telling one = tellings.get(i);
      sealed[i] =
          seals.seal(
              holder, RetentionClass.RAW, encode(one.entry()), tx.tenant(), one.fact(), PURPOSE);
    }
    TellingRows.insert(tx, holder, tellings, sealed);
  }

  /**
   * What speaks for each of these events: the lowest ranks of those that some batch tells. Events
   * that nothing tells any more are left out.
   *
   * @param like an entry of each event, in any words
   */
  private Map<UUID, Speaker> speakers(TenantTx tx, long holder, Map<UUID, Entry> like)
      throws SQLException {
    List<TellingRows.Kept> told = TellingRows.told(tx, holder, like.keySet());
    Map<UUID, Tallies> often = new HashMap<>();
    List<UUID> facts = told.stream().map(TellingRows.Kept::fact).toList();
    for (ImportRows.Tally tally : ImportRows.tallies(tx, holder, facts)) {
      often.computeIfAbsent(tally.fact(), _ -> new Tallies()).add(tally.source(), tally.count());
    }
    Map<UUID, Speaker> speakers = new HashMap<>();
    for (TellingRows.Kept kept : told) {
      Entry known = Objects.requireNonNull(like.get(kept.event()));
      Speaker speaker =
          speakers.computeIfAbsent(
              kept.event(), _ -> new Speaker(new ArrayList<>(), new ArrayList<>()));
      byte[] content =
          seals
              .open(holder, RetentionClass.RAW, kept.sealed(), tx.tenant(), kept.fact(), PURPOSE)
              .bytes();
      Entry words = ranked(decode(known, content), kept.rank());
      int times = often.getOrDefault(kept.fact(), new Tallies()).events();
      speaker.words().addAll(nCopies(times, words));
      speaker.evidence().addAll(nCopies(times, kept.evidence()));
    }
    return speakers;
  }

  private static Entry ranked(Entry entry, String rank) {
    Identity identity = entry.identity();
    return new Entry(
        entry.kind(),
        entry.state(),
        entry.occurredAt(),
        new Identity(identity.fact(), identity.parts(), identity.second(), rank, identity.once()),
        entry.terms(),
        entry.network(),
        entry.details(),
        entry.postings());
  }

  // What the words of an event may differ in; the rest is the same in all.
  private static byte[] encode(Entry entry) {
    List<Object> fields = new ArrayList<>();
    fields.add(entry.occurredAt().toString());
    fields.add(entry.network() == null ? "" : entry.network());
    fields.add(Integer.toString(entry.details().size()));
    new TreeMap<>(entry.details()).forEach((name, value) -> fields.addAll(List.of(name, value)));
    for (Posting posting : entry.postings()) {
      fields.addAll(
          List.of(
              posting.from().path(),
              posting.to().path(),
              posting.asset(),
              Decimals.text(posting.amount())));
    }
    return Frame.of(fields.toArray());
  }

  private static Entry decode(Entry like, byte[] content) {
    Iterator<String> fields = Frame.texts(content).iterator();
    Instant at = Instant.parse(fields.next());
    String network = fields.next();
    Map<String, String> details = new HashMap<>();
    for (int left = Integer.parseInt(fields.next()); left > 0; left--) {
      details.put(fields.next(), fields.next());
    }
    List<Posting> postings = new ArrayList<>();
    while (fields.hasNext()) {
      postings.add(
          new Posting(
              new Account(fields.next()),
              new Account(fields.next()),
              fields.next(),
              Decimals.of(fields.next())));
    }
    return new Entry(
        like.kind(),
        like.state(),
        at,
        like.identity(),
        like.terms(),
        network.isEmpty() ? null : network,
        details,
        postings);
  }
}
