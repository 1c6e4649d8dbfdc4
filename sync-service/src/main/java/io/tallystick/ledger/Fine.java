package io.tallystick.ledger;

import io.tallystick.ledger.Claim.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a finer source, as far as coarser ones are compared with it.
 *
 * @param terms of a fill; null for other kinds
 * @param anyWallet whether its source may not tell the wallet, so that another one may be right
 * @param exported whether a file tells it, and none of the venue's own lists
 * @param effects what it did to the holder's wallets
 */
record Fine(
    UUID id,
    Instant at,
    EntryKind kind,
    Entry.@Nullable Terms terms,
    boolean anyWallet,
    boolean exported,
    List<Effect> effects) {

  private static final String VENUE = "venue/";

  /** A change of one wallet, signed. */
  record Effect(String wallet, String asset, BigDecimal amount, Role role) {}

  Fine {
    effects = List.copyOf(effects);
  }

  /**
   * Whether the wallet is a guess: no file of movements names it, and no list of conversions does.
   */
  static boolean anyWallet(EntryKind kind, String rank) {
    boolean moved = kind == EntryKind.DEPOSIT || kind == EntryKind.WITHDRAWAL;
    return kind == EntryKind.CONVERSION || (moved && rank.startsWith(Counted.MARK));
  }

  /** Whether it may be a fill of this order: in its wallet, and of no other order. */
  boolean mayBeOf(Claim.OrderRow row) {
    boolean there = effects.stream().anyMatch(effect -> effect.wallet().equals(row.wallet()));
    String ref = terms == null ? null : terms.orderRef();
    return there && (ref == null || row.orderRef() == null || ref.equals(row.orderRef()));
  }

  /** The same with what these postings did to wallets. */
  Fine after(List<Posting> postings) {
    return new Fine(id, at, kind, terms, anyWallet, exported, effects(kind, postings));
  }

  /** What postings did to wallets; moves and swaps are summed, as statements sum them. */
  static List<Effect> effects(EntryKind kind, List<Posting> postings) {
    List<Effect> plain = new ArrayList<>();
    Role swap = postings.stream().anyMatch(Fine::isBetweenPeople) ? Role.MOVE : Role.SWAP;
    for (Posting posting : postings) {
      String from = wallet(posting.from());
      String to = wallet(posting.to());
      Role role = from != null && to != null ? Role.TRANSFER : role(kind, posting, swap);
      if (from != null) {
        plain.add(new Effect(from, posting.asset(), posting.amount().negate(), role));
      }
      if (to != null) {
        plain.add(new Effect(to, posting.asset(), posting.amount(), role));
      }
    }
    return kind == EntryKind.TRADE ? plain : summed(plain);
  }

  private static List<Effect> summed(List<Effect> plain) {
    Map<List<Object>, Effect> sums = new LinkedHashMap<>();
    for (Effect effect : plain) {
      sums.merge(
          List.of(effect.wallet(), effect.asset(), effect.role()),
          effect,
          (a, b) -> new Effect(a.wallet(), a.asset(), a.amount().add(b.amount()), a.role()));
    }
    return sums.values().stream().filter(effect -> effect.amount().signum() != 0).toList();
  }

  // What is bought of a person or sold to one is a swap to the venue's list, and to the statement a
  // coin that comes or goes.
  private static boolean isBetweenPeople(Posting posting) {
    Account people = Account.external("p2p");
    return posting.from().equals(people) || posting.to().equals(people);
  }

  private static Role role(EntryKind kind, Posting posting, Role swap) {
    // What a product keeps or adds when its money comes back is part of its way to the statement.
    if (kind == EntryKind.INTERNAL_TRANSFER) {
      return Role.TRANSFER;
    }
    String other = wallet(posting.from()) == null ? posting.from().path() : posting.to().path();
    if (other.startsWith("fees/")) {
      return switch (kind) {
        case TRADE -> Role.FEE;
        // Statements tell what is left of a conversion after its charge.
        case CONVERSION -> swap;
        case INTERNAL_TRANSFER -> Role.TRANSFER;
        case DEPOSIT, WITHDRAWAL, INCOME, FEE, UNCLASSIFIED -> Role.MOVE;
      };
    }
    if (other.equals(Account.TRADING.path())) {
      return kind == EntryKind.TRADE ? Role.TRADE : swap;
    }
    if (other.startsWith("external/")) {
      return Role.MOVE;
    }
    return other.startsWith("income/") ? Role.INCOME : Role.OTHER;
  }

  /** The wallet's name behind an account; null when the account is none. */
  private static @Nullable String wallet(Account account) {
    String path = account.path();
    return path.startsWith(VENUE) ? path.substring(path.indexOf('/', VENUE.length()) + 1) : null;
  }
}
