-- Every consent step, rights check, pull and client read. A leaf is a framed header without personal
-- data, and a body sealed under the holder's key; the header holds the digest of the body.

create table access_leaf (
  tenant_id bigint not null,
  -- zero where no holder is concerned
  holder_id bigint not null,
  leaf_id uuid not null,
  recorded_at timestamptz not null,
  kind text not null,
  consent_id bigint,
  connection_id bigint,
  client_id bigint,
  version smallint not null,
  header bytea not null,
  body bytea not null,
  primary key (tenant_id, holder_id, leaf_id)
);
create index access_leaf_by_time on access_leaf (tenant_id, recorded_at, leaf_id);
alter table access_leaf enable row level security;
alter table access_leaf force row level security;
create policy tenant_only on access_leaf
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
grant select, insert on access_leaf to ${app_role};
