-- What is worth telling about a key beside its rights: since when it is in use, and whether the venue
-- takes it from listed addresses only.
alter table connection add column key_since timestamptz;
-- null where the venue does not tell
alter table connection add column address_restricted boolean;
grant update (key_since, address_restricted) on connection to ${app_role};

-- Keys that are here already. Policies hold for the owner too, so they are lifted for this statement.
alter table connection no force row level security;
alter table credential no force row level security;
update connection c set key_since = (select max(k.created_at) from credential k
  where k.tenant_id = c.tenant_id and k.holder_id = c.holder_id
    and k.connection_id = c.connection_id and k.sealed is not null);
alter table credential force row level security;
alter table connection force row level security;
