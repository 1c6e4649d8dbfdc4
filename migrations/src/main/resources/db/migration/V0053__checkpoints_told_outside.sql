-- How far the signed checkpoints were put to an address outside, so that whoever goes on goes on
-- behind the last of them. One row an address; its digest names it.
create table checkpoint_put (
  place bytea primary key check (length(place) = 32),
  -- of the last checkpoint that was taken there; zero before the first
  size bigint not null check (size >= 0),
  put_at timestamptz,
  -- which process puts them, and until when nobody else does
  turn_of bigint,
  turn_until timestamptz
);
grant select, insert on checkpoint_put to ${app_role};
grant update (size, put_at, turn_of, turn_until) on checkpoint_put to ${app_role};
