package io.tallystick.ledger;

import io.tallystick.ledger.Life.Source;
import java.util.List;
import java.util.Map;

/** What the sources of one account tell of it. */
interface Told {
  /** The entries of the venue's own lists. */
  List<Entry> api();

  /** Rows of a file as entries, equal ones as often as the file has them. */
  Map<Entry, Integer> rows(Source source);

  /** The claims of the statement or the order file. */
  Map<Claim, Integer> claims(Source source);
}
