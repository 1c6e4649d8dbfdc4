package io.tallystick.ledger;

/**
 * Where postings begin and end. A path of words: {@code venue/<connection>/<wallet>}, {@code
 * trading}, {@code fees/<connection>}, {@code income/<kind>}, {@code external/<network>}, {@code
 * loans/<connection>}, {@code suspense}, {@code opening}. Before the connection is known its place
 * is held by {@code @}.
 */
public record Account(String path) {
  /** The other side of every trade: what is given goes in, what is received comes out. */
  public static final Account TRADING = new Account("trading");

  /** What the venue kept for its services on this connection. */
  public static final Account FEES = new Account("fees/@");

  /** What the venue lent on this connection and was not given back yet. */
  public static final Account LOANS = new Account("loans/@");

  /** Movements whose meaning is unknown; counted as unexplained. */
  public static final Account SUSPENSE = new Account("suspense");

  /** Only a person's declaration may post here; the service never does. */
  public static final Account OPENING = new Account("opening");

  public Account {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("an account needs a path");
    }
  }

  /** A sub-account inside the venue, for example {@code spot}. */
  public static Account wallet(String wallet) {
    return new Account("venue/@/" + wallet);
  }

  /** The world outside the venue, by network; {@code unknown} when the venue did not say. */
  public static Account external(String network) {
    return new Account("external/" + network);
  }

  /** The same account on one connection. */
  public Account on(String connection) {
    return path.contains("@") ? new Account(path.replace("@", connection)) : this;
  }

  /** The key of its rows: made of the path, the same on every node. */
  public long key() {
    return LedgerStore.accountKey(path);
  }
}
