-- A report that goes on from the last one wants the prices of a few days, not of a whole file.
create index supplied_price_by_time on supplied_price (tenant_id, until_at);
