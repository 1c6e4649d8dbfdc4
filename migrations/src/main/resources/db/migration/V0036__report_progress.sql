-- Where a report was left, so that the next one goes on from there. All of this can be computed
-- again from the books; it may be changed and thrown away at any time.

-- One place to go on from: everything up to an instant, under one way of computing.
create table report_progress (
  tenant_id bigint not null,
  holder_id bigint not null,
  -- SHA-256 over settings, what was open to the reader, and the way of computing
  progress_key bytea not null check (length(progress_key) = 32),
  through timestamptz not null,
  -- in the middle of a chapter, where a report's books ended
  at_end boolean not null,
  -- what had been seen of everything that can change a report
  marks text not null,
  -- deflated canonical text, sealed: what it says of transfers came out of sealed records
  body bytea not null,
  -- the engine's states that it needs
  states bytea[] not null,
  used_at timestamptz not null,
  primary key (tenant_id, holder_id, progress_key, through)
);
alter table report_progress alter column body set storage external;

-- The state of one asset, by the SHA-256 of its bytes before they were deflated.
create table report_state (
  tenant_id bigint not null,
  holder_id bigint not null,
  state_id bytea not null check (length(state_id) = 32),
  content bytea not null,
  primary key (tenant_id, holder_id, state_id)
);
alter table report_state alter column content set storage external;

do $$
declare t text;
begin
  foreach t in array array['report_progress', 'report_state'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I
      using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)
      with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)', t);
  end loop;
end $$;
grant select, insert, update, delete on report_progress, report_state to ${app_role};

-- That prices arrived, and from when on they count: who valued something before can tell whether
-- that could be otherwise now. About no tenant and no person, as the prices.
create table price_arrival (
  origin text not null,
  arrival bigint generated always as identity,
  base text not null,
  quote text not null,
  from_at timestamptz not null,
  primary key (origin, arrival)
);
grant select, insert on price_arrival to ${app_role};

-- Changes of one holder, behind a position.
create index feed_by_holder on feed (tenant_id, holder_id, last_position);
