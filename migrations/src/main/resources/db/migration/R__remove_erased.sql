-- Takes the rows of one holder and one class of data whose erasure was begun in writing. The one
-- function that runs as the owner, and the one file that a new table of holders may have to change:
-- one that is not named below goes with the books. Flyway runs it again, after all that is numbered,
-- whenever its text changes.

create or replace function remove_erased(of_holder bigint, of_class text) returns bigint
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
    update consent set given_evidence_sealed = null, given_ip_sealed = null,
      given_agent_sealed = null, state_reason_sealed = null
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
    -- Every table of holders but these: one that nobody thought of goes with the books. Feed and
    -- outbox keep positions, which name the holder by his pseudonym and nothing of what was booked.
    for t in
      select c.relname from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'holder_id' and not a.attisdropped
      where c.relnamespace = (select relnamespace from pg_class where oid = 'holder'::regclass)
        and c.relkind = 'r'
        and c.relname not in ('holder', 'holder_ref', 'consent', 'consent_receipt', 'connection',
          'venue_account', 'credential', 'key_offer', 'evidence', 'import_batch', 'import_piece',
          'import_telling', 'import_row', 'feed', 'outbox', 'access_leaf', 'leaf_position',
          'erased_class', 'legal_hold')
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

-- As it was first made: for the service, and for nobody else.
revoke all on function remove_erased(bigint, text) from public;
grant execute on function remove_erased(bigint, text) to ${app_role};
