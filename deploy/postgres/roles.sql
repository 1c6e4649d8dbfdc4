-- Run once by psql as a superuser in the empty database that shall hold Tallystick: two roles and the
-- schema. The owner is used for migrations alone; what the service runs as owns nothing and cannot
-- step round row-level security. Passwords come from files, so that none stands in a script.
\set ON_ERROR_STOP on
\set owner_password `cat /run/secrets/database-owner-password`
\set app_password `cat /run/secrets/database-app-password`

create role tallystick_owner login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
  password :'owner_password';
create role tallystick_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
  password :'app_password';
alter role tallystick_owner set search_path = tallystick;
alter role tallystick_app set search_path = tallystick;

create schema tallystick authorization tallystick_owner;
grant usage on schema tallystick to tallystick_app;
revoke all on schema public from public;
