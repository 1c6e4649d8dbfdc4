package io.tallystick.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tallystick.boot.TestDatabase;
import io.tallystick.imports.Batch.State;
import jakarta.inject.Inject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** One holder, two accounts: what is brought to one says nothing of the other. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TwoAccountsTest {
  @Inject Desk desk;

  @Test
  void aPartOfAnotherAccountsExportIsNotThePartThatIsMissing() {
    Desk.At one = desk.open();
    Desk.At other = one.beside("900999999");
    String name = "trades(UTC+8)-part%d-of2.csv";
    byte[] first = Desk.bytes("T3p-1.csv");
    byte[] second = Desk.bytes("T3p-2.csv");
    one.take(name.formatted(1), first);
    one.take(name.formatted(2), second);
    String said = other.receive(name.formatted(2), second).batch().detail();
    assertTrue(said != null && said.startsWith("Of the 2 parts of this export, missing"), said);
    other.take(name.formatted(1), first);
    assertNull(other.receive(name.formatted(2), bytes(second)).batch().detail());
  }

  /** The same file with one more empty line, which makes it another file. */
  private static byte[] bytes(byte[] file) {
    byte[] longer = Arrays.copyOf(file, file.length + 1);
    longer[file.length] = '\n';
    return longer;
  }

  @Test
  void theSameFileIsTwoHistoriesAndOneGoesWithoutTheOther() {
    Desk.At one = desk.open();
    Desk.At other = one.beside("900999999");
    String empty = other.hash();
    Batch here = one.fixture("T2.csv");
    assertEquals(empty, other.hash(), "nothing was brought to it");
    Reception.Received there = other.receive(Desk.name("T2.csv"), Desk.bytes("T2.csv"));
    assertFalse(there.earlier(), "it was brought to another account");
    assertEquals(8, there.batch().counts().added());
    other.undo(there.batch());
    Batch taken = other.fixture("T2.csv");
    String full = other.hash();
    assertNotEquals(one.hash(), full, "an entry's id tells whose it is");
    assertEquals(State.UNDONE, one.undo(here).state());
    assertEquals(full, other.hash());
    assertEquals(8, taken.counts().added());
    assertEquals(empty, one.hash());
  }
}
