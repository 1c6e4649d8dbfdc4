-- A holder who has to confirm a consent from time to time is reminded of it before it pauses, not by
-- the pause. Those in force are due on the first such day that is still ahead, where it comes before
-- what they wait for anyway; what falls together with the pause is no reminder. Hours, because a day
-- of a time zone may have another number of them. Policies hold for the owner too, so they are lifted
-- for this statement.
alter table consent no force row level security;
update consent set remind_at = (
    select min(due) from unnest(array[
      remind_at,
      confirm_by - interval '336 hours',
      confirm_by - interval '72 hours']) as due
    where due > now() and due < expires_at and due < confirm_by)
  where state in ('active', 'paused') and confirm_by > now();
alter table consent force row level security;
