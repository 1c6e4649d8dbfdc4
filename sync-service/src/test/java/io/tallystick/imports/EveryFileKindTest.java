package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Variety;
import io.tallystick.sandbox.export.ExportFile;
import io.tallystick.sandbox.export.ExportWish;
import io.tallystick.sandbox.export.FileKind;
import io.tallystick.sandbox.export.Generation;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every kind of file that the exchange writes of an account that lived through everything. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EveryFileKindTest {
  /** Whose rows are events under numbers that the signed answers have too. */
  private static final Set<FileKind> NUMBERED =
      EnumSet.of(
          FileKind.PEER_TRADES,
          FileKind.FIAT_DEPOSITS,
          FileKind.FIAT_WITHDRAWALS,
          FileKind.FIAT_PURCHASES);

  /** Whose rows have no number that the statement has too, and are found by their amounts. */
  private static final Set<FileKind> REPEATING =
      EnumSet.of(FileKind.AUTO_INVEST, FileKind.EARN_INTEREST, FileKind.FUTURES_INCOME);

  private static final Set<FileKind> BESIDE_THE_STATEMENT = EnumSet.copyOf(NUMBERED);

  static {
    BESIDE_THE_STATEMENT.addAll(REPEATING);
  }

  @Inject Desk desk;

  private static ExportedLife life(long seed) {
    Variety variety = Variety.of(5).withPlanRuns(6);
    return new ExportedLife(new AccountPlan("every", seed, 2, 0, 0, 8, 8, 8, 2, 1, 400, variety));
  }

  @Test
  void filesAndPagesTellEachEventOnceWhicheverComesFirst() {
    ExportedLife life = life(51);
    final Desk.At alone = desk.of(life.uid());
    life.pages(alone, life.walk.pages);
    String expected = alone.hash();
    Map<FileKind, Long> added = new TreeMap<>();
    final Desk.At first = desk.of(life.uid());
    for (FileKind kind : FileKind.values()) {
      for (Generation form : Generation.values()) {
        // Each form is tried in one of the two orders, which of them changes from kind to kind.
        boolean late = kind.ordinal() % 2 == form.ordinal();
        for (ExportFile file : life.files(ExportWish.all(kind), form)) {
          assertTrue(file.rows() > 3, file.name());
          Batch batch = (late ? alone : first).take(file.name(), file.content().bytes());
          assertEquals(State.COMMITTED, batch.state(), file.name() + batch.detail());
          assertEquals(0, batch.counts().broken(), file.name());
          if (!late) {
            added.merge(kind, batch.counts().added(), Long::sum);
          }
        }
      }
    }
    assertEquals(expected, alone.hash());
    REPEATING.forEach(kind -> assertEquals(0, added.get(kind), kind.code()));
    life.pages(first, life.walk.pages);
    assertEquals(expected, first.hash());
  }

  @Test
  void filesOfOneKindAddWhatTheyTellAndTheStatementNothingToIt() {
    ExportedLife life = life(52);
    final Desk.At told = desk.of(life.uid());
    for (ExportFile file : life.files(ExportWish.all(FileKind.STATEMENT), Generation.CURRENT)) {
      told.take(file.name(), file.content().bytes());
    }
    Map<String, String> balances = told.balances();
    for (Generation form : Generation.values()) {
      Desk.At at = desk.of(life.uid());
      for (FileKind kind : BESIDE_THE_STATEMENT) {
        for (ExportFile file : life.files(ExportWish.all(kind), form)) {
          Batch batch = at.take(file.name(), file.content().bytes());
          assertTrue(batch.counts().added() > 2, file.name() + batch.counts());
          Batch later = told.take(file.name(), file.content().bytes());
          assertEquals(State.COMMITTED, later.state());
          assertEquals(balances, told.balances(), file.name());
        }
      }
      for (ExportFile file : life.files(ExportWish.all(FileKind.STATEMENT), Generation.CURRENT)) {
        at.take(file.name(), file.content().bytes());
      }
      assertEquals(balances, at.balances(), form.code());
    }
  }

  @Test
  @Tag("long")
  void anyOrderOfOverlappingFilesAndPagesEndsInOneLedger() {
    ExportedLife life = life(53);
    Desk.At alone = desk.of(life.uid());
    life.pages(alone, life.walk.pages);
    List<ExportFile> files = life.files(Arrays.asList(FileKind.values()));
    Desk.At mixed = desk.of(life.uid());
    List<Runnable> steps = new ArrayList<>();
    life.walk.pages.forEach(page -> steps.add(() -> life.pages(mixed, List.of(page))));
    files.forEach(file -> steps.add(() -> mixed.take(file.name(), file.content().bytes())));
    Collections.shuffle(steps, life.random);
    steps.forEach(Runnable::run);
    assertEquals(alone.hash(), mixed.hash());

    ExportWish some =
        ExportWish.all(FileKind.PEER_TRADES)
            .within(ExportedLife.END.minus(Duration.ofDays(70)), ExportedLife.END);
    ExportFile more = life.files(some, Generation.FORMER).getFirst();
    Desk.At taken = desk.of(life.uid());
    files.forEach(file -> taken.take(file.name(), file.content().bytes()));
    String before = taken.hash();
    Batch batch = taken.take(more.name(), more.content().bytes());
    assertEquals(State.UNDONE, taken.undo(batch).state());
    assertEquals(before, taken.hash());
  }
}
