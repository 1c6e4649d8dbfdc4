-- A report's input is kept as chapters, each a stretch of time, so that one that was made before and
-- one that goes on from it share what they have in common.

-- The digests of the chapters, in order; empty for a report of the first format, whose input is one.
-- From the second format on, a digest is that of the bytes before they were deflated, and input_id
-- names what no chapter tells.
alter table report add column inputs bytea[] not null default '{}';

-- Whether an entry was revised is asked for every entry of a report, and hardly any was.
create index entry_revised on entry (tenant_id, holder_id, entry_id, revision) where revision > 1;
