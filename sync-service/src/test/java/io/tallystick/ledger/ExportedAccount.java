package io.tallystick.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tallystick.kernel.Decimals;
import io.tallystick.ledger.Life.Source;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.EarnEvent;
import io.tallystick.sandbox.account.Event;
import io.tallystick.sandbox.account.Move;
import io.tallystick.sandbox.account.PlanAnswers;
import io.tallystick.sandbox.account.SwapEvent;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.export.ExportFile;
import io.tallystick.sandbox.export.ExportWish;
import io.tallystick.sandbox.export.Exports;
import io.tallystick.sandbox.export.FileKind;
import io.tallystick.sandbox.export.Generation;
import io.tallystick.sandbox.market.Units;
import io.tallystick.venue.Domain;
import io.tallystick.venue.Exports.Line;
import io.tallystick.venue.Exports.Meaning;
import io.tallystick.venue.binance.Fixtures;
import io.tallystick.venue.binance.SandboxWalk;
import io.tallystick.venue.binance.importing.BinanceExports;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * An account of the sandbox exchange, as its signed answers tell it and as its files do: written by
 * the exchange in the form of either generation and read by the adapter. Zones and forms come from
 * the seed.
 */
final class ExportedAccount implements Told {
  private static final Instant MADE = Instant.parse("2026-11-02T10:00:00Z");

  private final SandboxWalk walk;
  private final Account account;
  private final List<Entry> api;
  private final Map<Source, List<Meaning>> meanings = new EnumMap<>(Source.class);

  ExportedAccount(AccountPlan plan) {
    ApiKey key = new ApiKey("k".repeat(64), "s".repeat(64));
    walk = new SandboxWalk(key, MADE.minusSeconds(86_400L * 1_200));
    account = walk.exchange.addAccount(plan);
    account.planAnswers(PlanAnswers.SERVED);
    walk.exchange.addKey(account, KeyGrant.hmac(), key);
    walk.everything();
    api = walk.entries();
    SplittableRandom random = new SplittableRandom(plan.seed());
    for (Source source : Source.values()) {
      if (source != Source.API) {
        ExportWish wish =
            ExportWish.all(kind(source))
                .in(ZoneOffset.ofTotalSeconds(1_800 * (random.nextInt(48) - 23)))
                .as(Generation.values()[random.nextInt(2)]);
        meanings.put(source, read(wish));
      }
    }
  }

  private static FileKind kind(Source source) {
    return switch (source) {
      case STATEMENT -> FileKind.STATEMENT;
      case TRADES -> FileKind.SPOT_TRADES;
      case ORDERS -> FileKind.SPOT_ORDERS;
      case DEPOSITS -> FileKind.DEPOSITS;
      case WITHDRAWALS -> FileKind.WITHDRAWALS;
      case CONVERTS -> FileKind.CONVERTS;
      case API -> throw new IllegalArgumentException("the signed answers are no file");
    };
  }

  /** What the rows of an export mean, each that was understood. */
  List<Meaning> read(ExportWish wish) {
    List<Meaning> all = new ArrayList<>();
    for (ExportFile file : Exports.of(account, wish, MADE)) {
      try {
        Path path = Files.createTempFile("export", ".csv");
        Files.write(path, file.content().bytes());
        int before = all.size();
        read(path, file.name(), all);
        assertEquals(file.rows(), all.size() - before, file.name());
        Files.delete(path);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return all;
  }

  private void read(Path path, String name, List<Meaning> into) throws IOException {
    try (var upload = new BinanceExports().open(path.toFile(), name, Map.of())) {
      assertNull(upload.refusal(), name);
      var table = upload.tables().getFirst();
      assertNull(table.refusal(), name);
      assertEquals(List.of(), table.questions(), name);
      if (table.empty()) {
        return;
      }
      try (var lines = upload.lines(table, Fixtures.markets(walk.markets))) {
        for (Line line = lines.next(); !(line instanceof Line.End); line = lines.next()) {
          switch (line) {
            case Line.Told told -> into.add(told.meaning());
            case Line.Broken broken -> throw new AssertionError(name + ": " + broken);
            case Line.End _ -> {}
          }
        }
      }
    }
  }

  @Override
  public List<Entry> api() {
    return api;
  }

  @Override
  public Map<Entry, Integer> rows(Source source) {
    Map<Entry, Integer> counts = new LinkedHashMap<>();
    Map<List<Object>, Entry> first = new LinkedHashMap<>();
    for (Meaning meaning : meanings.getOrDefault(source, List.of())) {
      if (meaning instanceof Meaning.Event(Entry entry, Domain _)) {
        Identity it = entry.identity();
        List<Object> facts = List.of(it.fact(), it.parts(), String.valueOf(it.second()));
        counts.merge(first.computeIfAbsent(facts, _ -> entry), 1, Integer::sum);
      }
    }
    return counts;
  }

  @Override
  public Map<Claim, Integer> claims(Source source) {
    Map<Claim, Integer> counts = new LinkedHashMap<>();
    for (Meaning meaning : meanings.getOrDefault(source, List.of())) {
      if (meaning instanceof Meaning.Coarse(Claim claim, boolean _)) {
        counts.merge(claim, 1, Integer::sum);
      }
    }
    return counts;
  }

  /** What the exchange really holds, by wallet and asset, without zeros. */
  Map<String, String> balances() {
    return shown(held(true));
  }

  /** The same without what the files of single kinds cannot tell: wallets, and other events. */
  Map<String, String> balancesOfFineFiles() {
    Map<String, BigDecimal> held = held(false);
    for (Event event : account.events(Event.class)) {
      if (!(event instanceof SwapEvent.Convert)) {
        for (Move move : event.moves()) {
          held.merge(move.asset(), Units.decimal(-move.units()), BigDecimal::add);
        }
      }
    }
    return shown(held);
  }

  /** The same without what grew inside savings, of which the statement has no row. */
  Map<String, String> balancesOfTheStatement() {
    Map<String, BigDecimal> held = held(true);
    for (EarnEvent.FlexibleReward reward : account.events(EarnEvent.FlexibleReward.class)) {
      for (Move move : reward.moves()) {
        if (move.wallet() == Wallet.EARN_FLEXIBLE) {
          String place = name(move.wallet()) + "/" + move.asset();
          held.merge(place, Units.decimal(-move.units()), BigDecimal::add);
        }
      }
    }
    return Life.savedAsOne(shown(held));
  }

  private Map<String, BigDecimal> held(boolean byWallet) {
    Map<String, BigDecimal> truth = new TreeMap<>();
    for (Wallet wallet : Wallet.values()) {
      account
          .holdings(wallet)
          .forEach((asset, held) ->
              truth.merge(
                  byWallet ? name(wallet) + "/" + asset : asset,
                  Units.decimal(held.total()),
                  BigDecimal::add));
    }
    return truth;
  }

  private static Map<String, String> shown(Map<String, BigDecimal> balances) {
    Map<String, String> shown = new TreeMap<>();
    balances.forEach((place, total) -> {
      if (total.signum() != 0) {
        shown.put(place, Decimals.text(total));
      }
    });
    return shown;
  }

  /** Balances of all wallets together. */
  static Map<String, String> together(Map<String, String> byWallet) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    byWallet.forEach((place, total) ->
        sums.merge(place.substring(place.indexOf('/') + 1), Decimals.of(total), BigDecimal::add));
    return shown(sums);
  }

  private static String name(Wallet wallet) {
    return switch (wallet) {
      case SPOT -> "spot";
      case FUNDING -> "funding";
      case EARN_FLEXIBLE -> "earn-flexible";
      case EARN_LOCKED -> "earn-locked";
      case CROSS_MARGIN -> "margin-cross";
      case USD_M_FUTURES -> "futures-usdm";
    };
  }
}
