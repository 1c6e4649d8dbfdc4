-- Tenants, their clients and tokens. Row-level security is there before the first row is.
-- ${app_role} owns nothing, is no superuser and cannot bypass policies; it gets exactly what is granted.

create table tenant (
  tenant_id bigint primary key,
  name text not null,
  -- the venue environments in which this tenant's connections may live
  environments text[] not null,
  created_at timestamptz not null
);
alter table tenant enable row level security;
alter table tenant force row level security;
create policy tenant_only on tenant
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
grant select, insert, update (environments) on tenant to ${app_role};

create table client (
  tenant_id bigint not null,
  client_id bigint not null,
  name text not null,
  role text not null check (role in ('owner', 'tracker', 'accountant', 'compliance', 'operator')),
  -- what the client may use data for; consents name purposes in the same words
  purpose text not null,
  created_at timestamptz not null,
  primary key (tenant_id, client_id),
  unique (tenant_id, name),
  foreign key (tenant_id) references tenant
);
alter table client enable row level security;
alter table client force row level security;
create policy tenant_only on client
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
grant select, insert on client to ${app_role};

create table api_token (
  tenant_id bigint not null,
  token_id bigint not null,
  client_id bigint not null,
  -- SHA-256 of a 256-bit random token: nothing to guess, nothing to return
  token_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, token_id),
  foreign key (tenant_id, client_id) references client
);
create index api_token_by_hash on api_token (token_hash);
alter table api_token enable row level security;
alter table api_token force row level security;
-- Whoever presents a token is not yet of a tenant: he sees the one row of that token and no other.
create policy tenant_or_bearer on api_token
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint
         or token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'))
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
grant select, insert, update (revoked_at) on api_token to ${app_role};
