package io.tallystick.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.kernel.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data keys get successors while they are in use. */
class KeyRotationTest {
  private static final int HOLDERS = 20;
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = MADE.plus(Duration.ofDays(400));
  private static final Instant OLD = LATER.minus(Duration.ofDays(365));

  @TempDir Path folder;

  private final MasterKey master = master();

  /** A row as a table has it: whose, and its sealed bytes. */
  private record Row(long holder, byte[] plain, byte[] sealed) {}

  private final ConcurrentLinkedQueue<Row> rows = new ConcurrentLinkedQueue<>();

  private static MasterKey master() {
    byte[] bytes = new byte[MasterKey.LENGTH];
    new Random(5).nextBytes(bytes);
    try (Secret text = Secret.of(Base64.getEncoder().encodeToString(bytes))) {
      return MasterKey.parse(text);
    }
  }

  /** The store as another process has it, by its own clock. */
  private Seals node(InstantSource clock) {
    return new Seals(FileKeyStore.open(folder, master, clock));
  }

  private Row seal(Seals seals, long holder, int n) {
    byte[] plain = ("row " + n).getBytes(StandardCharsets.UTF_8);
    return new Row(holder, plain, seals.seal(holder, RetentionClass.RAW, plain, "row", n));
  }

  private static void opens(Seals seals, Row row) {
    int n = Integer.parseInt(new String(row.plain(), StandardCharsets.UTF_8).substring(4));
    Opened opened = seals.open(row.holder(), RetentionClass.RAW, row.sealed(), "row", n);
    assertArrayEquals(row.plain(), opened.bytes());
  }

  @BeforeEach
  void fill() {
    Seals seals = node(() -> MADE);
    for (int holder = 1; holder <= HOLDERS; holder++) {
      rows.add(seal(seals, holder, holder));
    }
  }

  @Test
  @DisplayName(
      "F43 a rotation of data keys that is killed half way goes on, run twice, on two nodes, and"
          + " every row opens at every moment")
  void aRotationIsResumableAndEveryRowOpensAtEveryMoment() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ConcurrentLinkedQueue<Throwable> troubles = new ConcurrentLinkedQueue<>();
    CountDownLatch working = new CountDownLatch(2);
    AtomicInteger numbers = new AtomicInteger(1_000);
    List<Thread> users =
        List.of(
            user(node(() -> LATER), over, working, numbers, troubles),
            user(node(() -> LATER), over, working, numbers, troubles));
    working.await();
    int killed = killedHalfWay();
    assertTrue(killed > 0 && killed <= HOLDERS, "killed after " + killed);
    Seals one = node(() -> LATER);
    Seals two = node(() -> LATER);
    AtomicInteger beside = new AtomicInteger();
    Thread other = Thread.ofVirtual().start(() -> beside.set(two.rotate(OLD)));
    int rotated = one.rotate(OLD);
    other.join();
    assertEquals(HOLDERS + 1, killed + rotated + beside.get(), "each once, and the probe");
    assertEquals(0, one.rotate(OLD), "run again");
    over.set(true);
    for (Thread user : users) {
      user.join();
    }
    assertEquals(List.of(), List.copyOf(troubles));
    Seals fresh = node(() -> LATER);
    assertTrue(rows.size() > HOLDERS);
    rows.forEach(row -> opens(fresh, row));
  }

  // The process ends at a look at the clock in the middle of the names.
  private int killedHalfWay() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    Seals dying =
        node(() -> {
          if (looks.incrementAndGet() > 12) {
            throw new IllegalStateException("killed");
          }
          return LATER;
        });
    assertThrows(IllegalStateException.class, () -> dying.rotate(OLD));
    int rotated = 0;
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".keys")).toList()) {
        rotated += Files.readString(file).contains(LATER.toString()) ? 1 : 0;
      }
    }
    return rotated;
  }

  private Thread user(
      Seals seals,
      AtomicBoolean over,
      CountDownLatch working,
      AtomicInteger numbers,
      ConcurrentLinkedQueue<Throwable> troubles) {
    return Thread.ofVirtual()
        .start(() -> {
          working.countDown();
          try {
            while (!over.get()) {
              int n = numbers.incrementAndGet();
              rows.add(seal(seals, 1 + n % HOLDERS, n));
              rows.stream().skip(n % HOLDERS).limit(5).forEach(row -> opens(seals, row));
            }
          } catch (RuntimeException | AssertionError e) {
            troubles.add(e);
          }
        });
  }

  @Test
  void whatIsSealedAfterwardsIsUnderTheNewKeyAndDigestsStay() {
    Seals seals = node(() -> LATER);
    byte[] digest = seals.mac(1, RetentionClass.RAW, new byte[] {1});
    byte[] before = seal(seals, 1, 1).sealed();
    assertEquals(HOLDERS + 1, seals.rotate(OLD));
    byte[] after = seal(seals, 1, 1).sealed();
    // Tink: a byte that tells the form, then four that tell the key.
    assertFalse(Arrays.equals(before, 0, 5, after, 0, 5), "another key seals");
    assertArrayEquals(digest, seals.mac(1, RetentionClass.RAW, new byte[] {1}));
    seals.destroy(1, RetentionClass.RAW);
    for (byte[] sealed : List.of(before, after)) {
      Opened gone = seals.open(1, RetentionClass.RAW, sealed, "row", 1);
      assertEquals(
          Unopenable.Reason.KEY_DESTROYED, ((Opened.Closed) gone).why().reason(), "all of them");
    }
    assertEquals(0, seals.rotate(LATER.minusSeconds(1)), "a destroyed name gets no key");
  }

  @Test
  void keysOfTheFormBeforeOpenAndAreTheFirstToGetASuccessor() throws IOException {
    Path file = folder.resolve("holder/3/raw.keys");
    Files.writeString(
        file, Files.readString(file).replaceFirst("tallystick-keys 2 \\S+", "tallystick-keys 1"));
    Seals seals = node(() -> MADE);
    rows.forEach(row -> opens(seals, row));
    assertEquals(1, seals.rotate(MADE.minus(Duration.ofDays(1))));
    rows.forEach(row -> opens(node(() -> MADE), row));
  }
}
