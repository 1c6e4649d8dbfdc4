-- Which kind of record an entry was read from, as consents name it. Rows of the time before have
-- none: there, the kind of the entry says it.
alter table entry add column domain text;

-- What the venue said a wallet held at an instant in the past: points to hold the books against.
create table balance_point (
  tenant_id bigint not null,
  holder_id bigint not null,
  connection_id bigint not null,
  wallet text not null,
  at timestamptz not null,
  asset_id bigint not null,
  total numeric not null check (total > '-Infinity' and total < 'Infinity'),
  evidence_id uuid not null,
  primary key (tenant_id, holder_id, connection_id, wallet, at, asset_id)
);

-- Plans of recurring buys, as they are now. They move nothing; their runs do.
create table plan (
  tenant_id bigint not null,
  holder_id bigint not null,
  connection_id bigint not null,
  plan_ref text not null,
  evidence_id uuid not null,
  status text not null,
  active boolean not null,
  source text not null,
  target text not null,
  amount numeric not null check (amount > '-Infinity' and amount < 'Infinity'),
  cycle text not null,
  cycle_hours integer not null,
  next_at timestamptz,
  seen_at timestamptz not null,
  primary key (tenant_id, holder_id, connection_id, plan_ref)
);

do $$
declare t text;
begin
  foreach t in array array['balance_point', 'plan'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I
      using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)
      with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)', t);
  end loop;
end $$;
grant select, insert on balance_point to ${app_role};
grant select, insert, update (evidence_id, status, active, source, target, amount, cycle, cycle_hours,
  next_at, seen_at) on plan to ${app_role};
