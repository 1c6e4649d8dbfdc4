-- A venue counts by calendar minutes, and forgives nobody a burst on both sides of one's edge. So
-- what was charged is kept slot by slot, and no stretch as long as a window may exceed the limit,
-- wherever it begins. Rows live for minutes: those of the former shape are not worth carrying over.
delete from egress_budget;
alter table egress_budget
  drop column window_start,
  drop column used,
  -- The newest slot's number since the epoch, and the weights up to it, the oldest first.
  add column slot bigint not null default 0,
  add column weights integer[] not null default '{}',
  -- When the next charge is due if charges are spread evenly.
  add column paced_until timestamptz,
  -- Until when something urgent is known to wait in some process, and how much it weighs: others
  -- leave it that much, and the reserve, alone.
  add column urgent_until timestamptz,
  add column urgent_weight integer not null default 0,
  -- The process that found no room is promised the next, so that a clock a little ahead of the
  -- others' does not win every time; a number drawn at its start, 0 for nobody.
  add column turn bigint not null default 0,
  add column turn_until timestamptz;
