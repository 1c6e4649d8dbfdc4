package io.tallystick.report.journal;

import io.tallystick.kernel.Decimals;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries as a journal, quantities to the last digit. Every posting is two lines, so that
 * each commodity balances by itself; days are days of UTC.
 */
public final class Journal {
  private static final Pattern BEAN_COMMODITY = Pattern.compile("[A-Z][A-Z0-9]{1,21}");

  private Journal() {}

  /** Who is to read it. */
  public enum Syntax {
    /** hledger, 1.25 or later. */
    HLEDGER,
    /** ledger, 3. */
    LEDGER,
    /** beancount, 2 or 3. */
    BEANCOUNT;

    /** The name in the API: lower case. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The syntax of this name; null when there is none. */
    public static @Nullable Syntax of(String code) {
      for (Syntax syntax : values()) {
        if (syntax.code().equals(code)) {
          return syntax;
        }
      }
      return null;
    }
  }

  /** An entry of the books, in the order in which they are to be written. */
  public record Posted(String id, String kind, Instant at, List<Move> moves) {
    public Posted {
      moves = List.copyOf(moves);
    }
  }

  /** A positive amount from one account path to another. */
  public record Move(String from, String to, String asset, BigDecimal amount) {}

  /** The text of a journal. */
  public static String write(Syntax syntax, List<Posted> entries) {
    return switch (syntax) {
      case HLEDGER, LEDGER -> ledger(entries);
      case BEANCOUNT -> beancount(entries);
    };
  }

  private static String ledger(List<Posted> entries) {
    StringBuilder text = new StringBuilder();
    for (Posted entry : entries) {
      if (entry.moves().isEmpty()) {
        continue;
      }
      text.append(day(entry)).append(' ').append(entry.kind());
      text.append("  ; entry: ").append(entry.id()).append('\n');
      totals(entry)
          .forEach((key, amount) -> {
            String commodity = quoted(key.asset());
            text.append("    ").append(key.account().replace('/', ':')).append("    ");
            text.append(Decimals.text(amount)).append(' ').append(commodity).append('\n');
          });
      text.append('\n');
    }
    return text.toString();
  }

  // A quotation mark cannot be quoted there; no asset of a venue has one.
  private static String quoted(String asset) {
    return '"' + asset.replace('"', '\'').replace('\n', ' ').replace(';', ',') + '"';
  }

  private static String beancount(List<Posted> entries) {
    StringBuilder text = new StringBuilder("option \"title\" \"Tallystick\"\n\n");
    TreeMap<String, LocalDate> accounts = new TreeMap<>();
    TreeMap<String, LocalDate> commodities = new TreeMap<>();
    for (Posted entry : entries) {
      LocalDate day = day(entry);
      for (Move move : entry.moves()) {
        accounts.merge(move.from(), day, (a, b) -> a.isBefore(b) ? a : b);
        accounts.merge(move.to(), day, (a, b) -> a.isBefore(b) ? a : b);
        commodities.merge(move.asset(), day, (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    commodities.forEach((asset, day) -> {
      text.append(day).append(" commodity ").append(commodity(asset)).append('\n');
      text.append("  name: \"").append(escaped(asset)).append("\"\n");
    });
    accounts.forEach(
        (path, day) -> text.append(day).append(" open ").append(account(path)).append('\n'));
    text.append('\n');
    for (Posted entry : entries) {
      if (entry.moves().isEmpty()) {
        continue;
      }
      text.append(day(entry)).append(" * \"").append(entry.kind()).append("\"\n");
      text.append("  entry: \"").append(entry.id()).append("\"\n");
      totals(entry)
          .forEach((key, amount) ->
              text.append("  ")
                  .append(account(key.account()))
                  .append("  ")
                  .append(Decimals.text(amount))
                  .append(' ')
                  .append(commodity(key.asset()))
                  .append('\n'));
      text.append('\n');
    }
    return text.toString();
  }

  private record Cell(String account, String asset) implements Comparable<Cell> {
    @Override
    public int compareTo(Cell other) {
      int byAccount = account.compareTo(other.account);
      return byAccount != 0 ? byAccount : asset.compareTo(other.asset);
    }
  }

  private static TreeMap<Cell, BigDecimal> totals(Posted entry) {
    TreeMap<Cell, BigDecimal> totals = new TreeMap<>();
    for (Move move : entry.moves()) {
      totals.merge(new Cell(move.to(), move.asset()), move.amount(), BigDecimal::add);
      totals.merge(new Cell(move.from(), move.asset()), move.amount().negate(), BigDecimal::add);
    }
    totals.values().removeIf(amount -> amount.signum() == 0);
    return totals;
  }

  private static LocalDate day(Posted entry) {
    return entry.at().atOffset(ZoneOffset.UTC).toLocalDate();
  }

  /** A commodity's name there: its own when that is allowed, else its bytes. */
  public static String commodity(String asset) {
    return BEAN_COMMODITY.matcher(asset).matches() ? asset : "X" + hex(asset);
  }

  /** An account's name there; its kind decides under which of the five it stands. */
  public static String account(String path) {
    String[] parts = path.split("/", -1);
    String root =
        switch (parts[0]) {
          case "venue" -> "Assets";
          case "fees" -> "Expenses";
          case "income" -> "Income";
          default -> "Equity";
        };
    StringBuilder name = new StringBuilder(root);
    for (String part : parts) {
      String plain = part.replaceAll("[^A-Za-z0-9-]", "-");
      boolean same = plain.equals(part) && !plain.isEmpty() && !plain.startsWith("-");
      name.append(':').append(same ? capital(plain) : "X" + hex(part));
    }
    return name.toString();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String hex(String text) {
    String all = HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
    return all.length() > 20 ? all.substring(0, 20) : all;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** Balances by account path and asset, as every reader of the journal must come to them. */
  public static Map<String, Map<String, BigDecimal>> balances(List<Posted> entries) {
    Map<String, Map<String, BigDecimal>> balances = new TreeMap<>();
    for (Posted entry : entries) {
      totals(entry)
          .forEach((key, amount) ->
              balances
                  .computeIfAbsent(key.account(), _ -> new TreeMap<>())
                  .merge(key.asset(), amount, BigDecimal::add));
    }
    return balances;
  }
}
