-- A consent can be for one reading: once a connection under it was read whole, its key is destroyed,
-- and nothing is pulled under the consent any more. What was read stays open until the consent ends.

alter table consent add column duration text not null default 'until'
  check (duration in ('until', 'once'));
-- when the one reading was done; null before, and for a consent that is not for one reading
alter table consent add column used_at timestamptz;
alter table consent add constraint consent_once_check
  check (duration = 'until' or expires_at <= given_at + interval '24 hours');
alter table consent add constraint consent_used_check
  check (duration = 'once' or used_at is null);
grant update (used_at) on consent to ${app_role};
