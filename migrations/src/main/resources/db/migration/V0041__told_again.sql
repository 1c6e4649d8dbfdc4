-- A source that the venue does not hand out is asked again from time to time, not in every run: so it
-- must be known when the venue last said so. Null where it said so once.
alter table gap add column told_at timestamptz;
grant update (told_at) on gap to ${app_role};
