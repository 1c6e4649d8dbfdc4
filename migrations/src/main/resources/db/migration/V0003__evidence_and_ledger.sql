-- What venues said, exactly, and the books made of it. Appended to, never changed: the application
-- role has no right to update or delete here, and immutability needs no trigger.

-- The words that bulk rows refer to by key; keys are hashes of the words, so any node derives them.
create table asset (
  asset_id bigint primary key,
  code text not null unique
);
create table market (
  venue text not null,
  environment text not null,
  symbol text not null,
  base text not null,
  quote text not null,
  status text not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  primary key (venue, environment, symbol)
);
grant select, insert on asset to ${app_role};
grant select, insert, update (status, last_seen) on market to ${app_role};

create table account (
  tenant_id bigint not null,
  holder_id bigint not null,
  account_id bigint not null,
  path text not null,
  primary key (tenant_id, holder_id, account_id),
  unique (tenant_id, holder_id, path)
);

-- One raw record. Its id holds a keyed digest of stream and venue key, and the revision.
create table evidence (
  tenant_id bigint not null,
  holder_id bigint not null,
  evidence_id uuid not null,
  connection_id bigint not null,
  -- the page (access-log leaf) it came with
  leaf_id uuid not null,
  stream text not null,
  partition text not null,
  revision integer not null check (revision > 0),
  -- a keyed digest of the bytes: tells sameness without telling content
  content_mac bytea not null,
  format smallint not null,
  payload bytea not null,
  received_at timestamptz not null,
  primary key (tenant_id, holder_id, evidence_id)
);

create table entry (
  tenant_id bigint not null,
  holder_id bigint not null,
  entry_id uuid not null,
  revision integer not null check (revision > 0),
  connection_id bigint not null,
  evidence_id uuid not null,
  leaf_id uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  kind text not null,
  state text not null check (state in ('pending', 'settled', 'failed', 'void')),
  mapping_version integer not null,
  -- orders equals canonically; see ledger.Identity
  rank text not null,
  -- the terms of a fill
  market text,
  side text check (side in ('buy', 'sell')),
  price numeric check (price >= 0 and price < 'Infinity'),
  quantity numeric check (quantity >= 0 and quantity < 'Infinity'),
  quote_quantity numeric check (quote_quantity >= 0 and quote_quantity < 'Infinity'),
  fee numeric check (fee > '-Infinity' and fee < 'Infinity'),
  fee_asset text,
  venue_ref text,
  order_ref text,
  maker boolean,
  network text,
  details_format smallint,
  details bytea,
  primary key (tenant_id, holder_id, entry_id, revision)
);
create index entry_by_time on entry (tenant_id, holder_id, occurred_at, entry_id);

-- Further sources of the same event.
create table entry_evidence (
  tenant_id bigint not null,
  holder_id bigint not null,
  entry_id uuid not null,
  evidence_id uuid not null,
  primary key (tenant_id, holder_id, entry_id, evidence_id)
);

-- A revision takes its forerunner's postings back and adds its own, so that plain sums stay right.
create table posting (
  tenant_id bigint not null,
  holder_id bigint not null,
  entry_id uuid not null,
  revision integer not null,
  n smallint not null,
  reversal boolean not null,
  occurred_at timestamptz not null,
  from_account bigint not null,
  to_account bigint not null,
  asset_id bigint not null,
  amount numeric not null check (amount > 0 and amount < 'Infinity'),
  check (from_account <> to_account),
  primary key (tenant_id, holder_id, entry_id, revision, n)
);
create index posting_by_asset on posting (tenant_id, holder_id, asset_id, occurred_at)
  include (from_account, to_account, amount);

-- Signed sums a month (UTC): derived, rebuildable, never a running total.
create table balance (
  tenant_id bigint not null,
  holder_id bigint not null,
  account_id bigint not null,
  asset_id bigint not null,
  bucket date not null,
  delta numeric not null check (delta > '-Infinity' and delta < 'Infinity'),
  primary key (tenant_id, holder_id, account_id, asset_id, bucket)
) with (fillfactor = 70);

-- The present state of each order, read from evidence; orders move nothing.
create table trade_order (
  tenant_id bigint not null,
  holder_id bigint not null,
  connection_id bigint not null,
  market text not null,
  order_ref text not null,
  evidence_id uuid not null,
  side text not null,
  type text not null,
  status text not null,
  open boolean not null,
  price numeric check (price > '-Infinity' and price < 'Infinity'),
  quantity numeric not null check (quantity > '-Infinity' and quantity < 'Infinity'),
  filled numeric not null check (filled > '-Infinity' and filled < 'Infinity'),
  quote_filled numeric check (quote_filled > '-Infinity' and quote_filled < 'Infinity'),
  placed_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, holder_id, connection_id, market, order_ref)
);
create index trade_order_by_time on trade_order (tenant_id, holder_id, placed_at, market, order_ref);

-- What the venue itself says the account owns.
create table reported_balance (
  tenant_id bigint not null,
  holder_id bigint not null,
  connection_id bigint not null,
  wallet text not null,
  asset_id bigint not null,
  evidence_id uuid not null,
  free numeric not null check (free > '-Infinity' and free < 'Infinity'),
  locked numeric not null check (locked > '-Infinity' and locked < 'Infinity'),
  frozen numeric not null check (frozen > '-Infinity' and frozen < 'Infinity'),
  withdrawing numeric not null check (withdrawing > '-Infinity' and withdrawing < 'Infinity'),
  reported_at timestamptz not null,
  primary key (tenant_id, holder_id, connection_id, wallet, asset_id)
);

-- That a wallet was reported at all, and whether the report named everything in it: an asset that a
-- complete report leaves out is zero, one that an incomplete report leaves out is unknown.
create table reported_wallet (
  tenant_id bigint not null,
  holder_id bigint not null,
  connection_id bigint not null,
  wallet text not null,
  complete boolean not null,
  evidence_id uuid not null,
  reported_at timestamptz not null,
  primary key (tenant_id, holder_id, connection_id, wallet)
);

create table seen_asset (
  tenant_id bigint not null,
  holder_id bigint not null,
  connection_id bigint not null,
  asset_id bigint not null,
  first_seen timestamptz not null,
  primary key (tenant_id, holder_id, connection_id, asset_id)
);

do $$
declare t text;
begin
  foreach t in array array['account', 'evidence', 'entry', 'entry_evidence', 'posting', 'balance',
                           'trade_order', 'reported_balance', 'reported_wallet', 'seen_asset'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I
      using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)
      with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)', t);
  end loop;
end $$;
grant select, insert on account, evidence, entry, entry_evidence, posting, seen_asset to ${app_role};
grant select, insert, update (delta) on balance to ${app_role};
grant select, insert, update (evidence_id, type, status, open, price, quantity, filled, quote_filled, updated_at)
  on trade_order to ${app_role};
grant select, insert, update (evidence_id, free, locked, frozen, withdrawing, reported_at)
  on reported_balance to ${app_role};
grant select, insert, update (complete, evidence_id, reported_at) on reported_wallet to ${app_role};
