package io.tallystick.venue.binance.reading;

import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Account;
import io.tallystick.ledger.Entry;
import io.tallystick.ledger.EntryKind;
import io.tallystick.ledger.EntryState;
import io.tallystick.ledger.Identity;
import io.tallystick.ledger.Posting;
import io.tallystick.venue.Reading;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules that entries of several streams share. */
public final class Movement {
  private static final Pattern CHAIN_HASH =
      Pattern.compile("(?:0x)?([0-9a-f]{64})(?::[0-9]{1,9})?", Pattern.CASE_INSENSITIVE);
  private static final Pattern OFF_CHAIN =
      Pattern.compile("(?:internal|off-chain) transfer ([0-9]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9._-]{1,32}");

  private Movement() {}

  /** Adds the posting when there is something to move: a zero or negative amount gives none. */
  public static void post(
      List<Posting> postings, Account from, Account to, String asset, BigDecimal amount) {
    if (amount.signum() > 0) {
      postings.add(new Posting(from, to, asset, amount));
    }
  }

  /** Sorts equals by the venue's time, then by its id. */
  public static String rank(Instant time, long id, String tail) {
    return rank(time, padded(id, 19) + ":" + tail);
  }

  /** Sorts equals by the venue's time, then by its id as text. */
  public static String rank(Instant time, String id) {
    return padded(time.toEpochMilli(), 15) + ":" + id;
  }

  // As %0<width>d formats it, at a tenth of the price: each fill has two.
  private static String padded(long number, int width) {
    String digits = Long.toString(number);
    if (number < 0) {
      return String.format(Locale.ROOT, "%0" + width + "d", number);
    }
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  /**
   * A txid as all sources can agree on it: hexadecimal hashes without {@code 0x}, output number and
   * upper case, transfers inside the venue by their number, whichever of its two names the venue
   * gives them, all others (base58) as they are; null for the marks of absence.
   */
  public static @Nullable String txid(@Nullable String text) {
    String trimmed = text == null ? "" : text.strip();
    if (trimmed.chars().allMatch(c -> c == '-')) {
      return null;
    }
    Matcher hash = CHAIN_HASH.matcher(trimmed);
    if (hash.matches()) {
      return hash.group(1).toLowerCase(Locale.ROOT);
    }
    Matcher inside = OFF_CHAIN.matcher(trimmed);
    return inside.matches() ? "internal transfer " + inside.group(1) : trimmed;
  }

  /**
   * What makes a deposit or withdrawal the same in every source: coin, txid and amount, or its
   * second where there is no txid. Sources differ in the second, so it is no part otherwise; equals
   * (two outputs of one transaction) are told apart by their rank.
   */
  public static Identity identity(
      String fact, String coin, @Nullable String txid, BigDecimal amount, Instant at, String id) {
    String known = txid(txid);
    String second = "at " + at.truncatedTo(ChronoUnit.SECONDS);
    List<String> parts = List.of(coin, known == null ? second : known, Decimals.text(amount));
    return new Identity(fact, parts, null, rank(at, id));
  }

  /** An event that is the same in every source when these facts and its second are. */
  public static Identity event(String fact, Instant at, String id, String... parts) {
    Instant second = at.truncatedTo(ChronoUnit.SECONDS);
    return new Identity(fact, List.of(parts), second, rank(at, id));
  }

  /** An entry of a kind that has neither terms nor a network. */
  public static Reading booked(
      EntryKind kind,
      EntryState state,
      Instant at,
      Identity identity,
      Details details,
      List<Posting> postings) {
    List<Posting> moved = state == EntryState.SETTLED ? postings : List.of();
    return new Reading.Booked(
        new Entry(kind, state, at, identity, null, null, details.asMap(), moved));
  }

  /** The world outside: another user of the venue, or a chain by the venue's name of it. */
  public static Account outside(boolean internal, @Nullable String network) {
    if (internal) {
      return Account.external("internal");
    }
    String named = network == null ? "" : network;
    return Account.external(NETWORK.matcher(named).matches() ? named : "unknown");
  }

  /**
   * The wallet of {@code walletType} on the capital endpoints, where 0 is spot and 1 is funding
   * (Wallet docs, Deposit History; other endpoints count differently). Null for others.
   */
  public static @Nullable Account wallet(long walletType) {
    if (walletType == 0) {
      return Account.wallet("spot");
    }
    return walletType == 1 ? Account.wallet("funding") : null;
  }
}
