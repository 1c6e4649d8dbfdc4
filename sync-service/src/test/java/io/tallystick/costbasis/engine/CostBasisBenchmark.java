package io.tallystick.costbasis.engine;

import com.sun.management.OperatingSystemMXBean;
import io.tallystick.costbasis.Amount;
import io.tallystick.costbasis.Disposal;
import io.tallystick.costbasis.Line;
import io.tallystick.costbasis.OpenLot;
import io.tallystick.costbasis.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the pure engine on folders made by the trade generator (trades.csv, summary.json, and
 * disposals.csv where present), compares every figure with the generator's independent result, and
 * prints microseconds a trade, the ratio between the folders, and the cost of one late trade.
 *
 * <p>Arguments: folders, smallest first. Policy: fees are expenses, a coin fee is an ordinary
 * disposal, rows keep their order.
 */
public final class CostBasisBenchmark {

  private static final List<String> METHODS = List.of("FIFO", "LIFO", "HIFO", "AVERAGE");

  private CostBasisBenchmark() {}

  private static final class Figures implements Consumer<Line> {
    private final Map<String, Sums> assets = new TreeMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final boolean keepRows;

    private Figures(boolean keepRows) {
      this.keepRows = keepRows;
    }

    @Override
    public void accept(Line line) {
      if (line instanceof Disposal row) {
        Sums sums = assets.computeIfAbsent(row.asset(), key -> new Sums());
        BigDecimal basis = known(row.basis());
        BigDecimal gain = known(row.gain());
        sums.disposals++;
        sums.matches += row.matches().size();
        sums.proceeds = sums.proceeds.add(known(row.gross()));
        sums.basis = sums.basis.add(basis);
        sums.gain = sums.gain.add(gain);
        if (keepRows) {
          rows.add(new Row(row.asset(), row.quantity(), basis, gain, row.matches().size()));
        }
      }
    }
  }

  /** One disposal, exact. */
  private record Row(
      String asset, BigDecimal quantity, BigDecimal basis, BigDecimal gain, int matches) {

    /** The most by which a value may differ from itself written with eight places. */
    private static final BigDecimal HALF = new BigDecimal("0.00000000500000000001");

    /**
     * Whether fields of disposals.csv are this row written with eight places. On an exact tie of
     * the ninth place either neighbour is right: the generator's fifty-digit unit costs fall to one
     * side of it by chance.
     */
    private boolean writtenAs(String[] fields) {
      return asset.equals(fields[5])
          && quantity.compareTo(new BigDecimal(fields[6])) == 0
          && close(basis, fields[8])
          && close(gain, fields[9])
          && matches == Integer.parseInt(fields[10]);
    }

    private static boolean close(BigDecimal exact, String written) {
      return exact.subtract(new BigDecimal(written)).abs().compareTo(HALF) <= 0;
    }
  }

  private static final class Sums {
    private int disposals;
    private int matches;
    private BigDecimal proceeds = BigDecimal.ZERO;
    private BigDecimal basis = BigDecimal.ZERO;
    private BigDecimal gain = BigDecimal.ZERO;
  }

  private static BigDecimal known(Amount amount) {
    if (amount instanceof Amount.Known(BigDecimal value)) {
      return value;
    }
    throw new IllegalStateException("unknown amount in a complete history");
  }

  private static String eight(BigDecimal value) {
    return value.setScale(8, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static Settings settings(String method) {
    return Settings.of(
        Map.of(
            "currency", "USDT",
            "method", method,
            "swap-fee", "EXPENSE",
            "withheld-fee", "BY_METHOD",
            "same-instant", "AS_GIVEN"));
  }

  /** Measures and compares; exits with 1 on any difference. */
  public static void main(String[] args) throws IOException {
    Map<String, Double> before = new LinkedHashMap<>();
    boolean same = true;
    for (String arg : args) {
      Path folder = Path.of(arg);
      BenchmarkTrades trades = new BenchmarkTrades();
      try (BufferedReader in = Files.newBufferedReader(folder.resolve("trades.csv"))) {
        in.readLine();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          trades.add(line);
        }
      }
      String summary = Files.readString(folder.resolve("summary.json"));
      int count = trades.numbers.size();
      int warm = Math.min(count, 100_000);
      measure(trades, warm, settings("HIFO"), new Figures(false));
      measure(trades, warm, settings("AVERAGE"), new Figures(false));
      for (String method : METHODS) {
        Figures figures = new Figures(false);
        Run run = measure(trades, count, settings(method), figures);
        double each = run.cpu / 1000.0 / count;
        Double smaller = before.put(method, (double) run.cpu);
        System.out.printf(
            Locale.ROOT,
            "%-8s %9d trades  %6.2f us/trade  CPU %6.2f s%s%n",
            method,
            count,
            each,
            run.cpu / 1e9,
            smaller == null ? "" : "  ratio %.2f".formatted(run.cpu / smaller));
        same &= compare(summary, method.toLowerCase(Locale.ROOT), figures, run.open);
      }
      same &= compareRows(folder, trades);
      same &= oneMore(trades);
    }
    System.out.println(same ? "all figures equal the generator's" : "DIFFERENCES");
    if (!same) {
      System.exit(1);
    }
  }

  private record Run(long cpu, List<OpenLot> open) {}

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static Run measure(
      BenchmarkTrades trades, int count, Settings settings, Figures figures) {
    long start = cpu();
    Engine engine = new Engine(settings, figures);
    for (int i = 0; i < count; i++) {
      engine.apply(trades.event(i));
    }
    engine.close();
    long used = cpu() - start;
    return new Run(used, engine.openLots());
  }

  private static boolean compare(
      String summary, String method, Figures figures, List<OpenLot> open) {
    boolean same = true;
    String part = summary.substring(summary.indexOf("\"" + method + "\": {"));
    for (Map.Entry<String, Sums> entry : figures.assets.entrySet()) {
      String asset = entry.getKey();
      Sums sums = entry.getValue();
      BigDecimal quantity = BigDecimal.ZERO;
      BigDecimal cost = BigDecimal.ZERO;
      int lots = 0;
      for (OpenLot lot : open) {
        if (lot.asset().equals(asset)) {
          quantity = quantity.add(lot.quantity());
          cost = cost.add(known(lot.cost()));
          lots++;
        }
      }
      String block = part.substring(part.indexOf("\"" + asset + "\": {"));
      same &= equal(block, asset, "disposals", Integer.toString(sums.disposals));
      same &= equal(block, asset, "lots_consumed", Integer.toString(sums.matches));
      same &= equal(block, asset, "proceeds", eight(sums.proceeds));
      same &= equal(block, asset, "basis", eight(sums.basis));
      same &= equal(block, asset, "gain", eight(sums.gain));
      same &= equal(block, asset, "remaining_qty", eight(quantity));
      same &= equal(block, asset, "remaining_basis", eight(cost));
      same &= equal(block, asset, "open_lots", Integer.toString(lots));
    }
    return same;
  }

  private static boolean equal(String block, String asset, String key, String ours) {
    Matcher found = Pattern.compile("\"" + key + "\": \"?([-0-9.]+)").matcher(block);
    if (!found.find() || !found.group(1).equals(ours)) {
      System.out.printf("  %s %s: ours %s%n", asset, key, ours);
      return false;
    }
    return true;
  }

  /** Row by row under first in, first out. */
  private static boolean compareRows(Path folder, BenchmarkTrades trades) throws IOException {
    Path file = folder.resolve("disposals.csv");
    if (!Files.exists(file) || trades.numbers.size() > 200_000) {
      return true;
    }
    Figures figures = new Figures(true);
    measure(trades, trades.numbers.size(), settings("FIFO"), figures);
    List<String> lines = Files.readAllLines(file);
    int different = Math.abs(lines.size() - 1 - figures.rows.size());
    for (int i = 0; i < figures.rows.size() && i + 1 < lines.size(); i++) {
      if (!figures.rows.get(i).writtenAs(lines.get(i + 1).split(",", -1))) {
        System.out.println("  row " + i + ": " + lines.get(i + 1) + " ours " + figures.rows.get(i));
        different++;
      }
    }
    System.out.printf("FIFO rows: %d, different: %d%n", figures.rows.size(), different);
    return different == 0;
  }

  /** One trade after all the others: from a saved state against the run over everything. */
  private static boolean oneMore(BenchmarkTrades trades) {
    Settings settings = settings("FIFO");
    int count = trades.numbers.size();
    long[] late = trades.numbers.get(count - 1).clone();
    late[0] += 1000;
    trades.numbers.add(late);
    trades.names.add(trades.names.get(count - 1));
    Figures first = new Figures(false);
    Engine engine = new Engine(settings, first);
    for (int i = 0; i < count; i++) {
      engine.apply(trades.event(i));
    }
    State state = engine.save();
    BigDecimal told = gain(first);
    BigDecimal total = BigDecimal.ZERO;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      Figures figures = new Figures(false);
      Engine resumed = new Engine(state, figures);
      resumed.apply(trades.event(count));
      State after = resumed.save();
      total = told.add(gain(figures));
      long took = System.nanoTime() - start;
      long bytes = after.changed().values().stream().mapToLong(part -> part.length).sum();
      System.out.printf(
          Locale.ROOT, "one more trade: %.1f ms, %d kB written%n", took / 1e6, bytes / 1024);
    }
    Figures again = new Figures(false);
    measure(trades, count + 1, settings, again);
    boolean same = total.compareTo(gain(again)) == 0;
    System.out.println(
        "one more trade: total " + (same ? "equals" : "DIFFERS from") + " a full run");
    return same;
  }

  private static BigDecimal gain(Figures figures) {
    return figures.assets.values().stream()
        .map(sums -> sums.gain)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
