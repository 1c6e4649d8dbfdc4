-- Of two files that tell a price for the same time, the one that came later counts: that is how a
-- price that turned out to be wrong is put right. What is there already gets its number in the order
-- in which it was written.
alter table supplied_price add column arrival bigint generated always as identity;
