-- A holder is reminded of a consent that is in force: 90 days after he gave or confirmed it or was
-- last reminded, and some days before its end. The column says when next, so that a reminder moves
-- it on in the transaction that tells of it, and whoever comes second finds nothing due.

-- null when none is left before the end
alter table consent add column remind_at timestamptz;
grant update (remind_at) on consent to ${app_role};

-- Those in force are due as if they had been counted from the day on which they were given; what is
-- past is not made up for. Hours, because a day of a time zone may have another number of them.
-- Policies hold for the owner too, so they are lifted for this statement.
alter table consent no force row level security;
update consent set remind_at = (
    select min(due) from unnest(array[
      given_at + interval '2160 hours' * (1 + floor(
        greatest(0, extract(epoch from now() - given_at)) / 7776000)::double precision),
      expires_at - interval '720 hours',
      expires_at - interval '168 hours',
      expires_at - interval '24 hours']) as due
    where due > now() and due < expires_at)
  where state in ('active', 'paused');
alter table consent force row level security;

create index consent_by_reminder on consent (remind_at)
  where state = 'active' and remind_at is not null;
-- Whoever reminds sees, across tenants, what is due; he reminds as one tenant after the other.
create policy reminder_sees_what_is_due on consent for select
  using (state = 'active' and remind_at <= clock_timestamp()
    and current_setting('app.sequencing', true) = 'on');
