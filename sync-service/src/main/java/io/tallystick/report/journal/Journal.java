package io.tallystick.report.journal;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Digests;
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
  private static final int LONGEST = 20;
  // Three words mean something else there, and what looks like bytes is kept for them.
  private static final Pattern BEAN_COMMODITY =
      Pattern.compile("(?!X([0-9A-F]{2})+$)(?!(TRUE|FALSE|NULL)$)[A-Z][A-Z0-9]{1,21}");
  private static final Pattern BEAN_WORD =
      Pattern.compile("(?![xX][0-9a-fA-F]{2})([0-9a-z][A-Za-z0-9_-]*|[A-Z][0-9A-Z_-]*)");
  private static final Pattern LEDGER_WORD = Pattern.compile("[\\p{L}\\p{N}_.-]+");

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
            text.append("    ").append(plain(key.account())).append("    ");
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

  private static Map<Cell, BigDecimal> totals(Posted entry) {
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

  /** A commodity's name there: its own when that is allowed, else its bytes or their digest. */
  public static String commodity(String asset) {
    String bytes = hex(asset);
    return BEAN_COMMODITY.matcher(asset).matches()
        ? asset
        : "X" + (bytes.length() <= LONGEST ? bytes : digest(asset));
  }

  /**
   * An account's name there; its kind decides under which of the five it stands. No two paths have
   * one name: what could be taken for another is written as its bytes.
   */
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
      name.append(':')
          .append(
              BEAN_WORD.matcher(part).matches() && !part.contains("--")
                  ? capital(part.replace("_", "--"))
                  : "X" + hex(part));
    }
    return name.toString();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String hex(String text) {
    return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(String text) {
    byte[] digest = Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().withUpperCase().formatHex(digest).substring(0, LONGEST);
  }

  // There blanks end a name and some signs mean something.
  private static String plain(String path) {
    StringBuilder name = new StringBuilder();
    for (String part : path.split("/", -1)) {
      name.append(name.isEmpty() ? "" : ":")
          .append(LEDGER_WORD.matcher(part).matches() ? part : "X" + hex(part));
    }
    return name.toString();
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
