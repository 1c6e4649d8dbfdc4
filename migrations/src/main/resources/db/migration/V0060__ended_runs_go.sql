-- A connection is read every few minutes, and each run leaves a row: without an end they would
-- outnumber what was read. Whoever begins a run takes the connection's old ones away.
grant delete on sync_run to ${app_role};
