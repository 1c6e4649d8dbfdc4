package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.OrderRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What stands in the place of entries that are gone: whatever tells now what their claims told.
 * Where a claim was taken back itself, that is what it would be one with, were it still there.
 */
final class Succession {
  private final byte[] connection;
  private final List<Held> claims;
  private final Merge.Outcome outcome;
  private final Map<UUID, Set<UUID>> own;
  private final Set<UUID> written;
  private final Map<UUID, UUID> keys = new HashMap<>();

  /**
   * How things stand after settling.
   *
   * @param own the entries that are booked now, by the names of what they were made of
   * @param written the entries that were written to bring that about
   */
  Succession(
      byte[] connection,
      List<Held> claims,
      Merge.Outcome outcome,
      Map<UUID, Set<UUID>> own,
      Set<UUID> written) {
    this.connection = connection.clone();
    this.claims = List.copyOf(claims);
    this.outcome = outcome;
    this.own = own;
    this.written = written;
    for (Held held : claims) {
      Coarse.names(held).forEach(name -> keys.put(name, held.key()));
    }
  }

  /** The finer entries that tell a claim, and those of claims that stand for it. */
  Set<UUID> covering(Held held) {
    Set<UUID> covering = new TreeSet<>();
    Coarse.names(held).forEach(name -> covering.addAll(covering(held, name)));
    return covering;
  }

  private Set<UUID> covering(Held held, UUID name) {
    Set<UUID> covering = new TreeSet<>(outcome.covered().getOrDefault(held.key(), Set.of()));
    for (UUID other : outcome.repeats().getOrDefault(name, Set.of())) {
      covering.addAll(own.getOrDefault(other, Set.of()));
      covering.addAll(covered(outcome, other));
    }
    return covering;
  }

  /**
   * The successors of each entry that is gone; none for one without.
   *
   * @param gone entries that claims booked before, and book no more
   * @param vanished rows of files that were taken back, by the evidence linked to them
   */
  Map<UUID, Set<UUID>> of(List<Fine> finer, Set<UUID> gone, Map<UUID, Set<UUID>> vanished) {
    Map<UUID, Set<UUID>> successors = new TreeMap<>();
    Map<UUID, Set<UUID>> likes = likes(finer, gone);
    for (Held held : claims) {
      for (UUID name : Coarse.names(held)) {
        Set<UUID> now = new TreeSet<>(own.getOrDefault(name, Set.of()));
        // What was there before, and is as it was, takes nobody's place.
        now.removeIf(id -> held.entries().contains(id) && !written.contains(id));
        now.addAll(covering(held, name));
        now.addAll(likes.getOrDefault(name, Set.of()));
        for (UUID id : held.entries()) {
          if (gone.contains(id) && isOf(id, held, name)) {
            successors.computeIfAbsent(id, _ -> new TreeSet<>()).addAll(now);
          }
        }
        for (UUID id : vanished.getOrDefault(held.evidence(), Set.of())) {
          successors.computeIfAbsent(id, _ -> new TreeSet<>()).addAll(fresh(name));
        }
      }
    }
    return successors;
  }

  // A claim that is booked under two names has entries of both.
  private boolean isOf(UUID entry, Held held, UUID name) {
    if (Coarse.names(held).size() == 1) {
      return true;
    }
    for (int ordinal = 0; ordinal < held.entries().size(); ordinal++) {
      if (Coarse.id(connection, name, held.claim().from(), ordinal).equals(entry)) {
        return true;
      }
    }
    return false;
  }

  private Set<UUID> fresh(UUID name) {
    Set<UUID> fresh = new TreeSet<>(own.getOrDefault(name, Set.of()));
    fresh.retainAll(written);
    return fresh;
  }

  /** For each name of a claim that was taken back: what tells now what it told. */
  private Map<UUID, Set<UUID>> likes(List<Fine> finer, Set<UUID> gone) {
    Map<UUID, Set<UUID>> likes = new HashMap<>();
    List<Held> again = new ArrayList<>();
    for (Held held : claims) {
      int names = Math.max(1, Coarse.names(held).size());
      int most = (held.entries().size() + names - 1) / names;
      // One that counts no more keeps the entries that it had; one that counts less had as many.
      boolean less =
          held.count() == 0 || (!(held.claim() instanceof OrderRow) && held.count() < most);
      boolean back = less && held.entries().stream().anyMatch(gone::contains);
      if (back) {
        Coarse.names(held).forEach(name -> likes.put(name, new TreeSet<>()));
      }
      again.add(back ? held.counted(most) : held);
    }
    if (!likes.isEmpty()) {
      Merge.Outcome were = Merge.of(again, finer);
      Map<UUID, Set<UUID>> tellers = new HashMap<>();
      were.repeats()
          .forEach((name, others) ->
              others.forEach(
                  other -> tellers.computeIfAbsent(other, _ -> new TreeSet<>()).add(name)));
      likes.forEach((name, like) -> {
        like.addAll(covered(were, name));
        Set<UUID> told = new TreeSet<>(were.repeats().getOrDefault(name, Set.of()));
        told.add(name);
        Set<UUID> same = new TreeSet<>(told);
        told.forEach(one -> same.addAll(tellers.getOrDefault(one, Set.of())));
        same.remove(name);
        for (UUID other : same) {
          like.addAll(fresh(other));
          like.addAll(covered(outcome, other));
        }
      });
    }
    return likes;
  }

  private Set<UUID> covered(Merge.Outcome then, UUID name) {
    return then.covered().getOrDefault(keys.getOrDefault(name, name), Set.of());
  }
}
