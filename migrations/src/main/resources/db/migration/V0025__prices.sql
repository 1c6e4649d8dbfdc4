-- What things were worth, as somebody said at the time. Appended to, never changed: a report names
-- the quotes it used, and a price that turned out to be wrong gets another file beside it.

-- What venues and central banks publish: it is about no tenant and no person.
create table market_price (
  -- whose: a venue's place, such as binance/production, or a series, such as ecb/production
  origin text not null,
  source text not null check (source in ('venue', 'rates')),
  base text not null,
  quote text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  price numeric not null check (price >= 0 and price < 'Infinity'),
  check (from_at < until_at),
  primary key (origin, base, quote, from_at, until_at)
);
create index market_price_by_time on market_price (origin, until_at);
grant select, insert on market_price to ${app_role};

-- What a person supplied for the reports of his tenant; origin is the digest of the file.
create table supplied_price (
  tenant_id bigint not null,
  origin text not null,
  source text not null check (source in ('file', 'rates')),
  base text not null,
  quote text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  price numeric not null check (price >= 0 and price < 'Infinity'),
  check (from_at < until_at),
  primary key (tenant_id, origin, base, quote, from_at)
);
alter table supplied_price enable row level security;
alter table supplied_price force row level security;
create policy tenant_only on supplied_price
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
grant select, insert on supplied_price to ${app_role};
