-- A holder who never consented to anything is kept for a time too, and no longer.

-- Whoever enforces retention sees, across tenants, which of them have holders; he goes on as one
-- tenant after the other.
create policy retention_sees_holders on holder for select
  using (current_setting('app.sequencing', true) = 'on');
