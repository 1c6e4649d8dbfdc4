-- Tokens that a tenant makes by itself, beside those of its provisioning file. The file stays the
-- whole truth about its own and does not touch these.
alter table api_token add column origin text not null default 'file'
  check (origin in ('file', 'api'));
-- the client that had it made; null for the file's
alter table api_token add column issued_by bigint;
