-- The order of the access log, its Merkle tree, and what was signed of it. Positions are given by one
-- sequencer after commit; a page never writes here but for its own waiting row.

-- Where each leaf stands. The row comes with the leaf and waits: position is null until the sequencer,
-- going by arrival, gives it one. So a late commit is taken up late and never skipped.
create table leaf_position (
  tenant_id bigint not null,
  holder_id bigint not null,
  leaf_id uuid not null,
  arrival bigint generated always as identity,
  position bigint check (position >= 0),
  -- how many leaves of the tenant, and of this holder within it, came before
  tenant_number bigint check (tenant_number >= 0),
  holder_number bigint check (holder_number >= 0),
  primary key (tenant_id, holder_id, leaf_id),
  check ((position is null) = (tenant_number is null)
    and (position is null) = (holder_number is null))
) with (fillfactor = 80);
create index leaf_position_waiting on leaf_position (arrival) where position is null;
create unique index leaf_position_of_tenant on leaf_position (tenant_id, position)
  where position is not null;
create index leaf_position_of_holder on leaf_position (tenant_id, holder_id, position)
  where position is not null;

-- Leaves that are here already. Policies hold for the owner too, so they are lifted for this statement.
alter table access_leaf no force row level security;
insert into leaf_position (tenant_id, holder_id, leaf_id)
  select tenant_id, holder_id, leaf_id from access_leaf order by recorded_at, leaf_id;
alter table access_leaf force row level security;

alter table leaf_position enable row level security;
alter table leaf_position force row level security;
create policy tenant_only on leaf_position
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
-- The sequencer sees, across tenants, the ids of the leaves that wait, and nothing else: headers and
-- positions it reads and writes as one tenant after the other.
create policy sequencer_sees_who_waits on leaf_position for select
  using (position is null and current_setting('app.sequencing', true) = 'on');
grant select, insert, update (position, tenant_number, holder_number) on leaf_position
  to ${app_role};

-- The log itself: a hash at each position. Global, because the order is; it names nobody.
create table log_position (
  position bigint primary key check (position >= 0),
  leaf_hash bytea not null unique check (octet_length(leaf_hash) = 32)
);
-- Hashes of complete subtrees of 256^level leaves; smaller ones are made of these when needed.
create table log_node (
  level smallint not null check (level between 1 and 7),
  index bigint not null check (index >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, index)
);
-- What was signed: C2SP signed notes over size and root.
create table log_checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  signed_at timestamptz not null
);
grant select, insert on log_position, log_node, log_checkpoint to ${app_role};
