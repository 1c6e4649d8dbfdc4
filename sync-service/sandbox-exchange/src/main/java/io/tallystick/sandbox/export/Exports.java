package io.tallystick.sandbox.export;

import io.tallystick.sandbox.account.Account;
import io.tallystick.sandbox.wire.Body;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Writes what the exchange shows of an account into files, as its download pages do. */
public final class Exports {
  private static final String MARK_OF_UTF_8 = "\uFEFF";
  private static final String NOTHING = "No data matches the criteria.";

  private Exports() {}

  /**
   * The files of an export, its parts in their order.
   *
   * @param made when it is asked for; stands in the names
   */
  public static List<ExportFile> of(Account account, ExportWish wish, Instant made) {
    Style style = Style.of(wish);
    List<Line> lines =
        lines(account, wish.kind(), style).stream()
            .filter(line -> line.time() >= wish.from().toEpochMilli())
            .filter(line -> line.time() < wish.to().toEpochMilli())
            .sorted(Comparator.comparingLong(Line::time))
            .toList();
    // The statement begins with the oldest, pages with the newest.
    List<Line> ordered = wish.kind() == FileKind.STATEMENT ? lines : lines.reversed();
    int parts = ordered.isEmpty() ? 1 : wish.parts();
    List<ExportFile> files = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      List<Line> some =
          ordered.subList(ordered.size() * part / parts, ordered.size() * (part + 1) / parts);
      String name = name(wish, style, made, ordered.isEmpty() ? 0 : part + 1, parts);
      files.add(new ExportFile(name, Body.text(text(wish.kind(), style, some)), some.size()));
    }
    return List.copyOf(files);
  }

  private static List<Line> lines(Account account, FileKind kind, Style style) {
    return switch (kind) {
      case STATEMENT -> new StatementLines(account, style).all();
      case SPOT_TRADES -> new TradeLines(account, style).trades();
      case SPOT_ORDERS -> new TradeLines(account, style).orders();
      case DEPOSITS -> new CashLines(account, style).deposits();
      case WITHDRAWALS -> new CashLines(account, style).withdrawals();
      case CONVERTS -> new CashLines(account, style).converts();
      case PEER_TRADES -> new PeopleLines(account, style).trades();
      case FIAT_DEPOSITS -> new PeopleLines(account, style).orders(false);
      case FIAT_WITHDRAWALS -> new PeopleLines(account, style).orders(true);
      case FIAT_PURCHASES -> new PeopleLines(account, style).purchases();
      case AUTO_INVEST -> new ProductLines(account, style).runs();
      case EARN_INTEREST -> new ProductLines(account, style).interest();
      case FUTURES_INCOME -> new ProductLines(account, style).futures();
    };
  }

  private static List<String> header(FileKind kind, Style style) {
    return switch (kind) {
      case STATEMENT -> StatementLines.header(style);
      case SPOT_TRADES -> TradeLines.tradeHeader(style);
      case SPOT_ORDERS -> TradeLines.orderHeader(style);
      case DEPOSITS -> CashLines.depositHeader(style);
      case WITHDRAWALS -> CashLines.withdrawalHeader(style);
      case CONVERTS -> CashLines.convertHeader(style);
      case PEER_TRADES -> PeopleLines.tradeHeader(style);
      case FIAT_DEPOSITS -> PeopleLines.orderHeader(style, false);
      case FIAT_WITHDRAWALS -> PeopleLines.orderHeader(style, true);
      case FIAT_PURCHASES -> PeopleLines.purchaseHeader(style);
      case AUTO_INVEST -> ProductLines.runHeader(style);
      case EARN_INTEREST -> ProductLines.interestHeader();
      case FUTURES_INCOME -> ProductLines.futuresHeader(style);
    };
  }

  // An empty export is a header and one sentence.
  private static String text(FileKind kind, Style style, List<Line> lines) {
    StringBuilder text = new StringBuilder(style.isCurrent() ? MARK_OF_UTF_8 : "");
    write(text, header(kind, style));
    lines.forEach(line -> write(text, line.cells()));
    if (lines.isEmpty()) {
      write(text, List.of(NOTHING));
    }
    return text.toString();
  }

  private static void write(StringBuilder text, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      boolean quoted = cell.contains(",") || cell.contains("\"");
      text.append(i == 0 ? "" : ",").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
    }
    text.append('\n');
  }

  // An empty export has no part in its name. Former exports were split by the machine that made
  // them, and named after it.
  private static String name(ExportWish wish, Style style, Instant made, int part, int parts) {
    String words = wish.kind().words(style.generation());
    String stamp = style.stamp(made.toEpochMilli());
    if (style.isCurrent()) {
      String split = part > 0 ? "-part" + part + "-of" + parts : "";
      return "Binance-" + words + "-" + stamp + style.zoneMark() + split + ".csv";
    }
    boolean split = parts > 1 || wish.kind() == FileKind.STATEMENT;
    return split
        ? String.format(
            Locale.ROOT,
            "part-%05d-%08x-7a3b-4f26-8d1e-%s-c000.csv",
            Math.max(0, part - 1),
            wish.kind().code().hashCode(),
            stamp)
        : words + " " + stamp + ".csv";
  }
}
