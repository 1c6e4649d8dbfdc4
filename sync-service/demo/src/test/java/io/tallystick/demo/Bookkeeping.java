package io.tallystick.demo;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that keep books by themselves: what they say of a journal of ours. */
final class Bookkeeping {
  private Bookkeeping() {}

  /** Whether the program is there; says so aloud when it is not. */
  static boolean has(String program) {
    boolean there =
        Stream.of("/usr/bin", "/usr/local/bin")
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!there) {
      System.out.println(
          "WARNING: " + program + " is not installed; no journal was checked with it");
    }
    return there;
  }

  /** What hledger comes to, by account and commodity. */
  static Map<String, BigDecimal> hledger(Path journal) throws IOException, InterruptedException {
    run("hledger", "-f", journal.toString(), "check");
    String table =
        run(
            "hledger",
            "-f",
            journal.toString(),
            "balance",
            "--flat",
            "-N",
            "-O",
            "csv",
            "--layout=bare");
    return sums(table, "\",\"");
  }

  /** What beancount comes to, by account and commodity. */
  static Map<String, BigDecimal> beancount(Path journal) throws IOException, InterruptedException {
    run("bean-check", journal.toString());
    String table =
        run(
            "bean-query",
            "-f",
            "csv",
            journal.toString(),
            "SELECT account, currency, str(sum(number)) AS total GROUP BY account, currency");
    return sums(table, ",");
  }

  private static Map<String, BigDecimal> sums(String table, String between) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    table
        .lines()
        .skip(1)
        .forEach(line -> {
          String[] cells =
              Arrays.stream(line.split(between, -1))
                  .map(cell -> cell.replaceAll("\"|Decimal\\('|'\\)", "").strip())
                  .toArray(String[]::new);
          BigDecimal sum = new BigDecimal(cells[2]);
          if (sum.signum() != 0) {
            sums.put(cells[0] + " " + cells[1], sum.stripTrailingZeros());
          }
        });
    return sums;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + output);
    }
    return output;
  }
}
