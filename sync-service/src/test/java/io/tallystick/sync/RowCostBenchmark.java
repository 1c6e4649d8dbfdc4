package io.tallystick.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tallystick.boot.DatabaseMeter;
import io.tallystick.boot.TestDatabase;
import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.exchange.ApiKey;
import io.tallystick.tenancy.Provisioning;
import io.tallystick.tenancy.TestTenant;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.knowm.xchange.currency.CurrencyPair;

/**
 * What a row costs from the wire to the committed ledger, beside XChange, which fetches and decodes
 * the same pages and keeps nothing. Both run in this process, warm and in turn; the exchange has a
 * process of its own, and so has PostgreSQL. Time is that of the processor, of the whole process:
 * compiler, collector and everything else that goes on meanwhile are in it, also while a run waits
 * for the venue's next minute. Whose it is, is printed beside it.
 *
 * <p>A run asks some seventy questions before and beside those that bring rows, and a process goes
 * on compiling what is run once a page long after what is run once a row is compiled: with forty
 * thousand rows a round these two were half of the price. Four times as many rows a round tell what
 * a row costs, and what is measured is what comes after a round with hardly any compiling in it.
 */
@Tag("benchmark")
@QuarkusTest
@TestProfile(RowCostBenchmark.Profile.class)
@WithTestResource(TestDatabase.class)
class RowCostBenchmark {
  private static final int ROWS = 160_000;
  private static final int MARKETS = 4;
  private static final int LEAST_WARM_UP = 4;
  private static final int MOST_WARM_UP = 10;

  /** Microseconds of compiling a row below which the process is warm. */
  private static final double WARM = 1.5;

  private static final int ROUNDS = 3;
  private static final int PEER_READS = 2;
  private static final List<String> DOMAINS =
      List.of("balances", "trades", "deposits", "withdrawals");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int LOOK_BACK = 1_100;

  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final DatabaseMeter server = DatabaseMeter.shared();

  @Inject Stage stage;
  @Inject Provisioning provisioning;

  /** The engine on the machine's own time, with the whole of a budget that never runs out. */
  public static class Profile extends EngineProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of();
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("tallystick.egress.address", "row-cost");
      settings.put("tallystick.egress.share", "1.00");
      return settings;
    }
  }

  /** Processor time of one piece of work, in nanoseconds, and the rows it brought. */
  private record Cost(
      long rows,
      long process,
      long thread,
      long allocated,
      Map<ThreadMeter.Group, Long> others,
      long database,
      long exchange,
      long elapsed) {
    double perRow() {
      return process / 1e3 / rows;
    }

    double ofThread() {
      return thread / 1e3 / rows;
    }

    double of(ThreadMeter.Group group) {
      return others.getOrDefault(group, 0L) / 1e3 / rows;
    }

    double rest() {
      long told = others.values().stream().mapToLong(Long::longValue).sum();
      return (process - thread - told) / 1e3 / rows;
    }

    double compiled() {
      return perRow() - of(ThreadMeter.Group.COMPILER);
    }
  }

  /** Something that brings rows. */
  private interface Work {
    long rows() throws IOException;
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aCommittedRowIsPricedInRowsThatAPeerOnlyDecodes() throws Exception {
    stage.apart();
    try (ExchangeProcess exchange = ExchangeProcess.start()) {
      ApiKey key = exchange.account("bulk", MARKETS, ROWS);
      PeerReader peer = new PeerReader(ExchangeProcess.url(), key);
      List<Double> ratios = new ArrayList<>();
      List<Double> compiled = new ArrayList<>();
      int warmUps = 0;
      boolean warm = false;
      while (ratios.size() < ROUNDS) {
        Subject subject =
            new Subject(
                stage,
                TestTenant.fresh(provisioning),
                new Account("bulk", 1),
                key,
                DOMAINS,
                LOOK_BACK);
        subject.connect();
        // The pools of the round before are of no use here: whoever waits for them pays for
        // nothing.
        Stage.forgetBudgets();
        Cost ours = measured(exchange, subject, () -> booked(subject));
        List<CurrencyPair> markets = markets(subject);
        long fills = subject.count("select count(*) from entry where kind = 'trade'");
        Cost theirs = measured(exchange, subject, () -> decoded(peer, markets, fills));
        assertTrue(fills >= ROWS, "fills booked: " + fills);
        if (warm) {
          ratios.add(ours.perRow() / theirs.perRow());
          compiled.add(ours.compiled() / theirs.compiled());
          print("round " + ratios.size(), ours, theirs);
        } else {
          print("warm-up " + ++warmUps, ours, theirs);
          warm = warm(warmUps, ours);
        }
      }
      print("ratio", ratios);
      print("without either's compiler", compiled);
    }
  }

  private static boolean warm(int rounds, Cost last) {
    boolean compiled = last.of(ThreadMeter.Group.COMPILER) < WARM;
    return rounds >= MOST_WARM_UP || (rounds >= LEAST_WARM_UP && compiled);
  }

  private static void print(String what, List<Double> ratios) {
    ratios.sort(null);
    System.out.printf(
        Locale.ROOT,
        "row cost: %s median %.2f, least %.2f, most %.2f of %d rounds; the goal is 3.00%n",
        what,
        ratios.get(ratios.size() / 2),
        ratios.getFirst(),
        ratios.getLast(),
        ratios.size());
  }

  /** A first run to its end; tells the rows of evidence it committed. */
  private static long booked(Subject subject) {
    subject.runWell();
    return subject.count("select count(*) from evidence");
  }

  private static long decoded(PeerReader peer, List<CurrencyPair> markets, long fills)
      throws IOException {
    for (int i = 0; i < PEER_READS; i++) {
      assertEquals(fills, peer.read(markets));
    }
    return fills * PEER_READS;
  }

  private static List<CurrencyPair> markets(Subject subject) {
    return subject.in(tx ->
        tx.sql(
                """
                select base, quote from market
                where symbol in (select distinct market from entry where kind = 'trade')
                """)
            .list(row -> new CurrencyPair(row.getString(1), row.getString(2))));
  }

  private Cost measured(ExchangeProcess exchange, Subject subject, Work work) throws IOException {
    long database = server.used();
    long other = exchange.used().toNanos();
    long begun = System.nanoTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    ThreadMeter meter = new ThreadMeter();
    long thread = THREADS.getCurrentThreadCpuTime();
    long process = machine.getProcessCpuTime();
    long rows = work.rows();
    process = machine.getProcessCpuTime() - process;
    thread = THREADS.getCurrentThreadCpuTime() - thread;
    Map<ThreadMeter.Group, Long> others = meter.used();
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    return new Cost(
        rows,
        process,
        thread,
        allocated,
        others,
        server.used() - database,
        exchange.used().toNanos() - other,
        System.nanoTime() - begun);
  }

  private static void print(String what, Cost ours, Cost theirs) {
    System.out.printf(
        Locale.ROOT,
        "row cost, %s: service %d rows, %.1f us each (and PostgreSQL %.1f us, in %.1f s);"
            + " XChange %d rows, %.1f us each (in %.1f s); exchange %.1f and %.1f us; ratio %.2f,"
            + " of the threads alone %.1f / %.1f = %.2f%n",
        what,
        ours.rows(),
        ours.perRow(),
        ours.database() / 1e3 / ours.rows(),
        ours.elapsed() / 1e9,
        theirs.rows(),
        theirs.perRow(),
        theirs.elapsed() / 1e9,
        ours.exchange() / 1e3 / ours.rows(),
        theirs.exchange() / 1e3 / theirs.rows(),
        ours.perRow() / theirs.perRow(),
        ours.ofThread(),
        theirs.ofThread(),
        ours.ofThread() / theirs.ofThread());
    print("service", ours);
    print("XChange", theirs);
  }

  private static void print(String who, Cost cost) {
    System.out.printf(
        Locale.ROOT,
        "row cost, %s, us of threads: reading %.2f (%.1f KB allocated), compiler %.2f,"
            + " collector %.2f, virtual %.2f, network %.2f, rest %.2f%n",
        who,
        cost.ofThread(),
        cost.allocated() / 1e3 / cost.rows(),
        cost.of(ThreadMeter.Group.COMPILER),
        cost.of(ThreadMeter.Group.COLLECTOR),
        cost.of(ThreadMeter.Group.VIRTUAL),
        cost.of(ThreadMeter.Group.NETWORK),
        cost.rest());
  }
}
