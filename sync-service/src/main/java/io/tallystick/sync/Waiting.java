package io.tallystick.sync;

import io.tallystick.evidence.Kept;
import io.tallystick.ledger.Claim;
import io.tallystick.ledger.Claimed;
import io.tallystick.venue.Reading;
import java.util.List;
import java.util.Set;

/** What a record tells that waits for a finer one. */
final class Waiting {
  private Waiting() {}

  /**
   * The claim of a record, whose asset was seen; where that corrects facts, the claim that was made
   * of these is gone.
   */
  static List<Claimed> of(PageCommit.Input input, Kept kept, Claim claim, Set<String> assets) {
    int version = input.stream().mappingVersion();
    Claimed now = new Claimed(claim, 1, kept.id(), version);
    if (claim instanceof Claim.Leg leg) {
      assets.add(leg.asset());
    }
    Reading first =
        kept.revision() == 1
            ? null
            : input.stream().map(input.partition(), kept.first(), input.markets());
    return first instanceof Reading.Claimed(Claim before) && !before.equals(claim)
        ? List.of(new Claimed(before, 0, null, version), now)
        : List.of(now);
  }
}
