-- A consent as a record: versions of one lasting arrangement, states that a holder can bring about
-- and leave again, what he wants done with his data when it ends, and a signed receipt a step.

alter table consent add column arrangement_id bigint;
alter table consent add column version integer not null default 1 check (version > 0);
-- the version this one took the place of
alter table consent add column replaces_id bigint;
-- what the holder wants of the data when it ends: kept as the law allows, or deleted as it allows
alter table consent add column deletion text check (deletion in ('keep', 'delete'));

-- Each consent so far is the first of its arrangement. Policies hold for the owner too, so they are
-- lifted for this statement.
alter table consent no force row level security;
update consent set arrangement_id = consent_id;
alter table consent force row level security;
alter table consent alter column arrangement_id set not null;

alter table consent drop constraint consent_state_check;
alter table consent add constraint consent_state_check check (state in
  ('active', 'paused', 'superseded', 'expired', 'withdrawn', 'revoked', 'invalidated'));
create unique index consent_version on consent (tenant_id, holder_id, arrangement_id, version);
-- One version of an arrangement can be in force.
create unique index consent_in_force on consent (tenant_id, holder_id, arrangement_id)
  where state in ('active', 'paused');
create index consent_by_end on consent (expires_at) where state in ('active', 'paused');
grant update (deletion) on consent to ${app_role};
-- Whoever does what follows from the end of a consent's time sees, across tenants, those whose time
-- is over; he ends them as one tenant after the other.
create policy expiry_sees_what_is_over on consent for select
  using (state in ('active', 'paused') and expires_at <= clock_timestamp()
    and current_setting('app.sequencing', true) = 'on');

create table consent_receipt (
  tenant_id bigint not null,
  holder_id bigint not null,
  consent_id bigint not null,
  receipt_id uuid not null,
  -- what happened: granted, amended, paused, resumed, withdrawn …
  step text not null,
  issued_at timestamptz not null,
  -- the signed text, which names the person: sealed under the key of consents
  sealed bytea not null,
  format smallint not null default 1,
  primary key (tenant_id, holder_id, consent_id, receipt_id),
  foreign key (tenant_id, holder_id, consent_id) references consent
);
alter table consent_receipt enable row level security;
alter table consent_receipt force row level security;
create policy tenant_only on consent_receipt
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
grant select, insert on consent_receipt to ${app_role};
