package io.tallystick.sandbox.account;

import io.tallystick.sandbox.market.Listing;
import io.tallystick.sandbox.market.Market;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Chooses which symbols an account trades, from when to when, and which assets it sells off. */
final class SlotPicker {
  private static final Set<String> QUOTES = Set.of("USDT", "BTC", "ETH", "BNB", "FDUSD", "USDC");
  // The awkward names come early, so that small accounts have them too.
  private static final List<String> FIRST =
      List.of(
          "BTCUSDT",
          "BNBUSDT",
          "1INCHUSDT",
          "币安人生USDT",
          "ETHUSDT",
          "ETHBTC",
          "BTCFDUSD",
          "1000SATSUSDT",
          "4USDT",
          "1E3USDT",
          "NULLUSDT",
          "LDOUSDT");

  private final Account account;
  private final Market market;
  private final AccountPlan plan;
  private final SplittableRandom random;
  private final Set<String> soldOff = new LinkedHashSet<>();

  SlotPicker(Account account, Market market, AccountPlan plan, SplittableRandom random) {
    this.account = account;
    this.market = market;
    this.plan = plan;
    this.random = random;
  }

  Set<String> soldOff() {
    return soldOff;
  }

  List<Slot> slots() {
    List<Listing> chosen = new ArrayList<>(listed());
    chosen.addAll(some(market.removed(), plan.removedSymbols(), new HashSet<>()));
    List<String> bases =
        chosen.reversed().stream()
            .map(l -> l.base().name())
            .filter(b -> !QUOTES.contains(b))
            .distinct()
            .toList();
    soldOff.addAll(bases.subList(0, Math.min(plan.soldOff(), bases.size())));
    Map<String, Integer> exits = new HashMap<>();
    List<Slot> slots = new ArrayList<>();
    for (Listing listing : chosen) {
      boolean leaves = soldOff.contains(listing.base().name());
      int closes =
          leaves
              ? exits.computeIfAbsent(listing.base().name(), b -> 350 + random.nextInt(550))
              : random.nextInt(4) == 0 ? 250 + random.nextInt(300) : AccountGenerator.WHOLE + 1;
      int opens = slots.size() < 4 ? 0 : random.nextInt(Math.min(600, closes - 150));
      SymbolBook book =
          account.book(listing, random.nextInt(2_000), 10_000L + random.nextInt(5_000));
      slots.add(new Slot(book, opens, closes, leaves));
    }
    return slots;
  }

  private List<Listing> listed() {
    List<Listing> chosen = new ArrayList<>();
    for (String symbol : FIRST) {
      Optional<Listing> listing = market.listed(symbol);
      if (listing.isPresent() && chosen.size() < plan.symbols()) {
        chosen.add(listing.get());
      }
    }
    Set<String> taken = new HashSet<>();
    chosen.forEach(l -> taken.add(l.symbol()));
    List<Listing> rest =
        market.listed().stream()
            .filter(l -> l.shownByDefault() && QUOTES.contains(l.quote().name()))
            .toList();
    if (!plan.homeQuote().isEmpty()) {
      List<Listing> home =
          rest.stream().filter(l -> l.quote().name().equals(plan.homeQuote())).toList();
      chosen.addAll(some(home, (plan.symbols() - chosen.size()) * 4 / 5, taken));
      chosen.forEach(l -> taken.add(l.symbol()));
    }
    chosen.addAll(some(rest, plan.symbols() - chosen.size(), taken));
    return chosen;
  }

  private List<Listing> some(List<Listing> from, int count, Set<String> taken) {
    record Drawn(Listing listing, int number) {}
    return from.stream()
        .filter(l -> !taken.contains(l.symbol()))
        .map(l -> new Drawn(l, random.nextInt()))
        .sorted(Comparator.comparingInt(Drawn::number).thenComparing(d -> d.listing().symbol()))
        .limit(Math.max(0, count))
        .map(Drawn::listing)
        .toList();
  }
}
