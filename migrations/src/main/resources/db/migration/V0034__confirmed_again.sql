-- Some jurisdictions want a consent confirmed again from time to time; where nobody did it in time,
-- it pauses. Null where nobody asks for it.
alter table consent add column confirm_by timestamptz;
grant update (confirm_by) on consent to ${app_role};
create index consent_by_confirmation on consent (confirm_by)
  where state = 'active' and confirm_by is not null;

-- Whoever pauses what was not confirmed sees, across tenants, which those are; he pauses them as one
-- tenant after the other.
create policy confirmation_sees_what_is_overdue on consent for select
  using (state = 'active' and confirm_by <= clock_timestamp()
    and current_setting('app.sequencing', true) = 'on');
