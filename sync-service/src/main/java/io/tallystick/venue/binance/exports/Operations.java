package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.ExportRecord.StatementLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The dictionary of the statement's operations, kept as data beside this class. Words are compared
 * without case and with blanks collapsed. The venue renames operations, also in new exports of old
 * rows, so the names of one event form a family, and families are compared, not words.
 */
public final class Operations {
  private static final String RESOURCE = "operations.csv";

  /**
   * What a line's operation means.
   *
   * @param family one name for all spellings and renamings; an unknown word is its own family
   * @param known whether the dictionary has the word
   */
  public record Meaning(String family, Effect effect, boolean known) {}

  private record Item(String family, Effect in, Effect out) {}

  private final int version;
  private final LocalDate date;
  private final Map<String, Item> items;

  private Operations(int version, LocalDate date, Map<String, Item> items) {
    this.version = version;
    this.date = date;
    this.items = Map.copyOf(items);
  }

  /** Reads the dictionary that belongs to this build. */
  public static Operations load() {
    try (InputStream in =
            Objects.requireNonNull(Operations.class.getResourceAsStream(RESOURCE), RESOURCE);
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
        CSVParser lines = CSVParser.parse(text, CSVFormat.RFC4180)) {
      return read(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Operations read(CSVParser lines) {
    int version = 0;
    LocalDate date = LocalDate.EPOCH;
    Map<String, Item> items = new HashMap<>();
    for (CSVRecord line : lines) {
      String first = line.get(0);
      if (first.equals("version")) {
        version = Integer.parseInt(line.get(1));
        date = LocalDate.parse(line.get(2));
      } else if (!first.startsWith("#")) {
        Item item = new Item(line.get(1), Effect.valueOf(line.get(2)), Effect.valueOf(line.get(3)));
        if (items.put(folded(first), item) != null) {
          throw new IllegalStateException("the dictionary names twice: " + first);
        }
      }
    }
    return new Operations(version, date, items);
  }

  /** Counts up with each change of the dictionary. */
  public int version() {
    return version;
  }

  /** When it was last changed. */
  public LocalDate date() {
    return date;
  }

  /** How many words it has. */
  public int size() {
    return items.size();
  }

  /** What a line means. An unknown word keeps the line's sign and amount, and is named as such. */
  public Meaning of(StatementLine line) {
    return of(line.operation(), line.change(), Wallet.of(line.account()));
  }

  /**
   * What a change is that a page calls by this word.
   *
   * @param change signed, never zero
   * @param wallet null for one nobody knows
   */
  public Meaning of(String operation, BigDecimal change, @Nullable Wallet wallet) {
    String word = folded(operation);
    Item item = items.get(word);
    if (item == null) {
      return new Meaning(word, Effect.UNKNOWN, false);
    }
    Effect effect = change.signum() < 0 ? item.out() : item.in();
    return new Meaning(item.family(), onWallet(effect, wallet), true);
  }

  private static Effect onWallet(Effect effect, @Nullable Wallet wallet) {
    boolean futures = wallet == Wallet.FUTURES_USD || wallet == Wallet.FUTURES_COIN;
    if (effect == Effect.TRADE_FEE && futures) {
      return Effect.FUTURES_FEE;
    }
    // The mirror of 2026 is known on the earn wallet only; elsewhere it would be news.
    return effect == Effect.MIRROR && wallet != Wallet.EARN ? Effect.UNKNOWN : effect;
  }

  private static String folded(String word) {
    return word.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
