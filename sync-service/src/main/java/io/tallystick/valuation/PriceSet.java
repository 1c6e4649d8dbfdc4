package io.tallystick.valuation;

import io.tallystick.kernel.Decimals;
import io.tallystick.kernel.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * The quotes that a report was valued with, called by the digest of their own text: who has the
 * text can check that it is the set of that name.
 *
 * @param text one line a quote, sorted, tab-separated, each line ended by a line feed
 */
public record PriceSet(String text) {
  private static final int FIELDS = 7;

  /** A set of these quotes, whatever their order. */
  public static PriceSet of(Collection<Quote> quotes) {
    StringBuilder text = new StringBuilder();
    for (Quote quote : new TreeSet<>(quotes)) {
      text.append(quote.source().code()).append('\t');
      text.append(quote.base()).append('\t');
      text.append(quote.quote()).append('\t');
      text.append(quote.from()).append('\t');
      text.append(quote.until()).append('\t');
      text.append(Decimals.text(quote.price())).append('\t');
      text.append(quote.origin()).append('\n');
    }
    return new PriceSet(text.toString());
  }

  /** SHA-256 of the text, lower-case hexadecimal. */
  public String id() {
    return HexFormat.of().formatHex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The quotes again; throws IllegalArgumentException when the text is none of a set. */
  public List<Quote> quotes() {
    List<Quote> quotes = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] fields = line.split("\t", -1);
      if (fields.length != FIELDS) {
        throw new IllegalArgumentException("no line of a price set");
      }
      quotes.add(
          new Quote(
              Quote.Source.of(fields[0]),
              fields[1],
              fields[2],
              Instant.parse(fields[3]),
              Instant.parse(fields[4]),
              Decimals.of(fields[5]),
              fields[6]));
    }
    return quotes;
  }
}
