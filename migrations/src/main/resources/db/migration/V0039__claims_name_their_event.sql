-- A line of a statement may name its event by the venue's own number: of an order between people, of
-- a purchase. Then the two are one, however far apart they are in time. By the entry's id, which is
-- made of that number, and not by the number itself, which is the holder's.
alter table claim add column event_id uuid;
create index claim_by_event on claim (tenant_id, holder_id, connection_id, event_id, evidence_id)
  where event_id is not null;
grant update (event_id) on claim to ${app_role};
