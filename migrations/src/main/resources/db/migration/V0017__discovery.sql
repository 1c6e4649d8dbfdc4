-- What the engine remembers so that it asks less: since when a stream was read, when funds were last
-- locked or freed, and how far a run is in each kind of record.

-- The consent's look-back when reading began. A wider one later means reading from the start again.
alter table bookmark add column read_from timestamptz;
-- When the stream was last put back to its start because balances stayed unexplained.
alter table bookmark add column reread_at timestamptz;
-- When a walk from the start was last completed: each has its turn again after a month.
alter table bookmark add column whole_at timestamptz;
grant update (read_from, reread_at, whole_at) on bookmark to ${app_role};

-- When the locked part last changed: open orders are read only then.
alter table reported_balance add column locked_at timestamptz;
grant update (locked_at) on reported_balance to ${app_role};

-- What is pending may settle without moving a balance: looked for in every run.
create index entry_pending on entry (tenant_id, holder_id, connection_id) where state = 'pending';

-- Steps done and planned by domain, one a line: written whole by the run alone.
alter table sync_run add column domains text;
grant update (domains) on sync_run to ${app_role};
