-- A holder can be asked for a consent, which he himself gives or refuses within a quarter of an hour;
-- without an answer its time is over. Until he gives it, it allows nothing.

-- null for a consent that was recorded as given
alter table consent add column answer_by timestamptz;
alter table consent drop constraint consent_state_check;
alter table consent add constraint consent_state_check check (state in
  ('requested', 'active', 'paused', 'refused', 'superseded', 'expired', 'withdrawn', 'revoked',
    'invalidated'));
alter table consent add constraint consent_answer_check
  check (state not in ('requested', 'refused') or answer_by is not null);
-- It is given when he gives it, not when he was asked.
grant update (given_at) on consent to ${app_role};

create index consent_by_answer on consent (answer_by) where state = 'requested';
-- Whoever does what follows from the end of a consent's time sees, across tenants, what was not
-- answered in time; he ends it as one tenant after the other.
create policy expiry_sees_what_was_not_answered on consent for select
  using (state = 'requested' and answer_by <= clock_timestamp()
    and current_setting('app.sequencing', true) = 'on');
