package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import io.tallystick.kernel.Decimals;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
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
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The exchange's own files of a generated account, brought as its holder would: quarters that
 * overlap, parts, forms of two generations, in any order among the pages of the signed answers.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ExportedFilesTest {
  private static final Instant END = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  @Inject Desk desk;

  /** An account as the exchange shows it, and everything that can be brought of it. */
  private static final class Life {
    final SandboxWalk walk;
    final Account account;
    final Random random;
    final int days;
    private int made;

    Life(long seed, int fills, int converts, int days) {
      Variety variety = Variety.NONE.withBursts(0, 0, converts);
      AccountPlan plan =
          new AccountPlan("brought", seed, 5, 0, 1, fills, 10, 12, 8, 2, days, variety);
      ApiKey key = new ApiKey("k".repeat(64), "s".repeat(64));
      walk = new SandboxWalk(key, END.minus(Duration.ofDays(500)));
      account = walk.exchange.addAccount(plan);
      walk.exchange.addKey(account, KeyGrant.hmac(), key);
      walk.everything();
      random = new Random(seed);
      this.days = days;
    }

    void pages(Desk.At at, List<SandboxWalk.Page> pages) {
      for (SandboxWalk.Page page : pages) {
        at.account.page(
            at.on, page.stream(), page.partition(), page.records(), Fixtures.markets(walk.markets));
      }
    }

    /** Files of every kind, each of two or three periods that overlap by a week. */
    List<ExportFile> files() {
      List<ExportFile> files = new ArrayList<>();
      for (FileKind kind : FileKind.values()) {
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
      made++;
      Instant asked = END.plus(Duration.ofMinutes(made));
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(1_800 * (random.nextInt(48) - 23));
      return Exports.of(
          account,
          wish.in(zone).as(Generation.values()[random.nextInt(2)]).split(1 + random.nextInt(2)),
          asked);
    }

    Map<String, String> balances() {
      Map<String, String> truth = new TreeMap<>();
      for (Wallet wallet : List.of(Wallet.SPOT, Wallet.FUNDING)) {
        account
            .holdings(wallet)
            .forEach((asset, held) -> {
              if (held.total() != 0) {
                truth.put(
                    wallet.name().toLowerCase(java.util.Locale.ROOT) + "/" + asset,
                    Decimals.text(Units.decimal(held.total())));
              }
            });
      }
      return truth;
    }
  }

  @Test
  void filesOfOverlappingPeriodsAndPagesInAnyOrderEndInTheLedgerOfThePages() {
    anyOrder(new Life(31, 60, 8, 100));
  }

  @Test
  @Tag("long")
  void filesOfManyAccountsAndPagesInAnyOrderEndInTheLedgerOfThePages() {
    for (long seed = 40; seed < 52; seed++) {
      anyOrder(new Life(seed, 400, 60, 300));
    }
  }

  private void anyOrder(Life life) {
    final String uid = Long.toString(life.account.uid());
    Desk.At alone = desk.of(uid);
    life.pages(alone, life.walk.pages);
    assertEquals(life.balances(), alone.balances());

    List<ExportFile> files = life.files();
    assertTrue(files.stream().mapToInt(ExportFile::rows).sum() > 100);
    Collections.shuffle(files, life.random);
    Desk.At filesOnly = desk.of(uid);
    files.forEach(file -> filesOnly.take(file.name(), file.content().bytes()));
    assertEquals(life.balances(), filesOnly.balances());

    List<Runnable> steps = new ArrayList<>();
    Desk.At mixed = desk.of(uid);
    life.walk.pages.forEach(page -> steps.add(() -> life.pages(mixed, List.of(page))));
    files.forEach(file -> steps.add(() -> mixed.take(file.name(), file.content().bytes())));
    Collections.shuffle(steps, life.random);
    steps.forEach(Runnable::run);
    assertEquals(alone.hash(), mixed.hash());

    life.pages(filesOnly, life.walk.pages);
    assertEquals(alone.hash(), filesOnly.hash());
  }

  @Test
  void anotherOverlappingFileThatIsTakenBackLeavesNoTrace() {
    Life life = new Life(33, 40, 6, 60);
    String uid = Long.toString(life.account.uid());
    List<ExportFile> files = life.files();
    Desk.At without = desk.of(uid);
    files.forEach(file -> without.take(file.name(), file.content().bytes()));
    String expected = without.hash();
    for (FileKind kind : FileKind.values()) {
      ExportWish more = ExportWish.all(kind).within(END.minus(Duration.ofDays(50)), END);
      ExportFile file = Exports.of(life.account, more, END.plus(WEEK)).getFirst();
      Batch batch = without.take(file.name(), file.content().bytes());
      assertEquals(State.COMMITTED, batch.state());
      assertEquals(State.UNDONE, without.undo(batch).state());
      assertEquals(expected, without.hash(), kind.code());
    }
  }

  @Test
  void aPeriodInWhichNothingHappenedIsAnEmptyFileAndNoError() {
    Life life = new Life(34, 20, 3, 60);
    Desk.At at = desk.of(Long.toString(life.account.uid()));
    String before = at.hash();
    for (FileKind kind : FileKind.values()) {
      ExportWish wish = ExportWish.all(kind).within(END.plus(WEEK), END.plus(WEEK).plus(WEEK));
      ExportFile file = Exports.of(life.account, wish, END).getFirst();
      assertEquals(0, file.rows());
      Batch batch = at.take(file.name(), file.content().bytes());
      assertEquals(0, batch.counts().read(), kind.code());
    }
    assertEquals(before, at.hash());
    assertNotEquals(0, life.walk.pages.size());
  }
}
