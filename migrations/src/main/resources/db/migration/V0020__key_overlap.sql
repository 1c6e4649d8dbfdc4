-- After a change of key the former one stays known for a while: reads that are under way end in
-- peace, and reading goes on where the venue refuses the new key. Null when only one key is known.
alter table connection add column former_key_until timestamptz;
grant update (former_key_until) on connection to ${app_role};
