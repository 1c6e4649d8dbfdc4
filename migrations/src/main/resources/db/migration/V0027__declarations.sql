-- What people state beside the evidence: each statement stands for good, and another one can take it
-- back. Nothing here changes an entry.
create table declaration (
  tenant_id bigint not null,
  holder_id bigint not null,
  declaration_id uuid not null,
  -- the entry it is about; null for an opening balance
  entry_id uuid,
  -- the declaration it takes back; null for all others
  reverses uuid,
  kind text not null check (kind in ('purpose', 'lots', 'selection', 'opening', 'reversal')),
  made_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by bigint not null,
  -- the leaf of the access log that says so
  leaf_id uuid not null,
  format smallint not null,
  -- canonical text of what was stated, in a person's words: sealed
  body_sealed bytea not null,
  primary key (tenant_id, holder_id, declaration_id),
  unique (tenant_id, holder_id, reverses)
);
alter table declaration enable row level security;
alter table declaration force row level security;
create policy tenant_only on declaration
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
grant select, insert on declaration to ${app_role};
