-- What is learned of records after they were booked.

-- A record that the venue changed keeps the id of its entry, though its facts would now give another
-- one. Files know the new facts only: by this column their rows find the event that they tell.
-- Null where the facts gave the id that the entry has, as nearly always.
alter table entry add column facts_id uuid;
create index entry_by_facts on entry (tenant_id, holder_id, facts_id) where facts_id is not null;

-- A word of a statement that nobody knew may be known when a later file tells the same again.
grant update (role, contra, kind) on claim to ${app_role};
