package io.tallystick.venue;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a stream owes its readers, in words: a row of the table of coverage. No part is blank.
 *
 * @param records what kind of record it reads
 * @param proof what proves that a period was read whole
 * @param horizon how far back the venue tells, and since when that is known
 * @param check what its books are held against
 * @param files which export carries the same records
 * @param sources the venue's documents that it rests on
 */
public record Coverage(
    String records, String proof, String horizon, String check, String files, String sources) {

  /** What is said of a kind of record that no stream reads. */
  public static final Coverage NOT_READ =
      new Coverage(
          "Not read by this version (2026-11)",
          "Nothing is read, so nothing is proved",
          "Declared impossible with this version (2026-11)",
          "Balances of its wallets are reported where the venue tells them",
          "Transaction history export and the exports of its pages: changes of its wallets",
          "None");

  /** The parts in the order of the table. */
  public List<String> cells() {
    return Stream.of(records, proof, horizon, check, files, sources).toList();
  }

  /**
   * Records that a venue tells and this version does not read, within a kind of which it reads
   * others: what they move shows in balances alone.
   *
   * @param records what they are, with their lists
   * @param sources the venue's documents that they are in
   */
  public record Unread(Domain domain, String records, String sources) {
    /** What such a row owes its readers. */
    public Coverage coverage() {
      return new Coverage(
          records + ": not read by this version (2026-11)",
          NOT_READ.proof(),
          NOT_READ.horizon(),
          NOT_READ.check(),
          NOT_READ.files(),
          sources);
    }
  }
}
