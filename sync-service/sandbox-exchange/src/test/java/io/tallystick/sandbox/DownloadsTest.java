package io.tallystick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.account.AccountPlan;
import io.tallystick.sandbox.account.Holding;
import io.tallystick.sandbox.account.Wallet;
import io.tallystick.sandbox.control.Control;
import io.tallystick.sandbox.exchange.Exchange;
import io.tallystick.sandbox.exchange.ExchangeSettings;
import io.tallystick.sandbox.market.Units;
import io.tallystick.sandbox.wire.Reply;
import io.tallystick.sandbox.wire.Request;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The account's files, as its holder downloads them. */
class DownloadsTest {
  private static final Instant NOW = Instant.parse("2026-11-15T12:00:30Z");

  private final Exchange exchange =
      new Exchange(ExchangeSettings.defaults().withClock(InstantSource.fixed(NOW)));
  private final Account account = exchange.addAccount(AccountPlan.full("full", 3));
  private final Control control = new Control(exchange);

  private Reply get(String what) {
    return control.handle(Request.of("GET", "/sandbox/accounts/full/exports/" + what, Map.of()));
  }

  private List<String> lines(String what) {
    Reply reply = get(what);
    assertEquals(200, reply.status(), reply.body().text());
    return reply.body().text().lines().toList();
  }

  private static String name(Reply reply) {
    return reply.headers().getOrDefault("Content-Disposition", "");
  }

  @Test
  void files_have_the_headers_and_names_of_their_time() {
    assertEquals("\uFEFFTime,Pair,Side,Price,Executed,Amount,Fee", lines("spot-trades").getFirst());
    assertEquals(
        "Date(UTC),Pair,Side,Price,Executed,Amount,Fee",
        lines("spot-trades?form=former").getFirst());
    assertEquals(
        "\uFEFFUser ID,Time,Account,Operation,Coin,Change,Remark", lines("statement").getFirst());
    assertEquals(
        "attachment; filename=\"Binance-Spot-Trade-History-202611150600(UTC--6)-part1-of1.csv\"",
        name(get("spot-trades?zone=-06:00")));
    assertEquals(
        "attachment; filename=\"Binance-Deposit-History-202611151730(UTC+5:30)-part2-of3.csv\"",
        name(get("deposits?zone=%2B05:30&parts=3&part=2")));
  }

  @Test
  void the_statement_adds_up_to_what_the_account_holds() {
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (String line : lines("statement").stream().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      if (!cells[2].equals("Earn")) {
        sums.merge(cells[2] + " " + cells[4], new BigDecimal(cells[5]), BigDecimal::add);
      }
    }
    for (Map.Entry<Wallet, String> wallet :
        Map.of(Wallet.SPOT, "Spot", Wallet.FUNDING, "Funding").entrySet()) {
      for (Map.Entry<String, Holding> held : account.holdings(wallet.getKey()).entrySet()) {
        BigDecimal sum =
            sums.getOrDefault(wallet.getValue() + " " + held.getKey(), BigDecimal.ZERO);
        BigDecimal holds = Units.decimal(held.getValue().total());
        assertEquals(0, holds.compareTo(sum), wallet.getValue() + " " + held.getKey() + " " + sum);
      }
    }
  }

  @Test
  void periods_and_parts_make_up_the_whole() {
    for (String kind :
        List.of("statement", "spot-trades", "spot-orders", "deposits", "withdrawals", "converts")) {
      List<String> whole = new ArrayList<>(lines(kind));
      whole.removeFirst();
      List<String> parts = new ArrayList<>();
      for (int part = 1; part <= 3; part++) {
        lines(kind + "?parts=3&part=" + part).stream().skip(1).forEach(parts::add);
      }
      assertEquals(whole, parts, kind);
      List<String> periods = new ArrayList<>();
      lines(kind + "?to=2026-06-01").stream().skip(1).forEach(periods::add);
      lines(kind + "?from=2026-06-01").stream().skip(1).forEach(periods::add);
      assertEquals(whole.stream().sorted().toList(), periods.stream().sorted().toList(), kind);
    }
    assertEquals("No data matches the criteria.", lines("converts?to=2020-01-01").get(1));
    assertTrue(name(get("converts?to=2020-01-01")).endsWith("(UTC).csv\""));
  }

  @Test
  void what_no_page_offers_is_refused_with_the_reason() {
    for (String wrong :
        List.of(
            "nonsense",
            "deposits?zone=there",
            "deposits?from=yesterday",
            "deposits?parts=0",
            "deposits?parts=2&part=3",
            "deposits?form=future")) {
      assertEquals(400, get(wrong).status(), wrong);
    }
    Reply nobody =
        control.handle(Request.of("GET", "/sandbox/accounts/nobody/exports/deposits", Map.of()));
    assertEquals(400, nobody.status());
  }
}
