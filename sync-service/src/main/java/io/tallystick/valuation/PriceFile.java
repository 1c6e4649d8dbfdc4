package io.tallystick.valuation;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Digests;
import io.tallystick.web.Times;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Prices in a table of text. A person's file has the columns {@code asset, currency, at, price} and
 * may have {@code until}; without it a price stands for a day from its instant. A central bank's
 * series has {@code Date} and a column for each currency, in units for one euro (ECB, euro foreign
 * exchange reference rates, the historical CSV file).
 */
public final class PriceFile {
  private static final Pattern CODE = Pattern.compile("[\\p{L}\\p{N}._-]{1,32}");
  private static final String FILE = "file:";
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> NOT_SET = List.of("", "N/A");

  private PriceFile() {}

  /** Whether a quote rests on a file that a person supplied, whatever is in it. */
  public static boolean supplied(Quote quote) {
    return quote.origin().startsWith(FILE);
  }

  /** What a file came to. */
  public sealed interface Result {
    /** All lines. */
    record Quotes(List<Quote> quotes) implements Result {}

    /** A line that cannot be read, counted from 1 with the header; then nothing of it is used. */
    record Fault(long line, String why) implements Result {}
  }

  /** The name of a file by its content: SHA-256, lower-case hexadecimal. */
  public static String id(String text) {
    return HexFormat.of().formatHex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Reads a person's file; its quotes name the file as their origin. */
  public static Result supplied(String text) {
    String origin = FILE + id(text);
    return read(
        text,
        List.of("asset", "currency", "at", "price"),
        record -> {
          Quote quote = line(record, origin);
          return quote == null ? null : List.of(quote);
        });
  }

  /** Reads a central bank's series; its quotes name the file as their origin. */
  public static Result rates(String text) {
    String origin = FILE + id(text);
    return read(text, List.of("date"), record -> day(record, origin));
  }

  @FunctionalInterface
  private interface LineReader {
    @Nullable List<Quote> read(CSVRecord record);
  }

  private static Result read(String text, List<String> needed, LineReader reader) {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreHeaderCase(true)
            .setIgnoreEmptyLines(true)
            .setAllowMissingColumnNames(true)
            .setTrim(true)
            .get();
    List<Quote> quotes = new ArrayList<>();
    try (CSVParser parser = format.parse(new StringReader(text))) {
      List<String> names =
          parser.getHeaderNames().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
      if (!names.containsAll(needed)) {
        return new Result.Fault(1, "The header must name the columns " + needed + ".");
      }
      for (CSVRecord record : parser) {
        List<Quote> read = reader.read(record);
        if (read == null) {
          return new Result.Fault(record.getRecordNumber() + 1, "This line is not a price.");
        }
        quotes.addAll(read);
      }
    } catch (IOException | IllegalArgumentException e) {
      return new Result.Fault(1, "The file is not a table of comma-separated text.");
    } catch (UncheckedIOException e) {
      return new Result.Fault(1, "A quotation mark is not closed.");
    }
    return new Result.Quotes(quotes);
  }

  private static @Nullable Quote line(CSVRecord record, String origin) {
    if (!record.isConsistent() && record.size() < 4) {
      return null;
    }
    String asset = record.get("asset");
    String currency = record.get("currency");
    Instant at = Times.parse(record.get("at"));
    BigDecimal price = Decimals.parse(record.get("price"));
    String end = record.isSet("until") ? record.get("until") : "";
    Instant until = at == null ? null : end.isEmpty() ? at.plus(DAY) : Times.parse(end);
    boolean named = CODE.matcher(asset).matches() && CODE.matcher(currency).matches();
    if (!named || at == null || price == null || until == null) {
      return null;
    }
    boolean sound = price.signum() >= 0 && at.isBefore(until) && !asset.equals(currency);
    return sound ? new Quote(Quote.Source.FILE, asset, currency, at, until, price, origin) : null;
  }

  private static @Nullable List<Quote> day(CSVRecord record, String origin) {
    Instant from;
    try {
      from = LocalDate.parse(record.get("date")).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
    List<Quote> quotes = new ArrayList<>();
    for (String name : record.getParser().getHeaderNames()) {
      boolean rate = Prices.CURRENCIES.contains(name) && record.isSet(name);
      if (!rate || NOT_SET.contains(record.get(name))) {
        continue;
      }
      BigDecimal price = Decimals.parse(record.get(name));
      if (price == null || price.signum() <= 0) {
        return null;
      }
      quotes.add(new Quote(Quote.Source.RATES, "EUR", name, from, from.plus(DAY), price, origin));
    }
    return quotes;
  }
}
