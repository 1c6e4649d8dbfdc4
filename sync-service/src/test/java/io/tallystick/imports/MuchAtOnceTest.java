package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import io.tallystick.imports.Crowd.Kind;
import io.tallystick.imports.Crowd.Listed;
import io.tallystick.imports.CrowdFiles.Brought;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Accounts on which much happens at once: whatever files and lists come, go and come again in
 * whichever order, the books are those of what is there in the end, and hold what the account
 * holds.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class MuchAtOnceTest {
  @Inject Desk desk;

  @Test
  void whatIsThereInTheEndDecides() {
    for (long seed = 1; seed <= 3; seed++) {
      account(seed, 12);
    }
  }

  @Test
  @Tag("long")
  void whatIsThereInTheEndDecidesOnManyAccounts() {
    long first = Long.getLong("tallystick.seed", 1_000);
    for (long seed = first; seed < first + Long.getLong("tallystick.seeds", 150); seed++) {
      account(seed, 4 + (int) (seed % 30));
    }
  }

  private void account(long seed, int events) {
    Random random = new Random(seed);
    List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
    Collections.shuffle(kinds, random);
    Crowd crowd = new Crowd(random, kinds.subList(0, 1 + random.nextInt(kinds.size())), events);
    CrowdFiles brought = new CrowdFiles(crowd, random);
    boolean statement = random.nextInt(4) > 0;
    boolean pages = random.nextInt(4) > 0;
    List<Brought> files = new ArrayList<>();
    List<Brought> guests = new ArrayList<>();
    crowd.rows.forEach((name, rows) -> {
      boolean told = name.equals(Crowd.STATEMENT) ? statement : pages || random.nextBoolean();
      if (told) {
        files.add(brought.file(name, rows.size()));
      }
      if (told && rows.size() > 1) {
        guests.add(brought.today(name, 1 + random.nextInt(rows.size() - 1)));
      }
    });
    List<Listed> lists = new ArrayList<>(crowd.lists);
    Collections.shuffle(lists, random);
    lists.subList(0, random.nextInt(3) * lists.size() / 2).clear();
    StringBuilder what = new StringBuilder("seed " + seed + ":");
    Desk.At at = desk.open();
    Map<Brought, Batch> in = mixed(at, random, files, guests, lists, what);

    Desk.At fresh = desk.open();
    files.forEach(file -> fresh.take(file.name(), file.bytes()));
    lists.forEach(row -> list(fresh, row));
    assertEquals(fresh.balances(), at.balances(), what::toString);
    assertEquals(fresh.hash(), at.hash(), what::toString);
    if (statement) {
      assertEquals(crowd.truth(), held(at), what::toString);
    } else if (pages) {
      assertEquals(crowd.paged(), held(at), what::toString);
    }
    in.values().forEach(batch -> assertEquals(State.UNDONE, at.undo(batch).state()));
    Desk.At alone = desk.open();
    lists.forEach(row -> list(alone, row));
    assertEquals(alone.hash(), at.hash(), what::toString);
  }

  /**
   * Everything in some order; now and then a file is taken back, and brought again unless a guest.
   */
  private static Map<Brought, Batch> mixed(
      Desk.At at,
      Random random,
      List<Brought> files,
      List<Brought> guests,
      List<Listed> lists,
      StringBuilder what) {
    List<Object> steps = new ArrayList<>(files);
    steps.addAll(guests);
    steps.addAll(lists);
    Collections.shuffle(steps, random);
    Map<Brought, Batch> in = new LinkedHashMap<>();
    for (Object step : steps) {
      switch (step) {
        case Listed row -> list(at, row);
        case Brought file -> take(at, in, file, what);
        default -> throw new IllegalStateException("neither a row nor a file");
      }
      List<Brought> there = List.copyOf(in.keySet());
      if (!there.isEmpty() && random.nextInt(4) == 0) {
        Brought one = there.get(random.nextInt(there.size()));
        what.append(" -").append(one.name());
        assertEquals(State.UNDONE, at.undo(in.remove(one)).state());
        if (files.contains(one)) {
          take(at, in, one, what);
        }
      }
    }
    return in;
  }

  private static void take(Desk.At at, Map<Brought, Batch> in, Brought file, StringBuilder what) {
    what.append(" +").append(file.name());
    in.put(file, at.take(file.name(), file.bytes()));
  }

  private static void list(Desk.At at, Listed row) {
    at.account.page(at.on, row.stream(), row.partition(), List.of(row.raw()), Crowd.MARKETS);
  }

  /** What all wallets hold together. */
  private static Map<String, String> held(Desk.At at) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    at.balances()
        .forEach((purse, held) ->
            sums.merge(
                purse.substring(purse.indexOf('/') + 1), new BigDecimal(held), BigDecimal::add));
    return Crowd.shown(sums);
  }
}
