package io.tallystick.venue.binance.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tallystick.kernel.Decimals;
import io.tallystick.venue.Candle;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Candles (Spot REST docs, Kline/Candlestick data): arrays of opening time, open, high, low, close,
 * volume, closing time and more, the times in milliseconds.
 */
public final class CandleRow {
  private static final int CLOSE = 4;
  private static final int CLOSED_AT = 6;

  private CandleRow() {}

  /** The candles of a page; what is none of the documented form is left out. */
  public static List<Candle> page(byte[] body) {
    List<Candle> candles = new ArrayList<>();
    if (JsonPage.array(body) instanceof JsonPage.Rows(List<byte[]> rows)) {
      for (byte[] row : rows) {
        Candle candle = read(row);
        if (candle != null) {
          candles.add(candle);
        }
      }
    }
    return candles;
  }

  private static @Nullable Candle read(byte[] row) {
    try (JsonParser parser = StrictJson.FACTORY.createParser(row)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return null;
      }
      long from = 0;
      long until = 0;
      BigDecimal close = null;
      for (int at = 0; at <= CLOSED_AT; at++) {
        JsonToken token = parser.nextToken();
        if (at == 0 && token == JsonToken.VALUE_NUMBER_INT) {
          from = parser.getLongValue();
        } else if (at == CLOSE && token == JsonToken.VALUE_STRING) {
          close = Decimals.parse(parser.getText());
        } else if (at == CLOSED_AT && token == JsonToken.VALUE_NUMBER_INT) {
          until = parser.getLongValue() + 1;
        }
      }
      if (close == null || close.signum() <= 0 || from <= 0 || until <= from) {
        return null;
      }
      return new Candle(Instant.ofEpochMilli(from), Instant.ofEpochMilli(until), close);
    } catch (IOException e) {
      return null;
    }
  }
}
