package io.tallystick.report;

import static io.tallystick.report.layout.Laid.buy;
import static io.tallystick.report.layout.Laid.cell;
import static io.tallystick.report.layout.Laid.cells;
import static io.tallystick.report.layout.Laid.move;
import static io.tallystick.report.layout.Laid.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.costbasis.Event;
import io.tallystick.report.layout.Laid;
import io.tallystick.report.layout.Sheet;
import io.tallystick.report.layout.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a table add up to the whole: of a year, and of an asset in several wallets. */
class TablesTieTest {
  private static final String[] QUANTITIES = {
    "opening",
    "acquired",
    "without_known_acquisition",
    "transferred_in",
    "disposed",
    "converted",
    "lost",
    "transferred_out",
    "closing"
  };
  private static final Pattern GAINS =
      Pattern.compile("payment period .*: disposals (\\d+),.* gains ([^,]+), losses ([^,]+),.*");

  // Two wallets that always hold enough.
  private static List<Event> history(long seed) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    events.add(buy("2024-01-02", "a", "200", "20000"));
    events.add(buy("2024-01-03", "b", "300", "45000"));
    for (int n = 0; n < 40; n++) {
      String day = LocalDate.of(2024, 1, 4).plusDays(n * 25L + random.nextInt(25)).toString();
      String wallet = random.nextBoolean() ? "a" : "b";
      String units = Integer.toString(1 + random.nextInt(4));
      String money = Integer.toString(50 + random.nextInt(900));
      events.add(
          switch (random.nextInt(4)) {
            case 0 -> buy(day, wallet, units, money);
            case 1 -> move(day, wallet, wallet.equals("a") ? "b" : "a", units, "0.25");
            default -> sell(day, wallet, units, money, "1");
          });
    }
    return events;
  }

  @Test
  void irelandPaysForTheYearInTwoPeriods() {
    Laid laid =
        Laid.of(
            "ie",
            List.of(
                buy("2024-01-10", "w", "10", "1000"),
                sell("2024-11-30", "w", "2", "500", "0"),
                sell("2024-12-01", "w", "3", "200", "0"),
                sell("2024-12-31", "w", "20", "4000", "0")));
    Sheet sheet = laid.table(Table.DISPOSALS, 2024);
    assertEquals("2024-01-01..2024-11-30", cell(sheet, 0, "payment_period"));
    assertEquals("2024-12-01..2024-12-31", cell(sheet, 1, "payment_period"));
    assertTrue(
        sheet
            .notes()
            .contains(
                "payment period 2024-01-01..2024-11-30: disposals 1, gross proceeds 500,"
                    + " selling costs 0, cost 200, gains 300, losses 0,"
                    + " parts without a known gain, in no sum: 0"),
        sheet.notes().toString());
    assertTrue(
        sheet
            .notes()
            .contains(
                "payment period 2024-12-01..2024-12-31: disposals 2, gross proceeds 1200,"
                    + " selling costs 0, cost 800, gains 500, losses -100,"
                    + " parts without a known gain, in no sum: 1"),
        sheet.notes().toString());
    Sheet quiet = laid.table(Table.DISPOSALS, 2025);
    assertEquals(2, quiet.notes().stream().filter(one -> GAINS.matcher(one).matches()).count());
    Sheet others = Laid.of("generic", laid.events()).table(Table.DISPOSALS, 2024);
    assertFalse(others.columns().contains("payment_period"));
  }

  @Test
  void thePaymentPeriodsOfAYearAddUpToItsTotals() {
    for (long seed = 1; seed <= 20; seed++) {
      Laid laid = Laid.of("ie", history(seed));
      for (int year = 2024; year <= 2026; year++) {
        int disposals = 0;
        BigDecimal gains = BigDecimal.ZERO;
        BigDecimal losses = BigDecimal.ZERO;
        for (String note : laid.table(Table.DISPOSALS, year).notes()) {
          Matcher sums = GAINS.matcher(note);
          if (sums.matches()) {
            disposals += Integer.parseInt(sums.group(1));
            gains = gains.add(new BigDecimal(sums.group(2)));
            losses = losses.add(new BigDecimal(sums.group(3)));
          }
        }
        Tally.Year totals = Totals.of(laid, year);
        assertEquals(totals.disposals(), disposals, "seed " + seed);
        BigDecimal up = laid.profile().rounding().roundProceeds(totals.gains());
        BigDecimal down = laid.profile().rounding().roundProceeds(totals.losses());
        assertEquals(0, up.compareTo(gains), "seed " + seed + " " + gains);
        assertEquals(0, down.compareTo(losses), "seed " + seed + " " + losses);
      }
    }
  }

  private static final List<Event> TRANSFER =
      List.of(
          buy("2025-02-01", "a", "1", "30000"),
          buy("2025-03-01", "b", "1", "42000"),
          move("2025-04-01", "a", "b", "0.4995", "0.0005"),
          sell("2025-05-01", "b", "1", "95000", "0"));

  @Test
  void eachWalletRollsForwardWithItsCostWhereLotsLieInWallets() {
    Sheet sheet = Laid.of("us", TRANSFER).table(Table.ROLL_FORWARD_BY_WALLET, 2025);
    assertEquals("0 1 0 0 0.0005 0 0 0.4995 0.5", cells(sheet, 0, QUANTITIES));
    assertEquals("0 1 0 0.4995 1 0 0 0 0.4995", cells(sheet, 1, QUANTITIES));
    assertEquals("0 2 0 0.4995 1.0005 0 0 0.4995 0.9995", cells(sheet, 2, QUANTITIES));
    String[] costs = {
      "wallet", "difference", "transferred_out_cost", "closing_cost", "cost_difference"
    };
    assertEquals("a 0 14985 15000 0", cells(sheet, 0, costs));
    assertEquals("b 0 0 20979 0", cells(sheet, 1, costs));
    assertEquals("all wallets 0 - 35979 0", cells(sheet, 2, costs));
  }

  @Test
  void aMethodOverAllWalletsHasQuantitiesOfWalletsAndNoCosts() {
    Laid laid = Laid.of("ie", TRANSFER);
    Sheet sheet = laid.table(Table.ROLL_FORWARD_BY_WALLET, 2026);
    String[] columns = {"wallet", "opening", "closing", "difference", "closing_cost"};
    assertEquals("a 0.5 0.5 - -", cells(sheet, 0, columns));
    assertEquals("b 0.4995 0.4995 - -", cells(sheet, 1, columns));
    assertEquals("all wallets 0.9995 0.9995 0 41979", cells(sheet, 2, columns));
  }

  @ParameterizedTest
  @ValueSource(strings = {"generic", "us", "uk", "de", "ca", "ie", "au", "jp"})
  void walletsAddUpToTheAssetAndAYearOpensAsTheLastOneClosed(String profile) {
    for (long seed = 1; seed <= 8; seed++) {
      Laid laid = Laid.of(profile, history(seed));
      Map<String, String> closings = new HashMap<>();
      for (int year = 2023; year <= 2027; year++) {
        String where = profile + ", seed " + seed + ", year " + year;
        Sheet sheet = laid.table(Table.ROLL_FORWARD_BY_WALLET, year);
        Sheet asset = laid.table(Table.ROLL_FORWARD, year);
        int all = sheet.rows().size() - 1;
        for (int row = 0; row <= all; row++) {
          String wallet = cell(sheet, row, "wallet");
          assertTrue(List.of("0", "null").contains(cell(sheet, row, "difference")), where);
          // What later purchases explain is the asset's alone, as in its own roll-forward.
          boolean ahead = row == all && laid.settings().method().looksAhead();
          List<String> right =
              ahead ? List.of(cost(asset, 0)) : List.of("0", row == all ? "0" : "null");
          assertTrue(right.contains(cost(sheet, row)), where + " " + cost(sheet, row));
          assertEquals(closings.getOrDefault(wallet, "0"), cell(sheet, row, "opening"), where);
          closings.put(wallet, cell(sheet, row, "closing"));
        }
        for (String column : QUANTITIES) {
          BigDecimal sum = BigDecimal.ZERO;
          for (int row = 0; row < all; row++) {
            sum = sum.add(new BigDecimal(cell(sheet, row, column)));
          }
          if (all >= 0) {
            assertEquals(0, sum.compareTo(new BigDecimal(cell(sheet, all, column))), where);
            assertEquals("0", cell(sheet, all, "difference"), where);
          }
          if (all >= 0 && asset.columns().contains(column)) {
            assertEquals(cell(asset, 0, column), cell(sheet, all, column), where + " " + column);
          }
        }
      }
    }
  }

  private static String cost(Sheet sheet, int row) {
    return cell(sheet, row, "cost_difference");
  }

  @Test
  void linesOfAFormHaveTheNumbersOfTheirYearOrNone() {
    Laid laid =
        Laid.of(
            "uk",
            List.of(
                buy("2023-05-01", "w", "10", "1000"),
                sell("2023-08-01", "w", "1", "300", "0"),
                sell("2024-08-01", "w", "1", "400", "0")));
    List<String> known = laid.table(Table.UK_CGT, 2024).notes();
    assertTrue(known.contains("13.1 number of disposals: 1"), known.toString());
    assertTrue(known.contains("13.4 gains before losses: 300"), known.toString());
    assertTrue(known.stream().anyMatch(one -> one.startsWith("form lines as told by: SA108")));
    List<String> before = laid.table(Table.UK_CGT, 2023).notes();
    assertTrue(before.contains("gains before losses: 200"), before.toString());
    assertTrue(before.stream().noneMatch(one -> one.startsWith("13.")), before.toString());
    for (String[] form :
        new String[][] {{"de", "2024", "2025"}, {"ca", "2023", "2024"}, {"uk", "2025", "2022"}}) {
      Table table =
          switch (form[0]) {
            case "de" -> Table.ANLAGE_SO;
            case "ca" -> Table.SCHEDULE_3;
            default -> Table.UK_CGT;
          };
      Laid of = Laid.of(form[0], List.of());
      List<String> told = of.table(table, Integer.valueOf(form[1])).notes();
      assertTrue(told.stream().anyMatch(one -> one.startsWith("form lines of the year: ")));
      assertTrue(told.stream().anyMatch(one -> one.startsWith("form lines as told by: ")));
      List<String> none = of.table(table, Integer.valueOf(form[2])).notes();
      assertTrue(none.stream().anyMatch(one -> one.startsWith("form lines: look them up")));
    }
  }
}
