package io.tallystick.valuation;

import io.tallystick.tenancy.Sql;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.venue.Market;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of prices: what venues and banks publish is the house's, a person's file his tenant's.
 */
final class PriceStore {
  private PriceStore() {}

  /** Adds what everybody may know; what is there already stays as it was. Returns how many came. */
  static int publish(TenantTx tx, Collection<Quote> quotes) throws SQLException {
    Integer fresh =
        tx.sql(
                """
                with fresh as (
                  insert into market_price (origin, source, base, quote, from_at, until_at, price)
                  select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                    ?::timestamptz[], ?::numeric[])
                  on conflict do nothing
                  returning origin, base, quote, from_at),
                told as (
                  insert into price_arrival (origin, base, quote, from_at)
                  select origin, base, quote, min(from_at) from fresh group by origin, base, quote)
                select count(*) from fresh
                """)
            .bind(
                quotes.stream().map(Quote::origin).toArray(String[]::new),
                quotes.stream().map(quote -> quote.source().code()).toArray(String[]::new),
                quotes.stream().map(Quote::base).toArray(String[]::new),
                quotes.stream().map(Quote::quote).toArray(String[]::new),
                times(quotes.stream().map(Quote::from).toList()),
                times(quotes.stream().map(Quote::until).toList()),
                quotes.stream().map(Quote::price).toArray(BigDecimal[]::new))
            .first(row -> row.getInt(1));
    return fresh == null ? 0 : fresh;
  }

  /** What arrived of these origins for pairs of these assets. */
  static Arrivals arrivals(TenantTx tx, Collection<String> origins, Collection<String> assets)
      throws SQLException {
    Arrivals seen =
        tx.sql(
                """
                select count(*), coalesce(max(arrival), 0) from price_arrival
                where origin = any(?::text[]) and base = any(?::text[]) and quote = any(?::text[])
                """)
            .bind((Object) origins.toArray(String[]::new))
            .bind((Object) assets.toArray(String[]::new))
            .bind((Object) assets.toArray(String[]::new))
            .first(row -> new Arrivals(row.getLong(1), row.getLong(2)));
    return Objects.requireNonNull(seen);
  }

  /** What arrived behind the newest of marks. */
  static Later later(TenantTx tx, PriceMarks then) throws SQLException {
    Later later =
        tx.sql(
                """
                select count(*), min(from_at) as earliest from price_arrival
                where origin = any(?::text[]) and base = any(?::text[]) and quote = any(?::text[])
                  and arrival > ?
                """)
            .bind((Object) then.origins().toArray(String[]::new))
            .bind((Object) then.assets().toArray(String[]::new))
            .bind((Object) then.assets().toArray(String[]::new))
            .bind(then.newest())
            .first(row -> new Later(row.getLong(1), Sql.instant(row, "earliest")));
    return Objects.requireNonNull(later);
  }

  /** How many prices arrived later, and from when on they count; null when there are none. */
  record Later(long count, @Nullable Instant from) {}

  /** How many arrivals were seen, and the number of the newest. */
  record Arrivals(long count, long newest) {}

  /** The files of the tenant. */
  static List<String> files(TenantTx tx) throws SQLException {
    // From one to the next along the index; a file may hold many prices.
    return tx.sql(
            """
            with recursive one(origin) as (
              (select origin from supplied_price where tenant_id = ? order by origin limit 1)
              union all
              select (select p.origin from supplied_price p
                  where p.tenant_id = ? and p.origin > one.origin order by p.origin limit 1)
              from one where one.origin is not null)
            select origin from one where origin is not null
            """)
        .bind(tx.tenant(), tx.tenant())
        .list(row -> row.getString(1));
  }

  /** From when on the prices of files count; null when they hold none. */
  static @Nullable Instant begin(TenantTx tx, Collection<String> files) throws SQLException {
    Later begun =
        tx.sql(
                """
                select count(*), min(from_at) as earliest from supplied_price
                where tenant_id = ? and origin = any(?::text[])
                """)
            .bind(tx.tenant())
            .bind((Object) files.toArray(String[]::new))
            .first(row -> new Later(row.getLong(1), Sql.instant(row, "earliest")));
    return begun == null ? null : begun.from();
  }

  /** From when on the newest that was published there counts; null when nothing was. */
  static @Nullable Instant newest(TenantTx tx, String origin) throws SQLException {
    return tx.sql("select max(from_at) as newest from market_price where origin = ?")
        .bind(origin)
        .list(row -> Optional.ofNullable(Sql.instant(row, "newest")))
        .getFirst()
        .orElse(null);
  }

  /** Adds a person's file; a file that is there already adds nothing. Returns how many came. */
  static int supply(TenantTx tx, Collection<Quote> quotes) throws SQLException {
    return tx.sql(
            """
            insert into supplied_price (tenant_id, origin, source, base, quote, from_at, until_at,
              price)
            select ?::bigint, * from unnest(?::text[], ?::text[], ?::text[], ?::text[],
              ?::timestamptz[], ?::timestamptz[], ?::numeric[])
            on conflict do nothing
            """)
        .bind(tx.tenant())
        .bind(
            quotes.stream().map(Quote::origin).toArray(String[]::new),
            quotes.stream().map(quote -> quote.source().code()).toArray(String[]::new),
            quotes.stream().map(Quote::base).toArray(String[]::new),
            quotes.stream().map(Quote::quote).toArray(String[]::new),
            times(quotes.stream().map(Quote::from).toList()),
            times(quotes.stream().map(Quote::until).toList()),
            quotes.stream().map(Quote::price).toArray(BigDecimal[]::new))
        .update();
  }

  /**
   * A time for which quotes are wanted.
   *
   * @param lead from when on rates are wanted, which count longer than they stand
   */
  record During(Instant lead, Instant from, Instant to) {}

  /**
   * Quotes that stand for some of a time and tell one of the assets in another: of these venues'
   * places, of this bank, and of all files of the tenant: of two that tell it for the same time the
   * one that came later, for that is how a wrong price is put right.
   */
  static List<Quote> during(
      TenantTx tx, Collection<String> places, String bank, Collection<String> assets, During during)
      throws SQLException {
    String[] codes = assets.toArray(String[]::new);
    return tx.sql(
            """
            select origin, source, base, quote, from_at, until_at, price from market_price
            where origin = any(?::text[]) and from_at <= ? and until_at > ?
              and base = any(?::text[]) and quote = any(?::text[])
            union all
            select origin, source, base, quote, from_at, until_at, price from market_price
            where origin = ? and from_at <= ? and until_at > ?
              and base = any(?::text[]) and quote = any(?::text[])
            union all
            select origin, source, base, quote, from_at, until_at, price from (
              select distinct on (source, base, quote, from_at, until_at) * from supplied_price
              where tenant_id = ? and from_at <= ? and until_at > ?
                and (source = 'rates' or until_at > ?)
                and base = any(?::text[]) and quote = any(?::text[])
              order by source, base, quote, from_at, until_at, arrival desc) newest
            """)
        .bind((Object) places.toArray(String[]::new))
        .bind(during.to(), during.from(), codes, codes)
        .bind(bank, during.to(), during.lead(), codes, codes)
        .bind(tx.tenant(), during.to(), during.lead(), during.from(), codes, codes)
        .list(new QuoteReader());
  }

  /** Every market that a venue ever listed there. */
  static List<Market> markets(TenantTx tx, String venue, String environment) throws SQLException {
    return tx.sql(
            "select symbol, base, quote, status from market where venue = ? and environment = ?")
        .bind(venue, environment)
        .list(row ->
            new Market(
                row.getString("symbol"),
                row.getString("base"),
                row.getString("quote"),
                row.getString("status")));
  }

  private static OffsetDateTime[] times(List<Instant> instants) {
    return instants.stream().map(at -> at.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
  }

  // A long time has many quotes of the same few assets: each word is kept once.
  private static final class QuoteReader implements Sql.Reader<Quote> {
    private final Map<String, String> words = new HashMap<>();
    private final Map<String, Quote.Source> sources = new HashMap<>();

    @Override
    public Quote read(ResultSet row) throws SQLException {
      return new Quote(
          sources.computeIfAbsent(row.getString(2), Quote.Source::of),
          word(row.getString(3)),
          word(row.getString(4)),
          row.getObject(5, OffsetDateTime.class).toInstant(),
          row.getObject(6, OffsetDateTime.class).toInstant(),
          row.getBigDecimal(7),
          word(row.getString(1)));
    }

    private String word(String read) {
      return words.computeIfAbsent(read, one -> one);
    }
  }
}
