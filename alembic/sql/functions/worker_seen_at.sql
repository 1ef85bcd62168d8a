-- When a worker last gave a sign of life, for `/ready`. Workers write theirs every ten seconds; the queue's other
-- tables stay closed to the pages.
create or replace function private.worker_seen_at()
    returns timestamptz
    language sql stable security definer set search_path = ''
as $$
    select max(last_heartbeat) from jobs.procrastinate_workers
$$;

revoke all on function private.worker_seen_at() from public, anon, authenticated;
grant execute on function private.worker_seen_at() to anon, authenticated, service_role;
