package io.tallystick.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is made of the demo's books. */
final class DemoBooks {
  private static final Pattern COMMODITY = Pattern.compile("commodity (\\S+)\\R  name: \"(.*)\"");

  private DemoBooks() {}

  /** Journals are accepted by who is to read them, who comes to the balances of the API. */
  static void journalsComeToTheSameBalances(DemoRun demo, Api tracker) throws Exception {
    Api accountant = demo.process.api("demo-accountant");
    String holder = demo.holder(tracker);
    // The path of an account names the wallet; a journal writes it with colons.
    Map<String, BigDecimal> ours = new TreeMap<>();
    for (JsonNode line : tracker.all("/v1/balances?limit=500&connection=" + demo.connection)) {
      BigDecimal sum = new BigDecimal(line.path("derived").asText());
      if (sum.signum() != 0) {
        ours.put(line.path("wallet").asText() + " " + line.path("asset").asText(), stripped(sum));
      }
    }
    if (Bookkeeping.has("hledger")) {
      Path journal = demo.folder().resolveSibling("books.hledger");
      Files.writeString(journal, accountant.plain("/v1/journals/hledger?holder=" + holder).text());
      assertEquals(ours, wallets(Bookkeeping.hledger(journal), "venue:", Map.of()));
      Files.delete(journal);
    }
    if (Bookkeeping.has("bean-check")) {
      Path journal = demo.folder().resolveSibling("books.beancount");
      String text = accountant.plain("/v1/journals/beancount?holder=" + holder).text();
      Files.writeString(journal, text);
      assertEquals(ours, wallets(Bookkeeping.beancount(journal), "Assets:Venue:", names(text)));
      Files.delete(journal);
    }
  }

  private static BigDecimal stripped(BigDecimal sum) {
    return sum.stripTrailingZeros();
  }

  // Names that beancount does not take are written otherwise, and told beside the commodity.
  private static Map<String, String> names(String journal) {
    Map<String, String> names = new TreeMap<>();
    Matcher told = COMMODITY.matcher(journal);
    while (told.find()) {
      names.put(told.group(1), told.group(2));
    }
    return names;
  }

  private static Map<String, BigDecimal> wallets(
      Map<String, BigDecimal> sums, String root, Map<String, String> names) {
    Map<String, BigDecimal> wallets = new TreeMap<>();
    sums.forEach((name, sum) -> {
      if (name.startsWith(root)) {
        String[] words = name.split("[: ]", -1);
        String wallet = words[words.length - 2].toLowerCase(Locale.ROOT);
        String asset = words[words.length - 1];
        wallets.put(wallet + " " + names.getOrDefault(asset, asset), sum);
      }
    });
    return wallets;
  }

  /** A report says something, stays, and can be laid out. */
  static void aReportIsMadeKeptAndMadeAgain(DemoRun demo, Api tracker) throws Exception {
    Api accountant = demo.process.api("demo-accountant");
    JsonNode report =
        accountant
            .post("/v1/reports", Map.of("holder", demo.holder(tracker), "profile", "de"))
            .expect(201);
    String id = report.path("id").asText();
    System.out.println("demo: report " + report.path("years"));
    assertTrue(report.path("events").asInt() > 2_000, report.toString());
    assertTrue(report.path("years").size() > 0, report.toString());
    JsonNode again = accountant.post("/v1/reports/" + id + "/rerun", Map.of()).expect(200);
    assertTrue(again.path("identical").asBoolean(), again.toString());
    for (String table : List.of("disposals", "anlage-so", "holdings", "roll-forward", "carf")) {
      accountant.csv("/v1/reports/" + id + "/tables/" + table).expect(200);
    }
    OfflineChecks.aPackVerifiesByItself(accountant, id);
    OfflineChecks.theLogVerifiesByItself(demo.process.api("demo-compliance"));
  }
}
