package io.tallystick.report.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tallystick.kernel.Decimals;
import io.tallystick.report.journal.Journal.Move;
import io.tallystick.report.journal.Journal.Posted;
import io.tallystick.report.journal.Journal.Syntax;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that are to read a journal accept it and come to our balances. */
class JournalTest {
  private static final Instant DAY = Instant.parse("2025-03-30T23:59:59.999Z");
  private static final List<Posted> BOOKS =
      List.of(
          new Posted(
              "ent_1",
              "deposit",
              DAY,
              List.of(move("external/ETH", "venue/abc/spot", "USDT", "1000.00000001"))),
          new Posted(
              "ent_2",
              "trade",
              DAY.plusSeconds(1),
              List.of(
                  move("venue/abc/spot", "trading", "USDT", "300.123456789012345678"),
                  move("trading", "venue/abc/spot", "1INCH", "12"),
                  move("venue/abc/spot", "fees/abc", "BNB", "0.000000000000000001"))),
          new Posted("ent_3", "withdrawal", DAY.plusSeconds(2), List.of()),
          new Posted(
              "ent_4",
              "income",
              DAY.plusSeconds(3),
              List.of(
                  move("income/earn", "venue/abc/earn-flexible", "币安人生", "7"),
                  move("external/unknown", "suspense", "=1+1", "3"),
                  move("external/unknown", "suspense", "NULL", "5"))));

  @TempDir Path folder;

  private static Move move(String from, String to, String asset, String amount) {
    return new Move(from, to, asset, Decimals.of(amount));
  }

  @Test
  void everyCommodityBalancesInEveryEntry() {
    for (Posted entry : BOOKS) {
      Map<String, BigDecimal> sums = new TreeMap<>();
      Journal.balances(List.of(entry))
          .values()
          .forEach(account ->
              account.forEach((asset, amount) -> sums.merge(asset, amount, BigDecimal::add)));
      sums.forEach((asset, sum) -> assertEquals(0, sum.signum(), entry.id() + " " + asset));
    }
  }

  @Test
  void hledgerAcceptsItAndComesToOurBalances() throws Exception {
    Path file = write(Syntax.HLEDGER);
    assertEquals(List.of(), run("hledger", "-f", file.toString(), "check"));
    List<String> lines =
        run(
            "hledger",
            "-f",
            file.toString(),
            "balance",
            "--flat",
            "-N",
            "-O",
            "csv",
            "--layout=bare");
    Map<String, String> theirs = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.substring(1, line.length() - 1).split("\",\"", -1);
      theirs.put(cells[0] + " " + cells[1], cells[2]);
    }
    assertEquals(ours(), canonical(theirs));
  }

  @Test
  void ledgerAcceptsItAndComesToOurBalances() throws Exception {
    List<String> lines =
        run(
            "ledger",
            "-f",
            write(Syntax.LEDGER).toString(),
            "balance",
            "--flat",
            "--no-total",
            "--balance-format",
            "%(account)\t%(display_total)\n");
    Map<String, String> theirs = new TreeMap<>();
    String account = "";
    for (String line : lines) {
      String[] cells = line.split("\t", -1);
      account = cells.length > 1 ? cells[0] : account;
      String[] amount = cells[cells.length - 1].strip().split(" ", 2);
      theirs.put(account + " " + amount[1].replace("\"", ""), amount[0]);
    }
    assertEquals(ours(), canonical(theirs));
  }

  @Test
  void beancountAcceptsItAndComesToOurBalances() throws Exception {
    Path file = write(Syntax.BEANCOUNT);
    assertEquals(List.of(), run("bean-check", file.toString()));
    Map<String, String> theirs = new TreeMap<>();
    for (String line :
        run(
            "bean-query",
            "-f",
            "csv",
            file.toString(),
            "SELECT account, currency, str(sum(number)) AS total GROUP BY account, currency")) {
      String[] cells = line.split(",", -1);
      if (!cells[0].equals("account")) {
        // Written as it is kept: a plain number would be shown with as many digits as most have.
        String total = cells[2].strip().replaceAll("^Decimal\\('(.*)'\\)$", "$1");
        theirs.put(cells[0].strip() + " " + cells[1].strip(), total);
      }
    }
    Map<String, String> ours = new TreeMap<>();
    Journal.balances(BOOKS)
        .forEach((account, sums) ->
            sums.forEach((asset, amount) -> {
              if (amount.signum() != 0) {
                ours.put(
                    Journal.account(account) + " " + Journal.commodity(asset),
                    Decimals.text(amount));
              }
            }));
    assertEquals(ours, canonical(theirs));
  }

  @Test
  void namesThatAProgramDoesNotTakeAreWrittenAsTheirBytes() {
    assertEquals("X31494E4348", Journal.commodity("1INCH"));
    assertEquals("BTC", Journal.commodity("BTC"));
    assertEquals("X34", Journal.commodity("4"));
    assertEquals("X583334", Journal.commodity("X34"), "taken already");
    assertEquals("XLM", Journal.commodity("XLM"));
    assertEquals("X4E554C4C", Journal.commodity("NULL"), "a word of theirs");
    assertEquals("Assets:Venue:Abc:Spot", Journal.account("venue/abc/spot"));
    assertTrue(Journal.account("external/_x").startsWith("Equity:External:X"));
    assertEquals("Assets:Venue:0ab3:Earn-flexible", Journal.account("venue/0ab3/earn-flexible"));
    assertNotEquals(Journal.account("external/a_b"), Journal.account("external/a-b"));
    assertNotEquals(Journal.account("external/BTC"), Journal.account("external/Btc"));
    assertNotEquals(
        Journal.commodity("a-coin-with-a-long-name-1"),
        Journal.commodity("a-coin-with-a-long-name-2"));
  }

  private static Map<String, String> ours() {
    Map<String, String> ours = new TreeMap<>();
    Journal.balances(BOOKS)
        .forEach((account, sums) ->
            sums.forEach((asset, amount) -> {
              if (amount.signum() != 0) {
                ours.put(account.replace('/', ':') + " " + asset, Decimals.text(amount));
              }
            }));
    return ours;
  }

  private static Map<String, String> canonical(Map<String, String> balances) {
    Map<String, String> canonical = new TreeMap<>();
    balances.forEach((key, amount) -> {
      BigDecimal sum = new BigDecimal(amount);
      if (sum.signum() != 0) {
        canonical.put(key.replace("\"\"", ""), Decimals.text(sum));
      }
    });
    return canonical;
  }

  private Path write(Syntax syntax) throws IOException {
    return Files.writeString(
        folder.resolve("books." + syntax.code()),
        Journal.write(syntax, BOOKS),
        StandardCharsets.UTF_8);
  }

  // What the program printed; without the program the test is skipped, and says so.
  private static List<String> run(String... command) throws Exception {
    boolean there =
        Files.isExecutable(Path.of("/usr/bin", command[0]))
            || Files.isExecutable(Path.of("/usr/local/bin", command[0]));
    String missing = command[0] + " is not installed: the journal was NOT checked by it";
    if (!there) {
      System.out.println("WARNING: " + missing);
    }
    assumeTrue(there, missing);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
    assertEquals(0, process.exitValue(), output);
    return new ArrayList<>(output.lines().toList());
  }
}
