package io.tallystick.ledger;

import io.tallystick.ledger.LedgerStore.Keys;
import java.util.List;
import java.util.function.Function;

/** What entries move, as the texts of their arrays: the n-th elements of the four are a posting. */
final class PostingArrays {
  final String[] from;
  final String[] to;
  final String[] assets;
  final String[] amounts;

  PostingArrays(List<List<Posting>> moved, Keys keys) {
    int n = moved.size();
    from = new String[n];
    to = new String[n];
    assets = new String[n];
    amounts = new String[n];
    for (int i = 0; i < n; i++) {
      List<Posting> postings = moved.get(i);
      from[i] = text(postings, posting -> keys.account(posting.from()));
      to[i] = text(postings, posting -> keys.account(posting.to()));
      assets[i] = text(postings, posting -> keys.asset(posting.asset()));
      amounts[i] = text(postings, Posting::amount);
    }
  }

  private static String text(List<Posting> postings, Function<Posting, Object> value) {
    StringBuilder text = new StringBuilder("{");
    for (Posting posting : postings) {
      if (text.length() > 1) {
        text.append(',');
      }
      text.append(value.apply(posting));
    }
    return text.append('}').toString();
  }
}
