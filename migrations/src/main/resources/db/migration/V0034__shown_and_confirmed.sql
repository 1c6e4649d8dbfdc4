-- What a consent's record says besides its terms: the words that the holder was shown, and until when
-- he has to confirm it again.

-- The words, once for each text. They name nobody, so their digest is a plain one.
create table notice (
  tenant_id bigint not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  words text not null,
  kept_at timestamptz not null,
  primary key (tenant_id, sha256),
  foreign key (tenant_id) references tenant
);
alter table notice enable row level security;
alter table notice force row level security;
create policy tenant_only on notice
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::bigint);
grant select, insert on notice to ${app_role};

-- null where nobody recorded what was shown
alter table consent add column notice_version text;
alter table consent add column notice_language text;
alter table consent add column notice_sha256 bytea;

-- Some jurisdictions want a consent confirmed again from time to time; where nobody did it in time,
-- it pauses. Null where nobody asks for it.
alter table consent add column confirm_by timestamptz;
grant update (confirm_by) on consent to ${app_role};
create index consent_by_confirmation on consent (confirm_by)
  where state = 'active' and confirm_by is not null;

-- Whoever pauses what was not confirmed sees, across tenants, which those are; he pauses them as one
-- tenant after the other.
create policy confirmation_sees_what_is_overdue on consent for select
  using (state = 'active' and confirm_by <= clock_timestamp()
    and current_setting('app.sequencing', true) = 'on');
