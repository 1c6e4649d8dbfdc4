package io.tallystick.imports;

import io.tallystick.kernel.Decimals;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.PlanAnswers;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.sandbox.exchange.KeyGrant;
import io.tallystick.sandbox.export.ExportFile;
import io.tallystick.sandbox.export.ExportWish;
import io.tallystick.sandbox.export.Exports;
import io.tallystick.sandbox.export.FileKind;
import io.tallystick.sandbox.export.Generation;
import io.tallystick.sandbox.market.Units;
import io.tallystick.venue.binance.Fixtures;
import io.tallystick.venue.binance.SandboxWalk;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** An account as the exchange shows it, and everything that its holder can bring of it. */
final class ExportedLife {
  static final Instant END = Instant.parse("2026-11-01T00:00:00Z");
  static final Duration WEEK = Duration.ofDays(7);

  final SandboxWalk walk;
  final Account account;
  final Random random;
  private final int days;
  private int made;

  ExportedLife(AccountPlan plan) {
    ApiKey key = new ApiKey("k".repeat(64), "s".repeat(64));
    walk = new SandboxWalk(key, END.minus(Duration.ofDays(500)));
    account = walk.exchange.addAccount(plan);
    account.planAnswers(PlanAnswers.SERVED);
    walk.exchange.addKey(account, KeyGrant.hmac(), key);
    walk.everything();
    random = new Random(plan.seed());
    days = plan.days();
  }

  String uid() {
    return Long.toString(account.uid());
  }

  void pages(Desk.At at, List<SandboxWalk.Page> pages) {
    for (SandboxWalk.Page page : pages) {
      at.account.page(
          at.on, page.stream(), page.partition(), page.records(), Fixtures.markets(walk.markets));
    }
  }

  /** Files of these kinds, each of two or three periods that overlap by a week. */
  List<ExportFile> files(Collection<FileKind> kinds) {
    List<ExportFile> files = new ArrayList<>();
    for (FileKind kind : kinds) {
      int periods = 2 + random.nextInt(2);
      Duration each = Duration.ofDays((days + 500) / periods + 1);
      for (int i = 0; i < periods; i++) {
        Instant from = END.minus(Duration.ofDays(days + 500)).plus(each.multipliedBy(i));
        files.addAll(
            files(ExportWish.all(kind).within(from.minus(WEEK), from.plus(each).plus(WEEK))));
      }
    }
    return files;
  }

  private List<ExportFile> files(ExportWish wish) {
    Generation form = Generation.values()[random.nextInt(2)];
    return files(wish.split(1 + random.nextInt(2)), form);
  }

  /** An export of this form, in some zone. */
  List<ExportFile> files(ExportWish wish, Generation form) {
    made++;
    Instant asked = END.plus(Duration.ofMinutes(made));
    ZoneOffset zone = ZoneOffset.ofTotalSeconds(1_800 * (random.nextInt(48) - 23));
    return Exports.of(account, wish.in(zone).as(form), asked);
  }

  Map<String, String> balances() {
    Map<String, String> truth = new TreeMap<>();
    for (Wallet wallet : List.of(Wallet.SPOT, Wallet.FUNDING)) {
      account
          .holdings(wallet)
          .forEach((asset, held) -> {
            if (held.total() != 0) {
              truth.put(
                  wallet.name().toLowerCase(Locale.ROOT) + "/" + asset,
                  Decimals.text(Units.decimal(held.total())));
            }
          });
    }
    return truth;
  }
}
