-- How long what is kept of a holder, who must not be touched meanwhile, and what was erased. The
-- rows tell people; what is done again after a restore is a list outside the database.

-- A class of a holder's data whose key was destroyed. Begun before the key goes, done after it.
create table erased_class (
  tenant_id bigint not null,
  holder_id bigint not null,
  class text not null
    check (class in ('credential', 'identity', 'raw', 'books', 'consent', 'access')),
  requested_at timestamptz not null,
  -- why: somebody asked, the time to keep it was over, or the list outside was replayed
  cause text not null check (cause in ('request', 'retention', 'replay')),
  -- the client that asked; zero for the service itself
  requested_by bigint not null,
  -- null while the key is being destroyed
  done_at timestamptz,
  -- rows that went with it
  removed bigint not null default 0,
  -- when the holder came back and got a new key; what was erased stays so
  renewed_at timestamptz,
  primary key (tenant_id, holder_id, class, requested_at),
  foreign key (tenant_id, holder_id) references holder
);
create unique index erased_class_once on erased_class (tenant_id, holder_id, class)
  where renewed_at is null;

-- While one is set, nothing of the holder is erased, whoever asks and whatever time is over.
create table legal_hold (
  tenant_id bigint not null,
  holder_id bigint not null,
  hold_id bigint not null,
  -- the words of a person: sealed
  reason_sealed bytea not null,
  format smallint not null default 1,
  set_at timestamptz not null,
  set_by bigint not null,
  lifted_at timestamptz,
  lifted_by bigint,
  check ((lifted_at is null) = (lifted_by is null)),
  primary key (tenant_id, holder_id, hold_id),
  foreign key (tenant_id, holder_id) references holder
);

do $$
declare t text;
begin
  foreach t in array array['erased_class', 'legal_hold'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I
      using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)
      with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)', t);
  end loop;
end $$;
grant select, insert, update (done_at, removed, renewed_at) on erased_class to ${app_role};
grant select, insert, update (lifted_at, lifted_by) on legal_hold to ${app_role};

-- Whoever enforces retention sees, across tenants, that consents have ended; he goes on as one
-- tenant after the other.
create policy retention_sees_what_ended on consent for select
  using ((state not in ('active', 'paused') or expires_at <= clock_timestamp())
    and current_setting('app.sequencing', true) = 'on');

create policy retention_sees_what_is_open on erased_class for select
  using (done_at is null and current_setting('app.sequencing', true) = 'on');

-- The one way in which rows of a holder go. It runs as the owner, because the application role may
-- delete nothing; policies are forced, so it sees the transaction's tenant alone; and it works only
-- for a class whose erasure was begun in writing and is not done. Of the access log nothing goes:
-- headers, digests and proofs stay, and the bodies are unreadable without their key.
create function remove_erased(of_holder bigint, of_class text) returns bigint
language plpgsql security definer set search_path = ${flyway:defaultSchema}, pg_temp as $$
declare
  mine constant bigint := nullif(current_setting('app.tenant', true), '')::bigint;
  gone bigint := 0;
  n bigint;
  t text;
begin
  if not exists (select from erased_class
      where tenant_id = mine and holder_id = of_holder and class = of_class and done_at is null)
  then
    raise exception 'no erasure of this class was begun';
  end if;
  if of_class = 'identity' then
    update holder set reference_sealed = '' where tenant_id = mine and holder_id = of_holder;
    update connection set uid_sealed = '', rights_acknowledged_sealed = null
      where tenant_id = mine and holder_id = of_holder;
    update consent set given_evidence_sealed = null, state_reason_sealed = null
      where tenant_id = mine and holder_id = of_holder;
    delete from venue_account where tenant_id = mine and holder_id = of_holder;
    get diagnostics gone = row_count;
  elsif of_class = 'raw' then
    update entry set details = null, details_format = null
      where tenant_id = mine and holder_id = of_holder and details is not null;
    foreach t in array array['evidence', 'import_piece', 'import_telling', 'import_row',
                             'import_batch'] loop
      execute format('delete from %I where tenant_id = $1 and holder_id = $2', t)
        using mine, of_holder;
      get diagnostics n = row_count;
      gone := gone + n;
    end loop;
  elsif of_class = 'consent' then
    delete from consent_receipt where tenant_id = mine and holder_id = of_holder;
    get diagnostics gone = row_count;
  elsif of_class = 'books' then
    -- Every table of holders but these: one that nobody thought of goes with the books. The feed
    -- keeps its positions, which name the holder by his pseudonym and nothing of what was booked.
    for t in
      select c.relname from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'holder_id' and not a.attisdropped
      where c.relnamespace = (select relnamespace from pg_class where oid = 'holder'::regclass)
        and c.relkind = 'r'
        and c.relname not in ('holder', 'holder_ref', 'consent', 'consent_receipt', 'connection',
          'venue_account', 'credential', 'key_offer', 'evidence', 'import_batch', 'import_piece',
          'import_telling', 'import_row', 'feed', 'access_leaf', 'leaf_position', 'erased_class',
          'legal_hold')
      order by c.relname
    loop
      execute format('delete from %I where tenant_id = $1 and holder_id = $2', t)
        using mine, of_holder;
      get diagnostics n = row_count;
      gone := gone + n;
    end loop;
  end if;
  return gone;
end $$;
revoke all on function remove_erased(bigint, text) from public;
grant execute on function remove_erased(bigint, text) to ${app_role};
