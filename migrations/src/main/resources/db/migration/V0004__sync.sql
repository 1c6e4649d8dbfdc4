-- How far each stream has been read, what could not be read, who may read now.

create table bookmark (
  tenant_id bigint not null,
  holder_id bigint not null,
  connection_id bigint not null,
  stream text not null,
  partition text not null,
  format smallint not null,
  position text not null,
  -- when the stream last proved that nothing more was there
  drained_at timestamptz,
  leaf_id uuid not null,
  primary key (tenant_id, holder_id, connection_id, stream, partition)
) with (fillfactor = 50);

create table gap (
  tenant_id bigint not null,
  holder_id bigint not null,
  gap_id uuid not null,
  connection_id bigint not null,
  domain text not null,
  stream text not null,
  partition text not null,
  reason text not null,
  from_at timestamptz,
  to_at timestamptz,
  remedy text not null,
  evidence_id uuid,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (tenant_id, holder_id, gap_id)
);

-- Who may commit pages of a connection. The token grows with each take-over and is compared, under
-- lock, in the page transaction itself.
create table lease (
  tenant_id bigint not null,
  holder_id bigint not null,
  connection_id bigint not null,
  token bigint not null,
  node text not null,
  until timestamptz not null,
  primary key (tenant_id, holder_id, connection_id)
) with (fillfactor = 50);

create table sync_run (
  tenant_id bigint not null,
  holder_id bigint not null,
  run_id uuid not null,
  connection_id bigint not null,
  trigger text not null check (trigger in ('connect', 'schedule', 'manual')),
  state text not null check (state in ('running', 'waiting', 'finished', 'stopped', 'failed')),
  phase text,
  detail text,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  finished_at timestamptz,
  steps_total integer not null default 0,
  steps_done integer not null default 0,
  pages integer not null default 0,
  records integer not null default 0,
  new_records integer not null default 0,
  weight integer not null default 0,
  primary key (tenant_id, holder_id, run_id)
);
create index sync_run_by_connection on sync_run (tenant_id, holder_id, connection_id, started_at);

do $$
declare t text;
begin
  foreach t in array array['bookmark', 'gap', 'lease', 'sync_run'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I
      using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)
      with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)', t);
  end loop;
end $$;
grant select, insert, update (format, position, drained_at, leaf_id) on bookmark to ${app_role};
grant select, insert, update (to_at, evidence_id, closed_at) on gap to ${app_role};
grant select, insert, update (token, node, until) on lease to ${app_role};
grant select, insert, update (state, phase, detail, updated_at, finished_at, steps_total, steps_done, pages,
  records, new_records, weight) on sync_run to ${app_role};

-- One budget for each egress address and pool, shared by every worker and process. No tenant: an
-- address belongs to the house, and the row names nobody.
create table egress_budget (
  address text not null,
  pool text not null,
  window_start timestamptz not null,
  used integer not null,
  blocked_until timestamptz,
  block_reason text,
  primary key (address, pool)
) with (fillfactor = 50);
grant select, insert, update on egress_budget to ${app_role};
