package io.tallystick.imports;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The files of a crowded account. */
final class CrowdFiles {
  /** A file as its owner would bring it. */
  record Brought(String name, byte[] bytes) {}

  private static final Map<String, String> HEADERS =
      Map.of(
          Crowd.STATEMENT,
          "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark",
          Crowd.TRADES,
          "Date(UTC),Pair,Side,Price,Executed,Amount,Fee",
          "converts.csv",
          "Date,Wallet,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status",
          "deposits.csv",
          "Date(UTC+0),Coin,Network,Amount,Address,TXID,Status",
          "withdrawals.csv",
          "Date(UTC+0),Coin,Network,Amount,Fee,Address,TXID,Status",
          "people.csv",
          "Order Number,Order Type,Asset Type,Fiat Type,Total Price,Price,Quantity,Exchange rate,"
              + "Maker Fee,Taker Fee,Couterparty,Status,Created Time",
          "interest.csv",
          "Date(UTC),Product Name,Coin,Amount",
          "stakes.csv",
          "Date(UTC),Coin,Token,Amount,Status",
          "buys.csv",
          "Date(UTC),Method,Spend Amount,Receive Amount,Fee,Price,Status,Transaction ID",
          "plans.csv",
          "Auto-Invest Date(UTC),Holding Coin,Amount per period,Trading Fee,Units,From,Status");

  private final Crowd crowd;
  private final Random random;

  CrowdFiles(Crowd crowd, Random random) {
    this.crowd = crowd;
    this.random = random;
  }

  /** So many of a file's rows, from the first. */
  Brought file(String name, int count) {
    return new Brought(name, bytes(header(name), rows(name, count)));
  }

  /**
   * The same as the pages of today show it, in some zone; only of some files is there such a form.
   */
  Brought today(String name, int count) {
    boolean statement = name.equals(Crowd.STATEMENT);
    if (!statement && !name.equals(Crowd.TRADES)) {
      return file(name, count);
    }
    int hours = random.nextInt(24) - 11;
    DateTimeFormatter shown =
        DateTimeFormatter.ofPattern("yy-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(hours));
    List<String> lines = new ArrayList<>();
    for (String row : rows(name, count)) {
      String[] cells = row.split(",", -1);
      int at = statement ? 1 : 0;
      cells[at] = shown.format(Crowd.SECOND.parse(cells[at], Instant::from));
      lines.add(String.join(",", cells));
    }
    String kind = statement ? "Transaction" : "Spot-Trade";
    String zone = hours == 0 ? "UTC" : "UTC" + (hours < 0 ? "-" : "+") + hours;
    String header =
        statement
            ? "User ID,Time,Account,Operation,Coin,Change,Remark"
            : header(name).replace("Date(UTC)", "Time");
    return new Brought(
        "Binance-" + kind + "-History-202604011210(" + zone + ").csv", bytes(header, lines));
  }

  private List<String> rows(String name, int count) {
    return Objects.requireNonNull(crowd.rows.get(name)).subList(0, count);
  }

  private static String header(String name) {
    return Objects.requireNonNull(HEADERS.get(name));
  }

  private static byte[] bytes(String header, List<String> lines) {
    return (header + "\n" + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
