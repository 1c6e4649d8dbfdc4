-- What touches a period begins in it, or began before and lasts. Nearly every claim is of one instant,
-- so those that last are few: looked for among all that began before, each look at a period walked
-- along the whole of an account's statement.
create index claim_lasting on claim (tenant_id, holder_id, connection_id, ends_at)
  where ends_at > starts_at;
