package io.tallystick.venue.binance.reading;

import io.tallystick.kernel.Digests;
import io.tallystick.venue.Fetch;
import io.tallystick.venue.Raw;
import io.tallystick.venue.binance.wire.CutRow;
import io.tallystick.venue.binance.wire.JsonPage;
import io.tallystick.venue.binance.wire.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record with what paging needs to know of it.
 *
 * @param id the number by which pages go; null when the record has none that can be read
 * @param mayChange whether the venue may still change it
 * @param market the symbol that the record itself names; null when it names none
 */
public record Item(Raw raw, @Nullable Long id, boolean mayChange, @Nullable String market) {

  /** A record that tells its key. */
  public static Item of(String key, @Nullable Instant bornAt, byte[] bytes) {
    return new Item(new Raw(key, bornAt, bytes), null, false, null);
  }

  /** A record without a usable key: its content is its key. */
  public static Item nameless(byte[] bytes) {
    return byContent(bytes, null, bytes);
  }

  /**
   * A record whose key is a digest of some of its facts, as the venue gave it no id. Keys are not
   * shown to anybody: the store keeps only a keyed digest of them.
   */
  public static Item byContent(byte[] facts, @Nullable Instant bornAt, byte[] bytes) {
    return of("~" + HexFormat.of().formatHex(Digests.sha256(facts)), bornAt, bytes);
  }

  /**
   * A record that tells its id and its instant under these names. Without an id its content is its
   * key; without an instant it has none.
   */
  public static Item told(byte[] record, String idName, String timeName) {
    Row row = Row.of(record);
    String id = row.name(idName);
    if (row.wrong() != null) {
      return nameless(record);
    }
    Instant at = row.instant(timeName);
    return of(id, row.wrong() == null ? at : null, record);
  }

  /** A record without an id, whose facts and count among equals are its key. */
  public static Item counted(byte[] record, String timeName, String... names) {
    Row row = Row.of(record);
    Instant at = row.instant(timeName);
    String[] facts = new String[names.length + 1];
    facts[0] = at.toString();
    for (int i = 0; i < names.length; i++) {
      // Written canonically: padding an amount with zeros makes no other record of it.
      facts[i + 1] = row.fact(names[i]);
    }
    if (row.wrong() != null) {
      return nameless(record);
    }
    return byContent(facts(facts), at, record);
  }

  /** The facts as bytes, for {@link #byContent}. */
  public static byte[] facts(String... facts) {
    return String.join("\n", facts).getBytes(StandardCharsets.UTF_8);
  }

  /** The same, paged by this number. */
  public Item withId(long number) {
    return new Item(raw, number, mayChange, market);
  }

  /** The same, which the venue may still change or not. */
  public Item changing(boolean changing) {
    return new Item(raw, id, changing, market);
  }

  /** The same, which names this market itself; null for none. */
  public Item in(@Nullable String symbol) {
    return new Item(raw, id, mayChange, symbol);
  }

  /** The same, whose very bytes are read already. */
  public Item read(Row row) {
    return new Item(new Raw(raw.key(), raw.bornAt(), raw.bytes(), row), id, mayChange, market);
  }

  private boolean isOfOtherThan(String asked) {
    return market != null && !market.equals(asked);
  }

  /**
   * Like {@link #page(byte[], Function, Function)}, for answers about one market: one that holds
   * rows of others only answers something else, and their ids say nothing about this market's.
   */
  public static Fetch page(
      byte[] body, String market, Function<CutRow, Item> read, Function<List<Item>, Fetch> paging) {
    return page(
        body,
        read,
        items ->
            !items.isEmpty() && items.stream().allMatch(item -> item.isOfOtherThan(market))
                ? new Fetch.Unreadable("rows of another market")
                : paging.apply(items));
  }

  /** Cuts the page, an array, and reads its items; what then happens to them is the paging's. */
  public static Fetch page(
      byte[] body, Function<CutRow, Item> read, Function<List<Item>, Fetch> paging) {
    List<CutRow> all = CutRow.array(body);
    if (all != null) {
      return paging.apply(all.stream().map(read).toList());
    }
    return switch (JsonPage.array(body)) {
      case JsonPage.Broken(String why) -> new Fetch.Unreadable(why);
      case JsonPage.Rows(List<byte[]> rows) ->
          paging.apply(rows.stream().map(CutRow::of).map(read).toList());
    };
  }

  /**
   * The raw records, each key once for each record that bears it: where the key is the content, k
   * equal rows are k records and are numbered; where it is the venue's id, they are one.
   */
  public static List<Raw> raws(List<Item> items) {
    Map<String, Integer> seen = new HashMap<>();
    List<Raw> raws = new ArrayList<>(items.size());
    for (Item item : items) {
      Raw raw = item.raw();
      int before = seen.merge(raw.key(), 1, Integer::sum) - 1;
      if (before > 0 && raw.key().startsWith("~")) {
        raws.add(new Raw(raw.key() + "#" + before, raw.bornAt(), raw.bytes()));
      } else {
        raws.add(raw);
      }
    }
    return raws;
  }
}
