-- Reports and what they were made of. A report is never changed: another one is made beside it, and
-- the two can be compared, for each holds its input, its settings and its prices.

-- Bytes by their digest: the input of a computation, its lines, a set of prices.
create table report_content (
  tenant_id bigint not null,
  holder_id bigint not null,
  -- SHA-256 of the bytes as they are stored
  content_id bytea not null check (length(content_id) = 32),
  -- 1: deflated text
  format smallint not null,
  content bytea not null,
  primary key (tenant_id, holder_id, content_id)
);
-- Packed already: the database need not try again.
alter table report_content alter column content set storage external;

create table report (
  tenant_id bigint not null,
  holder_id bigint not null,
  report_id uuid not null,
  created_at timestamptz not null,
  created_by bigint not null,
  -- what it was made from: the kind of record, the connection, and from when on
  domains text[] not null,
  connections bigint[] not null,
  since timestamptz[] not null,
  format smallint not null,
  -- settings, totals and statement as canonical text, in the format above
  head text not null,
  input_id bytea not null,
  prices_id bytea not null,
  lines bytea[] not null,
  -- SHA-256 over the lines, the open lots and the sums, hexadecimal
  result text not null,
  primary key (tenant_id, holder_id, report_id)
);

do $$
declare t text;
begin
  foreach t in array array['report_content', 'report'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_only on %I
      using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)
      with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::bigint)', t);
  end loop;
end $$;
grant select, insert on report_content, report to ${app_role};
