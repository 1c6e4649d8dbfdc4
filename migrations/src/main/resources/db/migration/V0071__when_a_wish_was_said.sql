-- When the holder said what he wants of his data: what he said last counts, and nothing that he said
-- before he consented anew. Null in rows from before it was kept: then it was said with the end.
alter table consent add column deletion_at timestamptz;
grant update (deletion_at) on consent to ${app_role};
