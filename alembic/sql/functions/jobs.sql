-- Putting work in the queue, in the transaction that causes it. Everybody but the worker enqueues through here, stepped up,
-- and only what is listed.
create or replace function private.enqueue(p_task text, p_arguments jsonb)
    returns bigint
    language plpgsql security definer set search_path = ''
as $$
declare
    job_id bigint;
begin
    if not (private.stepped_up() or current_setting('role', true) = 'service_role') then
        raise insufficient_privilege using message = 'Work is enqueued by the product itself.';
    end if;
    if p_task not in ('send_mail', 'send_push', 'make_export', 'restore_archive', 'recount', 'make_yearbook',
        'take_stripe_event', 'reconcile_payments', 'write_of_open_place', 'tell_giver', 'send_refund',
        'accept_purchase') then
        raise exception 'No task of this name may be enqueued: %', p_task using errcode = 'GY004';
    end if;
    -- A yearbook is made by one job at a time: each puts its file in the same place.
    insert into jobs.procrastinate_jobs (queue_name, task_name, args, lock)
    values (
        'default', p_task, p_arguments,
        case when p_task = 'make_yearbook' then p_task || ':' || (p_arguments ->> 'yearbook_id') end
    )
    returning id into job_id;
    return job_id;
end
$$;

-- How far something is that the worker was asked for: `doing`, `todo`, or null when nothing of this name waits.
create or replace function private.job_status(p_tasks text[])
    returns text
    language sql stable security definer set search_path = ''
as $$
    select min(j.status::text) from jobs.procrastinate_jobs j
    where j.task_name = any (p_tasks) and j.status in ('doing', 'todo') and (select private.is_admin())
$$;

-- When a worker last gave a sign of life. Anybody may ask: `/ready` does, before anyone signs in.
create or replace function private.worker_seen_at()
    returns timestamptz
    language sql stable security definer set search_path = ''
as $$
    select max(last_heartbeat) from jobs.procrastinate_workers
$$;

revoke all on function private.enqueue(text, jsonb), private.job_status(text[]), private.worker_seen_at()
    from public, anon, authenticated;
grant execute on function private.job_status(text[]) to authenticated;
grant execute on function private.enqueue(text, jsonb), private.worker_seen_at()
    to anon, authenticated, service_role;
