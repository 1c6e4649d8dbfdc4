-- After a change of key the former one stays known for a while: reads that are under way end in
-- peace, and reading goes on where the venue refuses the new key. Null when only one key is known.
alter table connection add column former_key_until timestamptz;
grant update (former_key_until) on connection to ${app_role};
create index connection_by_overlap on connection (former_key_until)
  where former_key_until is not null;
create index key_offer_by_end on key_offer (expires_at) where sealed is not null;
-- Whoever destroys keys whose time is over sees, across tenants, where that is; he does it as one
-- tenant after the other.
create policy sweep_sees_what_is_over on connection for select
  using (former_key_until <= clock_timestamp() and current_setting('app.sequencing', true) = 'on');
create policy sweep_sees_what_is_over on key_offer for select
  using (sealed is not null and expires_at <= clock_timestamp()
    and current_setting('app.sequencing', true) = 'on');
-- Alarms did this before, and are rung no more.
delete from qrtz_simple_triggers where trigger_group = 'key-offers';
delete from qrtz_triggers where trigger_group = 'key-offers';
delete from qrtz_job_details where job_group = 'key-offers';

-- By the venue's clock, when what stands there was told over a live line: later news supersedes it,
-- a report that was asked for before does not. Null when it came with a report.
alter table reported_balance add column told_at timestamptz;
grant update (told_at) on reported_balance to ${app_role};
