-- What was walked to its end before a walk began anew: what the venue forgets of it later is not lost.
-- Such a walk is put back to where the consent begins, which may be long before the venue's memory.
alter table bookmark add column known tstzmultirange not null default '{}';
grant update (known) on bookmark to ${app_role};

-- A stretch that goes on where a gap ends makes that gap longer.
grant update (from_at) on gap to ${app_role};

-- Until now each such walk declared all of it lost that the venue had forgotten by then. The first one
-- of those that begin together tells what the first walk missed; what the later ones add was read in
-- between. Policies hold for the owner too, so they are lifted for these statements.
alter table gap no force row level security;
update gap set closed_at = now()
where reason = 'beyond-retention' and closed_at is null and exists (
  select 1 from gap first
  where first.tenant_id = gap.tenant_id and first.holder_id = gap.holder_id
    and first.connection_id = gap.connection_id and first.stream = gap.stream
    and first.partition = gap.partition and first.reason = gap.reason
    and first.from_at = gap.from_at and first.opened_at < gap.opened_at
    and first.to_at <= gap.to_at and first.closed_at is null);
-- What was promised of files there does not hold: they close no gap, and nothing older than the
-- look-back is kept of them.
update gap set remedy = case reason
  when 'beyond-retention' then 'Import the venue''s CSV export that covers this period, and sync '
    || 'regularly from now on. What the file tells is in the books then; the gap stays, as no file '
    || 'proves that it leaves nothing out.'
  when 'saturated' then 'Import the venue''s CSV export that covers this instant. What the file tells '
    || 'is in the books then; the gap stays, as no file proves that it leaves nothing out.'
  else 'Ask the holder for a consent that looks back further: nothing older may be kept, from files '
    || 'neither. What happened then still shows in balances.' end
where reason in ('beyond-retention', 'saturated', 'before-look-back') and closed_at is null;
alter table gap force row level security;
