-- Tokens that are no client's: of reviewers, below, and of holders themselves: a link that is handed to the person and opens one session, and the
-- session, in which he reads and steps for himself. Short-lived both.
create table holder_link (
  tenant_id bigint not null,
  holder_id bigint not null,
  link_id bigint not null,
  kind text not null check (kind in ('link', 'session')),
  -- SHA-256 of a 256-bit random token: nothing to guess, nothing to return
  token_hash bytea not null,
  -- the client through which the person came
  issued_by bigint not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- when the link opened its one session; null for sessions
  used_at timestamptz,
  check (used_at is null or kind = 'link'),
  check (expires_at <= created_at + interval '1 hour'),
  primary key (tenant_id, holder_id, link_id),
  foreign key (tenant_id, holder_id) references holder
);
create index holder_link_by_hash on holder_link (token_hash);
alter table holder_link enable row level security;
alter table holder_link force row level security;
-- Whoever presents a token is not yet of a tenant: he sees the one row of that token and no other.
create policy tenant_or_bearer on holder_link
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint
         or token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'))
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
grant select, insert, update (used_at) on holder_link to ${app_role};

-- A reviewer's leave to read the access log: some connections, a period of the log, until a day.
create table engagement (
  tenant_id bigint not null,
  engagement_id bigint not null,
  -- who reviews, in the tenant's words
  name text not null,
  token_hash bytea not null,
  connections bigint[] not null check (cardinality(connections) > 0),
  -- the consents that these stood under when it was made
  consents bigint[] not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  created_at timestamptz not null,
  created_by bigint not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  check (from_at < to_at),
  primary key (tenant_id, engagement_id),
  foreign key (tenant_id, created_by) references client (tenant_id, client_id)
);
create index engagement_by_hash on engagement (token_hash);
alter table engagement enable row level security;
alter table engagement force row level security;
create policy tenant_or_bearer on engagement
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint
         or token_hash = decode(nullif(current_setting('app.token_hash', true), ''), 'hex'))
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
grant select, insert, update (ended_at) on engagement to ${app_role};
