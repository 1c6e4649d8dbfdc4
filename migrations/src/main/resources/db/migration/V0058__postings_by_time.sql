-- Balances at an instant read all postings of a month, whatever their asset: by time they lie side by
-- side, and what comes in the order of time is added at the end of the index instead of all over it.
create index posting_by_time on posting (tenant_id, holder_id, occurred_at)
  include (asset_id, from_account, to_account, amount);
drop index posting_by_asset;
