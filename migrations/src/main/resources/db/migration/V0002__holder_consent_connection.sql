-- Whose account it is, what he allowed, and how his account is reached.

create table holder (
  tenant_id bigint not null,
  holder_id bigint not null,
  -- the client's own reference of the person: sealed to be shown, a keyed digest to be found
  reference_sealed bytea not null,
  reference_digest bytea not null,
  format smallint not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, holder_id),
  foreign key (tenant_id) references tenant
);
-- Unique across holders of a tenant, so it cannot live in a table that is spread by holder.
create table holder_ref (
  tenant_id bigint not null,
  reference_digest bytea not null,
  holder_id bigint not null,
  primary key (tenant_id, reference_digest)
);

create table consent (
  tenant_id bigint not null,
  holder_id bigint not null,
  consent_id bigint not null,
  recipients bigint[] not null check (cardinality(recipients) > 0),
  purposes text[] not null check (cardinality(purposes) > 0),
  domains text[] not null check (cardinality(domains) > 0),
  look_back_days integer not null check (look_back_days > 0),
  expires_at timestamptz not null,
  jurisdiction text not null,
  -- how it was given: by whom, by which method, with which proof
  given_at timestamptz not null,
  given_by text not null check (given_by in ('holder', 'tenant_on_behalf')),
  given_method text not null,
  -- proof and reasons are free text, so they may name people: sealed
  given_evidence_sealed bytea,
  recorded_by bigint not null,
  state text not null check (state in ('active', 'withdrawn', 'revoked', 'invalidated')),
  state_at timestamptz not null,
  state_by text not null,
  state_reason_sealed bytea,
  format smallint not null default 1,
  -- exists to be granted: a share lock needs the right to update some column
  lock_slot smallint not null default 0,
  primary key (tenant_id, holder_id, consent_id),
  check (expires_at > given_at and expires_at <= given_at + interval '366 days'),
  foreign key (tenant_id, holder_id) references holder
);

create table connection (
  tenant_id bigint not null,
  holder_id bigint not null,
  connection_id bigint not null,
  -- a keyed digest of venue, environment and account uid: stable over key rotation and rebuilds
  public_id uuid not null,
  consent_id bigint not null,
  venue text not null,
  environment text not null,
  uid_sealed bytea not null,
  format smallint not null default 1,
  state text not null,
  state_reason text,
  state_at timestamptz not null,
  waiting_until timestamptz,
  -- refusals of the key in a row, and the last one that counted: one alone proves nothing
  doubts smallint not null default 0,
  doubted_at timestamptz,
  key_kind text not null,
  key_origin text not null check (key_origin in ('brought', 'service_made')),
  rights_verdict text not null check (rights_verdict in ('read_only', 'unverifiable', 'too_powerful', 'rejected')),
  rights text[] not null,
  rights_checked_at timestamptz not null,
  -- the words of a person: sealed
  rights_acknowledged_sealed bytea,
  created_at timestamptz not null,
  primary key (tenant_id, holder_id, connection_id),
  foreign key (tenant_id, holder_id) references holder,
  foreign key (tenant_id, holder_id, consent_id) references consent
);
create index connection_by_consent on connection (tenant_id, holder_id, consent_id);
-- One venue account, one connection in a tenant: a second would double every balance.
create table venue_account (
  tenant_id bigint not null,
  venue text not null,
  account_digest bytea not null,
  holder_id bigint not null,
  connection_id bigint not null,
  primary key (tenant_id, venue, account_digest)
);

create table credential (
  tenant_id bigint not null,
  holder_id bigint not null,
  credential_id bigint not null,
  connection_id bigint not null,
  version integer not null,
  key_kind text not null,
  format smallint not null,
  sealed bytea,
  -- a keyed digest of the API key, to tell keys apart in logs
  fingerprint text not null,
  created_at timestamptz not null,
  destroyed_at timestamptz,
  primary key (tenant_id, holder_id, credential_id),
  unique (tenant_id, holder_id, connection_id, version),
  check ((sealed is null) = (destroyed_at is not null)),
  foreign key (tenant_id, holder_id, connection_id) references connection
);

-- A key pair the service made, waiting for the API key that the holder gets for its public half.
create table key_offer (
  tenant_id bigint not null,
  holder_id bigint not null,
  offer_id bigint not null,
  consent_id bigint not null,
  venue text not null,
  environment text not null,
  public_key bytea not null,
  format smallint not null,
  sealed bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  close_reason text,
  primary key (tenant_id, holder_id, offer_id),
  check ((sealed is null) = (closed_at is not null)),
  foreign key (tenant_id, holder_id, consent_id) references consent
);

do $$
declare t text;
begin
  foreach t in array array['holder', 'holder_ref', 'consent', 'connection', 'venue_account',
                           'credential', 'key_offer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I
      using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)
      with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)', t);
  end loop;
end $$;
grant select, insert on holder, holder_ref, venue_account to ${app_role};
grant select, insert, update (state, state_at, state_by, state_reason_sealed, lock_slot) on consent to ${app_role};
grant select, insert, update (consent_id, state, state_reason, state_at, waiting_until, doubts, doubted_at, key_kind, key_origin,
  rights_verdict, rights, rights_checked_at, rights_acknowledged_sealed) on connection to ${app_role};
grant select, insert, update (sealed, destroyed_at) on credential to ${app_role};
grant select, insert, update (sealed, closed_at, close_reason) on key_offer to ${app_role};
