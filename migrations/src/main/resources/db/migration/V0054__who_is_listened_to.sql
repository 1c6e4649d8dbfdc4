-- Who looks for connections that nobody listens to asks once, for all tenants, to which somebody
-- does, and goes on as a tenant only where one is left: most of the time none is. The rows hold ids
-- and times, and nothing of what was heard.
create policy lookout_sees_who_listens on live_lease for select
  using (current_setting('app.sequencing', true) = 'on');
