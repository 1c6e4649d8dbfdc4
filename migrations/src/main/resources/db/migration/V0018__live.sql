-- Who listens to what happens on a connection. A lease of its own beside the one for pages: a run
-- comes and goes while somebody listens all the time, perhaps in another process. What is heard is
-- committed under both rows' locks, so that news and pages of one connection never write at once.
create table live_lease (
  tenant_id bigint not null,
  holder_id bigint not null,
  connection_id bigint not null,
  token bigint not null,
  node text not null,
  until timestamptz not null,
  -- from when on an event may have been told before the venue's list tells it
  since timestamptz not null,
  primary key (tenant_id, holder_id, connection_id)
) with (fillfactor = 50);

alter table live_lease enable row level security;
alter table live_lease force row level security;
create policy tenant_only on live_lease
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
grant select, insert, update (token, node, until) on live_lease to ${app_role};

-- A run may also be asked for by what was heard, or by a line that broke.
alter table sync_run drop constraint sync_run_trigger_check;
alter table sync_run add constraint sync_run_trigger_check
  check (trigger in ('connect', 'schedule', 'manual', 'news'));
