package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.OrderRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
  private final List<Held> claims;
  private final Merge.Outcome outcome;
  private final Map<UUID, Set<UUID>> own;
  private final Set<UUID> written;

  /**
   * How things stand after settling.
   *
   * @param own the entries that each claim books now
   * @param written the entries that were written to bring that about
   */
  Succession(
      List<Held> claims, Merge.Outcome outcome, Map<UUID, Set<UUID>> own, Set<UUID> written) {
    this.claims = List.copyOf(claims);
    this.outcome = outcome;
    this.own = own;
    this.written = written;
  }

  /** The finer entries that tell a claim, and those of claims that stand for it. */
  Set<UUID> covering(Held held) {
    Set<UUID> covering = new TreeSet<>(outcome.covered().getOrDefault(held.key(), Set.of()));
    for (UUID other : outcome.repeats().getOrDefault(held.key(), Set.of())) {
      covering.addAll(own.getOrDefault(other, Set.of()));
      covering.addAll(outcome.covered().getOrDefault(other, Set.of()));
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
      Set<UUID> now = new TreeSet<>(own.getOrDefault(held.key(), Set.of()));
      // What was there before, and is as it was, takes nobody's place.
      now.removeIf(id -> held.entries().contains(id) && !written.contains(id));
      now.addAll(covering(held));
      now.addAll(likes.getOrDefault(held.key(), Set.of()));
      for (UUID id : held.entries()) {
        if (gone.contains(id)) {
          successors.computeIfAbsent(id, _ -> new TreeSet<>()).addAll(now);
        }
      }
      for (UUID id : vanished.getOrDefault(held.evidence(), Set.of())) {
        successors.computeIfAbsent(id, _ -> new TreeSet<>()).addAll(fresh(held.key()));
      }
    }
    return successors;
  }

  private Set<UUID> fresh(UUID claim) {
    Set<UUID> fresh = new TreeSet<>(own.getOrDefault(claim, Set.of()));
    fresh.retainAll(written);
    return fresh;
  }

  /** For each claim that was taken back: what tells now what it told. */
  private Map<UUID, Set<UUID>> likes(List<Fine> finer, Set<UUID> gone) {
    Map<UUID, Set<UUID>> likes = new HashMap<>();
    List<Held> again = new ArrayList<>();
    for (Held held : claims) {
      int once = isTakenBack(held, gone) ? Math.max(1, held.entries().size()) : held.count();
      if (once > held.count()) {
        likes.put(held.key(), new TreeSet<>());
      }
      again.add(held.counted(once));
    }
    if (likes.isEmpty()) {
      return likes;
    }
    Merge.Outcome were = Merge.of(again, finer);
    likes.forEach((claim, like) -> {
      like.addAll(were.covered().getOrDefault(claim, Set.of()));
      Set<UUID> same = new HashSet<>(were.repeats().getOrDefault(claim, Set.of()));
      same.add(claim);
      for (Held held : claims) {
        UUID key = held.key();
        Set<UUID> repeated = were.repeats().getOrDefault(key, Set.of());
        if (!key.equals(claim)
            && (same.contains(key) || repeated.stream().anyMatch(same::contains))) {
          like.addAll(fresh(key));
          like.addAll(outcome.covered().getOrDefault(key, Set.of()));
        }
      }
    });
    return likes;
  }

  // One that counts no more keeps the entries that it had; one that counts less had as many.
  private static boolean isTakenBack(Held held, Set<UUID> gone) {
    boolean less = !(held.claim() instanceof OrderRow) && held.count() < held.entries().size();
    return held.entries().stream().anyMatch(gone::contains) && (held.count() == 0 || less);
  }
}
