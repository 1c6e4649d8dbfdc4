package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.export.ExportFile;
import io.tallystick.sandbox.export.ExportWish;
import io.tallystick.sandbox.export.Exports;
import io.tallystick.sandbox.export.FileKind;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The exchange's own files of a generated account, brought as its holder would: quarters that
 * overlap, parts, forms of two generations, in any order among the pages of the signed answers.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ExportedFilesTest {
  private static final Instant END = ExportedLife.END;
  private static final Duration WEEK = ExportedLife.WEEK;

  private static final Set<FileKind> KINDS =
      EnumSet.of(
          FileKind.STATEMENT,
          FileKind.SPOT_TRADES,
          FileKind.SPOT_ORDERS,
          FileKind.DEPOSITS,
          FileKind.WITHDRAWALS,
          FileKind.CONVERTS);

  @Inject Desk desk;

  private static ExportedLife life(long seed, int fills, int converts, int days) {
    Variety variety = Variety.NONE.withBursts(0, 0, converts);
    return new ExportedLife(
        new AccountPlan("brought", seed, 5, 0, 1, fills, 10, 12, 8, 2, days, variety));
  }

  @Test
  void filesOfOverlappingPeriodsAndPagesInAnyOrderEndInTheLedgerOfThePages() {
    anyOrder(life(31, 60, 8, 100));
  }

  @Test
  @Tag("long")
  void filesOfManyAccountsAndPagesInAnyOrderEndInTheLedgerOfThePages() {
    for (long seed = 40; seed < 52; seed++) {
      anyOrder(life(seed, 400, 60, 300));
    }
  }

  private void anyOrder(ExportedLife life) {
    final String uid = Long.toString(life.account.uid());
    Desk.At alone = desk.of(uid);
    life.pages(alone, life.walk.pages);
    assertEquals(life.balances(), alone.balances());

    List<ExportFile> files = life.files(KINDS);
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
    ExportedLife life = life(33, 40, 6, 60);
    String uid = Long.toString(life.account.uid());
    List<ExportFile> files = life.files(KINDS);
    Desk.At without = desk.of(uid);
    files.forEach(file -> without.take(file.name(), file.content().bytes()));
    String expected = without.hash();
    for (FileKind kind : KINDS) {
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
    ExportedLife life = life(34, 20, 3, 60);
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
