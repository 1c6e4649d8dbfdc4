package io.tallystick.ledger;

import io.tallystick.ledger.LedgerStore.Keys;
import java.util.List;

/**
 * What entries move, as arrays: those of one entry stand from its first to its last, counted from
 * one, and the n-th of each are a posting. Amounts are the texts of an array for each entry, for an
 * array of numbers can only be walked through, not cut.
 */
final class PostingArrays {
  final Long[] from;
  final Long[] to;
  final Long[] assets;
  final Integer[] first;
  final Integer[] last;
  final String[] amounts;

  /** The arrays of these entries; what they move is added to the deltas. */
  PostingArrays(List<Planned> plans, Keys keys, Deltas deltas) {
    int all = plans.stream().mapToInt(plan -> plan.booking().entry().postings().size()).sum();
    int n = plans.size();
    from = new Long[all];
    to = new Long[all];
    assets = new Long[all];
    first = new Integer[n];
    last = new Integer[n];
    amounts = new String[n];
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (int i = 0; i < n; i++) {
      Entry entry = plans.get(i).booking().entry();
      first[i] = at + 1;
      text.setLength(0);
      text.append('{');
      for (Posting posting : entry.postings()) {
        from[at] = keys.account(posting.from());
        to[at] = keys.account(posting.to());
        assets[at] = keys.asset(posting.asset());
        deltas.add(entry.occurredAt(), from[at], to[at], assets[at], posting.amount());
        text.append(text.length() > 1 ? "," : "").append(posting.amount());
        at++;
      }
      last[i] = at;
      amounts[i] = text.append('}').toString();
    }
  }
}
