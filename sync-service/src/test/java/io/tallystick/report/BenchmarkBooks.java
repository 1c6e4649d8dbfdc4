package io.tallystick.report;

import static java.util.stream.Collectors.joining;

import io.tallystick.kernel.Digests;
import io.tallystick.records.BookedAccount;
import io.tallystick.valuation.Quote;
import io.tallystick.valuation.Valuation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes entries and postings in bulk, in the shape in which they are booked. */
final class BenchmarkBooks {
  private static final long SPOT = Digests.key63("account", "venue/bench/spot");
  private static final long TRADING = Digests.key63("account", "trading");
  private static final long FEES = Digests.key63("account", "fees/bench");
  private static final int CHUNK = 5_000;

  private final BookedAccount account;
  private final Valuation valuation;
  private final String place;
  private final Map<String, Long> assets = new LinkedHashMap<>();
  private final List<String[]> rows = new ArrayList<>();
  private final List<Quote> quotes = new ArrayList<>();
  private Instant last = Instant.EPOCH;

  /** How many trades were added. */
  int trades;

  BenchmarkBooks(BookedAccount account, Valuation valuation) {
    this.account = account;
    this.valuation = valuation;
    this.place = Valuation.place("binance", "sandbox");
    quote("USDT", BigDecimal.ONE, Instant.parse("2000-01-01T00:00:00Z"), Duration.ofDays(20_000));
    account.in(tx ->
        tx.sql(
                """
                insert into account (tenant_id, holder_id, account_id, path)
                select ?::bigint, ?::bigint, * from unnest(?::bigint[], ?::text[])
                """)
            .bind(tx.tenant(), account.holderKey)
            .bind(
                new Long[] {SPOT, TRADING, FEES},
                new String[] {"venue/bench/spot", "trading", "fees/bench"})
            .update());
  }

  // Trades of one instant keep the order of their rows: each gets an instant of its own.
  private Instant instant(String[] fields) {
    Instant told = Instant.ofEpochMilli(Long.parseLong(fields[2]));
    last = told.isAfter(last) ? told : last.plus(1, ChronoUnit.MICROS);
    return last;
  }

  // What the generator values a trade and its fee at, as prices of that very instant.
  private void price(String[] fields, Instant at) {
    BigDecimal fee = new BigDecimal(fields[10]);
    boolean bridged = !fields[5].equals("USDT");
    if (bridged) {
      quote(fields[5], worth(fields[12], fields[9]), at, Duration.ofNanos(1_000));
    }
    boolean priced = fields[11].equals("USDT") || (bridged && fields[11].equals(fields[5]));
    if (fee.signum() > 0 && !priced) {
      quote(fields[11], worth(fields[13], fields[10]), at, Duration.ofNanos(1_000));
    }
  }

  private static BigDecimal worth(String value, String quantity) {
    return new BigDecimal(value).divide(new BigDecimal(quantity), 30, RoundingMode.HALF_EVEN);
  }

  private void quote(String asset, BigDecimal price, Instant from, Duration length) {
    quotes.add(new Quote(Quote.Source.VENUE, asset, "USD", from, from.plus(length), price, place));
  }

  void add(String[] fields) {
    rows.add(fields);
    trades++;
    if (rows.size() == CHUNK) {
      flush();
    }
  }

  private long asset(String code) {
    return assets.computeIfAbsent(
        code,
        _ -> {
          account.in(tx ->
              tx.sql("insert into asset (asset_id, code) values (?, ?) on conflict do nothing")
                  .bind(Digests.key63("asset", code), code)
                  .update());
          return account.in(tx ->
              tx.sql("select asset_id from asset where code = ?")
                  .bind(code)
                  .list(row -> row.getLong(1))
                  .getFirst());
        });
  }

  void flush() {
    int size = rows.size();
    UUID[] ids = new UUID[size];
    OffsetDateTime[] times = new OffsetDateTime[size];
    String[] markets = new String[size];
    String[] sides = new String[size];
    String[][] moved = new String[4][size];
    List<OffsetDateTime> when = new ArrayList<>();
    List<Long> from = new ArrayList<>();
    List<Long> to = new ArrayList<>();
    List<Long> what = new ArrayList<>();
    List<BigDecimal> amounts = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      String[] f = rows.get(n);
      ids[n] = new UUID(Long.parseLong(f[2]) << 16, trades - size + n);
      Instant at = instant(f);
      times[n] = at.atOffset(ZoneOffset.UTC);
      price(f, at);
      markets[n] = f[3];
      boolean buy = f[6].equals("BUY");
      sides[n] = buy ? "buy" : "sell";
      long[][] moves = {
        {buy ? TRADING : SPOT, buy ? SPOT : TRADING, asset(f[4])},
        {buy ? SPOT : TRADING, buy ? TRADING : SPOT, asset(f[5])},
        {SPOT, FEES, asset(f[11])}
      };
      String[] sums = {f[8], f[9], f[10]};
      int first = amounts.size();
      for (int move = 0; move < moves.length; move++) {
        BigDecimal amount = new BigDecimal(sums[move]);
        if (amount.signum() > 0) {
          when.add(times[n]);
          from.add(moves[move][0]);
          to.add(moves[move][1]);
          what.add(moves[move][2]);
          amounts.add(amount);
        }
      }
      int column = 0;
      for (List<?> told : List.of(from, to, what, amounts)) {
        moved[column++][n] = array(told.subList(first, told.size()));
      }
    }
    account.in(tx -> valuation.publish(tx, quotes));
    quotes.clear();
    account.in(tx -> {
      tx.sql(
              """
              insert into entry (tenant_id, holder_id, entry_id, revision, connection_id,
                evidence_id, leaf_id, occurred_at, recorded_at, kind, state, mapping_version,
                rank, market, side, domain, from_accounts, to_accounts, asset_ids, amounts)
              select ?::bigint, ?::bigint, id, 1, ?::bigint, id, id, at, at, 'trade', 'settled',
                1, '', market, side, 'trades', f::bigint[], t::bigint[], a::bigint[],
                amount::numeric[]
              from unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::text[]) as x(id, at, market, side, f, t, a, amount)
              """)
          .bind(tx.tenant(), account.holderKey, account.connection.key())
          .bind(ids, times, markets, sides, moved[0], moved[1], moved[2], moved[3])
          .update();
      return tx.sql(
              """
              insert into balance as b (tenant_id, holder_id, account_id, asset_id, bucket, delta)
              select ?::bigint, ?::bigint, m.account, x.a, date_trunc('month', x.at)::date,
                sum(m.delta)
              from unnest(?::timestamptz[], ?::bigint[], ?::bigint[], ?::bigint[], ?::numeric[])
                as x(at, f, t, a, amount)
              cross join lateral (values (x.f, -x.amount), (x.t, x.amount)) as m(account, delta)
              group by 3, 4, 5
              on conflict (tenant_id, holder_id, account_id, asset_id, bucket)
                do update set delta = b.delta + excluded.delta
              """)
          .bind(tx.tenant(), account.holderKey)
          .bind(
              when.toArray(OffsetDateTime[]::new),
              from.toArray(Long[]::new),
              to.toArray(Long[]::new),
              what.toArray(Long[]::new),
              amounts.toArray(BigDecimal[]::new))
          .update();
    });
    rows.clear();
  }

  private static String array(List<?> values) {
    return values.stream().map(Object::toString).collect(joining(",", "{", "}"));
  }
}
