-- Pages of single products tell changes of balances too, row by row: what the statement tells as well
-- happened once. A row by which a wallet changed in two ways is one claim.
alter table claim drop constraint claim_form_check;
alter table claim add constraint claim_form_check check (form in ('leg', 'act', 'order'));
-- Which page told it; null for the statement and for orders.
alter table claim add column page text;

-- The dictionary of words is data and changes: by which version a word was last read, and by which one
-- the rows of a table were. Null for what was read before there was a second one.
alter table claim add column dictionary integer;
alter table import_table add column dictionary integer;
grant update (dictionary) on claim to ${app_role};
