-- A holder has one tenant. Without these statistics the planner takes the two for independent, and
-- thinks that a holder whom it has not sampled has next to no rows: then every index that begins
-- with him looks as good as the one that finds the row, and a page of a holder with many entries
-- reads all of them for each of its own.
do $$
declare t text;
begin
  foreach t in array array['entry', 'entry_evidence', 'entry_successor', 'posting', 'account',
                           'balance', 'claim', 'evidence', 'import_count', 'import_telling'] loop
    execute format('create statistics %I (dependencies) on tenant_id, holder_id from %I',
      t || '_of_holder', t);
  end loop;
end $$;

-- A page's entries are found by its leaf alone. Where it began with the holder, too, this index was
-- taken for whatever else began with him: all his entries were read for each fill of a page.
drop index entry_by_leaf;
create index entry_by_leaf on entry (leaf_id, holder_id, tenant_id);
