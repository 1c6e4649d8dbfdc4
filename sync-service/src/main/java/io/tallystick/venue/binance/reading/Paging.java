package io.tallystick.venue.binance.reading;

import java.util.Map;

/** How the rows of one window are had. */
public sealed interface Paging {
  /** The most rows of one answer: a shorter one is whole. */
  int limit();

  /** What is asked for, when so many rows of the window were read. */
  Map<String, String> parameters(int read);

  /** Row by row: {@code offset} and {@code limit}. */
  record Offset(int limit) implements Paging {
    @Override
    public Map<String, String> parameters(int read) {
      return Map.of("offset", Integer.toString(read), "limit", Integer.toString(limit));
    }
  }

  /**
   * Page by page, counted from 1.
   *
   * @param page what the venue calls the number
   * @param size what it calls the rows of a page
   */
  record Pages(String page, String size, int limit) implements Paging {
    @Override
    public Map<String, String> parameters(int read) {
      return Map.of(page, Integer.toString(read / limit + 1), size, Integer.toString(limit));
    }
  }

  /**
   * Nothing leads beyond the first rows, or the rows have no ids and must be counted in one answer:
   * a window that is too full is asked for again, narrower, until it fits.
   *
   * @param size what the venue calls the number of rows; empty when it cannot be asked for
   */
  record Narrowing(String size, int limit) implements Paging {
    @Override
    public Map<String, String> parameters(int read) {
      return size.isEmpty() ? Map.of() : Map.of(size, Integer.toString(limit));
    }
  }

  /** Only the newest rows of all are told, whatever the window. */
  record Newest(int limit) implements Paging {
    @Override
    public Map<String, String> parameters(int read) {
      return Map.of();
    }
  }
}
