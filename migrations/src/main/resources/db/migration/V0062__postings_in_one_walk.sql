-- What a revision took back is that of the one before it. Told by a join of entries with themselves,
-- the view compared each with all of a holder whom statistics did not know; a window goes along them
-- once, and what names a holder or an entry reaches the index through it.
create or replace view posting with (security_invoker = true) as
select e.tenant_id, e.holder_id, e.entry_id, e.revision, p.n, p.reversal, p.occurred_at,
  p.from_account, p.to_account, p.asset_id, p.amount
from (
  select tenant_id, holder_id, entry_id, revision, occurred_at, from_accounts, to_accounts,
    asset_ids, amounts, lag(occurred_at) over w as at_before,
    lag(from_accounts) over w as from_before, lag(to_accounts) over w as to_before,
    lag(asset_ids) over w as assets_before, lag(amounts) over w as amounts_before
  from entry
  window w as (partition by tenant_id, holder_id, entry_id order by revision)) e
cross join lateral (
  select o.n::smallint as n, false as reversal, e.occurred_at, o.from_account, o.to_account,
    o.asset_id, o.amount
  from unnest(e.from_accounts, e.to_accounts, e.asset_ids, e.amounts)
    with ordinality as o(from_account, to_account, asset_id, amount, n)
  union all
  select (-o.n)::smallint, true, e.at_before, o.to_account, o.from_account, o.asset_id, o.amount
  from unnest(e.from_before, e.to_before, e.assets_before, e.amounts_before)
    with ordinality as o(from_account, to_account, asset_id, amount, n)) p;
