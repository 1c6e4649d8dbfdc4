-- What changed in the books, in an order that readers can follow. Pages never take a position: they
-- leave a row in the outbox with what they wrote, and one sequencer numbers what is visible. A late
-- commit gets a later number, so no position ever appears behind one that was read.

-- One row for each transaction that wrote revisions of entries; it waits here for its positions only.
create table outbox (
  tenant_id bigint not null,
  holder_id bigint not null,
  -- which revisions: those of entry with this leaf and this instant, in order of id and revision
  leaf_id uuid not null,
  recorded_at timestamptz not null,
  arrival bigint generated always as identity,
  changes integer not null check (changes > 0),
  primary key (tenant_id, holder_id, leaf_id, recorded_at)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- The feed: the revisions of one outbox row have the positions up to and including last_position.
create table feed (
  tenant_id bigint not null,
  last_position bigint not null,
  changes integer not null check (changes > 0),
  holder_id bigint not null,
  leaf_id uuid not null,
  recorded_at timestamptz not null,
  -- the last position that was given in the same transaction; all of them became visible at once
  pass_end bigint not null,
  primary key (tenant_id, last_position),
  check (last_position >= changes and pass_end >= last_position)
);

-- What a page wrote; equal keys share their place in the index.
create index entry_by_leaf on entry (tenant_id, holder_id, leaf_id);

do $$
declare t text;
begin
  foreach t in array array['outbox', 'feed'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I
      using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)
      with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)', t);
  end loop;
end $$;
-- The sequencer sees, across tenants, that something waits. It numbers as one tenant after the other,
-- under the policy that holds for everybody, so nothing is allowed to touch two tenants' changes at
-- once.
create policy sequencer_sees_who_waits on outbox for select
  using (current_setting('app.sequencing', true) = 'on');
-- The outbox is a queue: its rows go once the feed has them. The feed itself is never changed.
grant select, insert, update (changes), delete on outbox to ${app_role};
grant select, insert on feed to ${app_role};
