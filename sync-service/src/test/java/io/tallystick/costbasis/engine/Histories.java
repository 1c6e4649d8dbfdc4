package io.tallystick.costbasis.engine;

import io.tallystick.costbasis.AcquisitionKind;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Amount.Cause;
import io.tallystick.costbasis.DisposalKind;
import io.tallystick.costbasis.Event;
import io.tallystick.costbasis.IncomeKind;
import io.tallystick.costbasis.Leg;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Ratio;
import io.tallystick.costbasis.Selection;
import io.tallystick.costbasis.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random histories from a seed: crowded days and instants, shortfalls, splits, unknown values. */
final class Histories {

  private static final List<String> ASSETS = List.of("AAA", "BBB", "CCC");
  private static final List<String> WALLETS = List.of("w1", "w2", "w3");
  private static final List<AcquisitionKind> IN =
      List.of(
          AcquisitionKind.GIFT,
          AcquisitionKind.OPENING,
          AcquisitionKind.UNLINKED_DEPOSIT,
          AcquisitionKind.OPENING);
  private static final List<String> RATIOS = List.of("2", "1/2", "1/3", "7/3", "1/1000");

  /** What a history may contain. */
  record Spice(boolean unknowns, boolean splits, boolean selections, boolean transfers) {
    static final Spice ALL = new Spice(true, true, true, true);
    static final Spice PLAIN = new Spice(false, false, false, false);
  }

  private final Random random;
  private final Spice spice;
  private final List<Event> events = new ArrayList<>();
  private Instant now = Instant.parse("2023-01-01T08:00:00Z");

  private Histories(long seed, Spice spice) {
    this.random = new Random(seed);
    this.spice = spice;
  }

  /** A history in order of time. */
  static List<Event> of(long seed, Spice spice) {
    Histories histories = new Histories(seed, spice);
    int count = 15 + histories.random.nextInt(45);
    for (int i = 0; i < count; i++) {
      histories.step();
    }
    return histories.events;
  }

  /** Buys and sells of one asset for cash in one wallet, never more than is held. */
  static List<Event> simple(long seed, boolean soldOut) {
    Histories histories = new Histories(seed, Spice.PLAIN);
    BigDecimal held = BigDecimal.ZERO;
    int count = 6 + histories.random.nextInt(24);
    for (int i = 0; i < count; i++) {
      histories.now = histories.now.plusSeconds(1 + histories.random.nextInt(20 * 86_400));
      Source source = new Source("s%03d".formatted(i), histories.now, "w1");
      BigDecimal money = histories.decimal(90_000, 2);
      Leg cash = new Leg("USD", money, Amount.of(money));
      BigDecimal quantity = histories.decimal(900, 2);
      boolean last = i == count - 1;
      boolean sell = held.signum() > 0 && (last ? soldOut : histories.chance(45));
      if (last && !sell && soldOut) {
        break;
      }
      if (sell) {
        quantity = last ? held : quantity.min(held);
      }
      Leg leg = new Leg("AAA", quantity, Amount.of(money));
      held = sell ? held.subtract(quantity) : held.add(quantity);
      histories.events.add(
          new Event.Traded(
              source, sell ? leg : cash, sell ? cash : leg, List.of(), Selection.NONE));
    }
    return histories.events;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private BigDecimal decimal(int most, int places) {
    return BigDecimal.valueOf(1 + random.nextInt(most), places);
  }

  private Amount worth(String entry) {
    return spice.unknowns && chance(4)
        ? Amount.unknown(Cause.MISSING_PRICE, entry)
        : Amount.of(decimal(500_000, 2));
  }

  private Instant tick() {
    if (chance(80)) {
      now = now.plusSeconds(chance(50) ? random.nextInt(7200) : random.nextInt(40 * 86_400));
    }
    return now;
  }

  private List<Leg> fees(String entry) {
    if (chance(50)) {
      return List.of();
    }
    if (chance(40)) {
      BigDecimal cash = decimal(900, 2);
      return List.of(new Leg("USD", cash, Amount.of(cash)));
    }
    Amount worth =
        spice.unknowns && chance(5)
            ? Amount.unknown(Cause.MISSING_PRICE, entry)
            : Amount.of(decimal(900, 2));
    return List.of(new Leg(any(ASSETS), decimal(40, 3), worth));
  }

  private Selection selection(Instant at) {
    if (!spice.selections || events.isEmpty() || !chance(15)) {
      return Selection.NONE;
    }
    List<Selection.Pick> picks = new ArrayList<>();
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      picks.add(new Selection.Pick(any(events).source().entry(), decimal(900, 2)));
    }
    return new Selection(picks, chance(80) ? at : at.plusSeconds(1));
  }

  private void step() {
    // Shuffled numbers: the order of entries is not the order of time.
    String entry = "e%04d".formatted((events.size() * 37 + 11) % 1009);
    Source source = new Source(entry, tick(), any(WALLETS));
    String asset = any(ASSETS);
    BigDecimal quantity = decimal(900, chance(50) ? 2 : 4);
    Amount worth = worth(entry);
    Leg leg = new Leg(asset, quantity, worth);
    int dice = random.nextInt(100);
    if (dice < 34) {
      Leg bought = new Leg(asset, quantity.multiply(BigDecimal.valueOf(3)), worth);
      events.add(new Event.Traded(source, cash(worth), bought, fees(entry), Selection.NONE));
    } else if (dice < 58) {
      events.add(new Event.Traded(source, leg, cash(worth), fees(entry), selection(source.at())));
    } else if (dice < 72) {
      String other = ASSETS.get((ASSETS.indexOf(asset) + 1) % ASSETS.size());
      Leg received = new Leg(other, decimal(900, 2), worth);
      events.add(new Event.Traded(source, leg, received, fees(entry), selection(source.at())));
    } else if (dice < 78) {
      events.add(new Event.Earned(source, IncomeKind.STAKING, leg));
    } else if (dice < 82) {
      int days = List.of(200, 9, 0).get(events.size() % 3);
      Instant acquired = chance(30) ? OpenLot.UNDATED : source.at().minusSeconds(86_400L * days);
      AcquisitionKind kind = IN.get(events.size() % 4);
      events.add(new Event.Acquired(source, kind, leg, List.of(), acquired));
    } else if (dice < 85) {
      DisposalKind kind = chance(50) ? DisposalKind.LOST : DisposalKind.DONATION;
      events.add(new Event.Disposed(source, kind, leg, List.of(), Selection.NONE));
    } else if (dice < 88 && spice.splits) {
      events.add(new Event.Split(source, asset, Ratio.of(any(RATIOS))));
    } else if (spice.transfers) {
      List<Leg> fee = chance(50) ? List.of() : List.of(new Leg(asset, decimal(9, 3), worth));
      String to = any(WALLETS);
      events.add(new Event.Transferred(source, to, asset, quantity, fee, selection(source.at())));
    } else {
      events.add(
          new Event.Disposed(source, DisposalKind.PAYMENT, leg, List.of(), selection(source.at())));
    }
  }

  private static Leg cash(Amount worth) {
    return switch (worth) {
      case Amount.Known(BigDecimal value) -> new Leg("USD", value, worth);
      // Foreign money whose rate is missing: cash, but of unknown worth.
      case Amount.Unknown _ -> new Leg("XXF", BigDecimal.TEN, worth);
    };
  }
}
