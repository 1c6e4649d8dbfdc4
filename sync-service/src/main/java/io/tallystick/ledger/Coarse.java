package io.tallystick.ledger;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Digests;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Ids;
import io.tallystick.ledger.Claim.Held;
import io.tallystick.ledger.Claim.Leg;
import io.tallystick.ledger.Claim.OrderRow;
import io.tallystick.ledger.Claim.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An entry made of claims, because nothing finer tells what they tell.
 *
 * @param seed the claims that name it: those of an order by the order alone, so that its id stays
 *     when legs are found for it
 * @param named the instant that is part of its id; not always that at which it took effect
 * @param claims all claims it is made of, each as often as it counts, in order of their keys
 */
record Coarse(
    EntryKind kind,
    Instant at,
    Instant named,
    List<UUID> seed,
    List<Held> claims,
    List<Posting> postings,
    Map<String, String> details) {

  /** What ranks of such entries begin with: behind all ranks of finer sources. */
  static final String MARK = Slot.EXPORTED + "c";

  /** One leg, once: equal legs are as many. */
  record Atom(Held held, Leg leg, int ordinal) {
    static final Comparator<Atom> BY_TIME =
        Comparator.comparing((Atom atom) -> atom.leg().at()).thenComparing(a -> a.held().key());

    BigDecimal change() {
      return leg.change();
    }

    /** What an entry of it is named by. */
    UUID seed() {
      return Coarse.seed(held, leg);
    }
  }

  /** What a leg is named by: of a row with two results that may be told apart, each by its own. */
  private static UUID seed(Held held, Leg leg) {
    return isApart(held) && leg.role() == Role.OTHER
        ? Ids.timed(leg.at(), Digests.sha256(Frame.of("tallystick/second/1", held.key())))
        : held.key();
  }

  private static boolean isApart(Held held) {
    return held.claim() instanceof Act act && act.tie() == Act.Tie.RESULT;
  }

  /** The names under which a claim is booked. */
  static List<UUID> names(Held held) {
    return held.claim() instanceof Act act && isApart(held)
        ? act.legs().stream().map(leg -> seed(held, leg)).toList()
        : List.of(held.key());
  }

  /** The name under which a claim is booked by this entry. */
  UUID name(Held held) {
    return isApart(held) ? seed.getFirst() : held.key();
  }

  /** The id of an entry that has this one name alone. */
  static UUID id(byte[] connection, UUID name, Instant at, int ordinal) {
    return new Identity("claims", List.of(name.toString()), at, "").id(connection, ordinal);
  }

  Coarse {
    seed = List.copyOf(seed);
    claims = claims.stream().sorted(Comparator.comparing(Held::key)).toList();
    postings = List.copyOf(postings);
    details = Map.copyOf(details);
  }

  /** An entry of legs alone. */
  static Coarse of(EntryKind kind, List<Atom> atoms, List<Posting> postings) {
    List<Held> claims = atoms.stream().map(Atom::held).toList();
    List<UUID> seed = atoms.stream().map(Atom::seed).sorted().toList();
    Instant at = atoms.stream().map(atom -> atom.leg().at()).min(Comparator.naturalOrder()).get();
    return new Coarse(kind, at, at, seed, claims, postings, Map.of());
  }

  /** Legs that nobody can put together: their effect on balances, and the word that it is open. */
  static Coarse unexplained(List<Atom> atoms) {
    return of(EntryKind.UNCLASSIFIED, atoms, through(atoms, Account.SUSPENSE));
  }

  /** What legs did, against one account: in and out are kept apart. */
  static List<Posting> through(List<Atom> atoms, Account contra) {
    record Side(String wallet, String asset, int sign) {}
    Map<Side, BigDecimal> sums =
        new TreeMap<>(
            Comparator.comparingInt(Side::sign)
                .thenComparing(Side::wallet)
                .thenComparing(Side::asset));
    for (Atom atom : atoms) {
      Leg leg = atom.leg();
      Side side = new Side(leg.wallet(), leg.asset(), leg.change().signum());
      sums.merge(side, leg.change().abs(), BigDecimal::add);
    }
    List<Posting> postings = new ArrayList<>();
    sums.forEach((side, sum) -> {
      boolean owed = side.wallet().equals(Leg.LOANS);
      Account wallet = owed ? Account.LOANS : Account.wallet(side.wallet());
      postings.add(
          side.sign() < 0
              ? new Posting(wallet, contra, side.asset(), sum)
              : new Posting(contra, wallet, side.asset(), sum));
    });
    return postings;
  }

  /** What a trade's legs did: fees go to the fees, all else through trading. */
  static List<Posting> traded(List<Atom> atoms) {
    List<Posting> postings = new ArrayList<>(through(of(atoms, false), Account.TRADING));
    postings.addAll(through(of(atoms, true), Account.FEES));
    return postings;
  }

  private static List<Atom> of(List<Atom> atoms, boolean fees) {
    return atoms.stream().filter(atom -> (atom.leg().role() == Role.FEE) == fees).toList();
  }

  /** The kind of record it is read from, as consents name it: that of its legs, or trades. */
  String domain() {
    return claims.stream()
        .map(held -> held.claim() instanceof OrderRow ? "trades" : held.claim().domain())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** The latest version of the dictionary that a word of its claims was read by. */
  int dictionary() {
    return claims.stream().mapToInt(Held::dictionary).max().orElseThrow();
  }

  /** What makes it this entry and no other. */
  Identity identity() {
    List<String> parts = seed.stream().map(UUID::toString).toList();
    return new Identity("claims", parts, named, MARK + digest());
  }

  /** The entry, ready to be booked. */
  Entry entry() {
    return new Entry(kind, EntryState.SETTLED, at, identity(), null, null, details, postings);
  }

  // Part of the rank, so that a slot tells whether it holds this already.
  private String digest() {
    List<Object> fields = new ArrayList<>();
    fields.add(kind.code());
    fields.add(at);
    claims.forEach(held -> fields.add(held.key()));
    for (Posting posting : postings) {
      fields.add(posting.from().path());
      fields.add(posting.to().path());
      fields.add(posting.asset());
      fields.add(Decimals.text(posting.amount()));
    }
    byte[] digest = Digests.sha256(Frame.of(fields.toArray()));
    return HexFormat.of().formatHex(digest, 0, 16);
  }
}
