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

  PostingArrays(List<List<Posting>> moved, Keys keys) {
    int all = moved.stream().mapToInt(List::size).sum();
    int n = moved.size();
    from = new Long[all];
    to = new Long[all];
    assets = new Long[all];
    first = new Integer[n];
    last = new Integer[n];
    amounts = new String[n];
    int at = 0;
    for (int i = 0; i < n; i++) {
      first[i] = at + 1;
      StringBuilder text = new StringBuilder("{");
      for (Posting posting : moved.get(i)) {
        from[at] = keys.account(posting.from());
        to[at] = keys.account(posting.to());
        assets[at] = keys.asset(posting.asset());
        text.append(text.length() > 1 ? "," : "").append(posting.amount());
        at++;
      }
      last[i] = at;
      amounts[i] = text.append('}').toString();
    }
  }
}
