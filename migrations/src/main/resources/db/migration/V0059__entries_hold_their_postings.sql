-- An entry and what it moves are one row: they are written, read and removed together, and a third
-- of what an entry cost was three more rows with two indexes each. What a revision takes back is
-- what its forerunner moved, so it is not stored again: the view tells it.

-- Whether what leaves one account always enters another.
create function moves(from_accounts bigint[], to_accounts bigint[]) returns boolean
language plpgsql immutable as $$
begin
  for i in 1 .. cardinality(from_accounts) loop
    if from_accounts[i] = to_accounts[i] then
      return false;
    end if;
  end loop;
  return true;
end $$;

-- The owner sees no tenant's rows, and has to move all of them.
alter table entry no force row level security;
alter table posting no force row level security;

-- The n-th elements of the four are one posting.
alter table entry
  add column from_accounts bigint[] not null default '{}',
  add column to_accounts bigint[] not null default '{}',
  add column asset_ids bigint[] not null default '{}',
  add column amounts numeric[] not null default '{}';

update entry e set from_accounts = p.from_accounts, to_accounts = p.to_accounts,
  asset_ids = p.asset_ids, amounts = p.amounts
from (
  select tenant_id, holder_id, entry_id, revision,
    array_agg(from_account order by n) as from_accounts,
    array_agg(to_account order by n) as to_accounts,
    array_agg(asset_id order by n) as asset_ids,
    array_agg(amount order by n) as amounts
  from posting where not reversal group by 1, 2, 3, 4) p
where e.tenant_id = p.tenant_id and e.holder_id = p.holder_id and e.entry_id = p.entry_id
  and e.revision = p.revision;

drop table posting;
alter table entry
  add check (moves(from_accounts, to_accounts)),
  add check (cardinality(from_accounts) = cardinality(amounts)
    and cardinality(to_accounts) = cardinality(amounts)
    and cardinality(asset_ids) = cardinality(amounts)),
  add check (array_position(from_accounts, null) is null
    and array_position(to_accounts, null) is null
    and array_position(asset_ids, null) is null),
  add check (array_position(amounts, null) is null
    and 0 < all(amounts) and 'Infinity' > all(amounts));
alter table entry force row level security;

-- Everything ever posted, a row each. The tenant's rows are those of the tables below it.
create view posting with (security_invoker = true) as
select e.tenant_id, e.holder_id, e.entry_id, e.revision, p.n::smallint as n, false as reversal,
  e.occurred_at, p.from_account, p.to_account, p.asset_id, p.amount
from entry e
cross join lateral unnest(e.from_accounts, e.to_accounts, e.asset_ids, e.amounts)
  with ordinality as p(from_account, to_account, asset_id, amount, n)
union all
select e.tenant_id, e.holder_id, e.entry_id, e.revision, (-p.n)::smallint, true,
  b.occurred_at, p.to_account, p.from_account, p.asset_id, p.amount
from entry b
join entry e on e.tenant_id = b.tenant_id and e.holder_id = b.holder_id
  and e.entry_id = b.entry_id and e.revision = b.revision + 1
cross join lateral unnest(b.from_accounts, b.to_accounts, b.asset_ids, b.amounts)
  with ordinality as p(from_account, to_account, asset_id, amount, n)
where e.revision > 1;
grant select on posting to ${app_role};
