-- Export files beside the venue's own lists. What a file says is counted per batch, so that a batch
-- can be taken back; what only coarse sources say waits as a claim, and is booked as far as nothing
-- finer tells the same.

-- One uploaded file, or one part of an export that was split.
create table import_batch (
  tenant_id bigint not null,
  holder_id bigint not null,
  batch_id uuid not null,
  connection_id bigint not null,
  consent_id bigint not null,
  client_id bigint not null,
  -- name and answers are the holder's: sealed
  format smallint not null,
  described bytea not null,
  -- a keyed digest of the file's bytes
  digest bytea not null,
  size bigint not null,
  -- what must be asked of a person, sealed; null when nothing is open
  asked bytea,
  state text not null check (state in ('asking', 'checking', 'checked', 'committing', 'committed',
    'stopped', 'undoing', 'undone', 'refused')),
  kind text,
  -- the kind of record its rows mostly are, as consents name it
  domain text,
  -- rows worked through so far: moves with them or not at all
  position bigint not null default 0,
  -- how many of them were taken in, once they are taken back
  rows bigint not null default 0,
  read bigint not null default 0,
  added bigint not null default 0,
  matched bigint not null default 0,
  disputed bigint not null default 0,
  unknown bigint not null default 0,
  broken bigint not null default 0,
  detail text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, holder_id, batch_id)
) with (fillfactor = 50);
create index import_batch_by_connection
  on import_batch (tenant_id, holder_id, connection_id, created_at);

-- The file itself, sealed piece by piece: taking in, taking back and reading anew need no second
-- upload, on whichever node.
create table import_piece (
  tenant_id bigint not null,
  holder_id bigint not null,
  batch_id uuid not null,
  n integer not null,
  format smallint not null,
  sealed bytea not null,
  primary key (tenant_id, holder_id, batch_id, n)
);

-- A table of an upload, of which an archive may hold several.
create table import_table (
  tenant_id bigint not null,
  holder_id bigint not null,
  table_id uuid not null,
  batch_id uuid not null,
  -- a keyed digest of what all parts of one export, and no other export, have in common
  export text not null,
  part integer not null,
  primary key (tenant_id, holder_id, table_id)
);

-- How often a table tells an event. Equal rows of one export are as many events; two exports that
-- tell the same are the same events: so parts are summed, and the largest sum holds.
create table import_count (
  tenant_id bigint not null,
  holder_id bigint not null,
  fact_id uuid not null,
  table_id uuid not null,
  count integer not null check (count >= 0),
  primary key (tenant_id, holder_id, fact_id, table_id)
) with (fillfactor = 90);

-- How an export words an event that others word otherwise: with another time, or without a network.
-- The lowest rank among those that count speaks; when it is taken back, the next one does.
create table import_telling (
  tenant_id bigint not null,
  holder_id bigint not null,
  fact_id uuid not null,
  event_id uuid not null,
  rank text not null,
  evidence_id uuid not null,
  format smallint not null,
  sealed bytea not null,
  primary key (tenant_id, holder_id, fact_id)
);
create index import_telling_by_event on import_telling (tenant_id, holder_id, event_id);

-- What was wrong with rows of a batch, and rows that nobody could explain. No content.
create table import_row (
  tenant_id bigint not null,
  holder_id bigint not null,
  batch_id uuid not null,
  -- a trial says what would be wrong; only the work itself says what was
  trial boolean not null,
  member integer not null,
  line bigint not null,
  outcome text not null check (outcome in ('broken', 'unknown', 'disputed', 'foreign',
    'too-old', 'not-covered')),
  column_name text not null,
  reason text not null,
  remedy text not null,
  primary key (tenant_id, holder_id, batch_id, trial, member, line)
);

-- A change of one balance, or an order without its fills, as a coarse source tells it.
create table claim (
  tenant_id bigint not null,
  holder_id bigint not null,
  connection_id bigint not null,
  claim_id uuid not null,
  form text not null check (form in ('leg', 'order')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  count integer not null check (count >= 0),
  evidence_id uuid not null,
  -- by which entries it is booked now; none while finer records tell it
  entries uuid[] not null default '{}',
  wallet text,
  asset text not null,
  quote_asset text,
  amount numeric not null check (amount > '-Infinity' and amount < 'Infinity'),
  quote_amount numeric check (quote_amount > '-Infinity' and quote_amount < 'Infinity'),
  role text,
  contra text,
  kind text,
  family text,
  market text,
  order_ref text,
  primary key (tenant_id, holder_id, connection_id, claim_id)
) with (fillfactor = 80);
create index claim_by_time on claim (tenant_id, holder_id, connection_id, starts_at, ends_at);

-- What came in the place of a coarse entry that was taken back.
create table entry_successor (
  tenant_id bigint not null,
  holder_id bigint not null,
  entry_id uuid not null,
  successor_id uuid not null,
  primary key (tenant_id, holder_id, entry_id, successor_id)
);

do $$
declare t text;
begin
  foreach t in array array['import_batch', 'import_piece', 'import_table', 'import_count',
                           'import_telling', 'import_row', 'claim', 'entry_successor'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I
      using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)
      with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)', t);
  end loop;
end $$;
grant select, insert, update (state, described, asked, kind, domain, position, rows,
  read, added, matched, disputed, unknown, broken, detail, updated_at)
  on import_batch to ${app_role};
grant select, insert on import_piece to ${app_role};
grant select, insert on import_table to ${app_role};
grant select, insert, update (count) on import_count to ${app_role};
grant select, insert on import_telling to ${app_role};
grant select, insert on import_row to ${app_role};
grant select, insert, update (count, entries) on claim to ${app_role};
grant select, insert on entry_successor to ${app_role};
