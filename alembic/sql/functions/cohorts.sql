-- What people who share a cohort know of each other: names, and how many wrote today. Never what they wrote. Where one
-- of two has blocked the other, neither knows the other.

create or replace function private.people_i_know()
    returns table (id uuid, first_name text, last_name text, profile_image text)
    language sql stable security definer set search_path = ''
as $$
    select u.id, u.first_name, u.last_name, u.profile_image
    from public.users u
    where u.suspended_at is null
        and u.id <> all ((select private.hidden_from_me())::uuid[])
        and u.id in (
            select m.user_id from public.cohort_memberships m where m.cohort_id = any (private.my_cohort_ids())
        )
$$;

create or replace function private.may_see_cohort(p_cohort_id uuid)
    returns boolean
    language sql stable security definer set search_path = ''
as $$
    select p_cohort_id = any (private.my_cohort_ids()) or private.is_admin()
$$;

-- How many of the cohort finished which page on the day each of them is living at that moment. Who is suspended is
-- not shown to the cohort, nor counted in it, until she is reinstated.
-- How many are in a cohort of the caller's: the same number for each of them, whoever has blocked whom.
create or replace function private.cohort_size(p_cohort_id uuid)
    returns integer
    language sql stable security definer set search_path = ''
as $$
    select count(*)::integer
    from public.cohort_memberships m
    join public.users u on u.id = m.user_id and u.suspended_at is null
    where m.cohort_id = p_cohort_id and p_cohort_id = any (private.my_cohort_ids())
$$;

create or replace function private.cohort_pulse(p_cohort_id uuid, p_at timestamptz)
    returns table (members integer, mornings integer, evenings integer, gratitude_actions integer)
    language sql stable security definer set search_path = ''
as $$
    with living as (
        select m.user_id, c.session_id, (p_at at time zone s.timezone)::date as today
        from public.cohort_memberships m
        join public.cohorts c on c.id = m.cohort_id
        join public.session_enrollments e on e.session_id = c.session_id and e.user_id = m.user_id
        join public.profile_settings s on s.user_id = m.user_id
        join public.users u on u.id = m.user_id and u.suspended_at is null
        where m.cohort_id = p_cohort_id and private.may_see_cohort(p_cohort_id)
    )
    select
        (select count(*) from living)::integer,
        (count(*) filter (where written.kind = 'morning'))::integer,
        (count(*) filter (where written.kind = 'evening'))::integer,
        (count(*) filter (where written.kind = 'gratitude'))::integer
    from (
        select j.journal_type as kind
        from living l
        join public.journals j
            on j.user_id = l.user_id and j.session_id = l.session_id and j.entry_date = l.today and j.is_completed
        union all
        select a.action_type
        from living l
        join public.action_logs a
            on a.user_id = l.user_id and a.session_id = l.session_id and a.entry_date = l.today and a.is_completed
    ) written
$$;

-- For admins: which pages a member finished on which day. That they were written, never what.
create or replace function private.member_progress(p_user_id uuid, p_session_id uuid)
    returns table (day date, morning boolean, evening boolean, gratitude_action boolean)
    language sql stable security definer set search_path = ''
as $$
    select written.day, bool_or(kind = 'morning'), bool_or(kind = 'evening'), bool_or(kind = 'gratitude')
    from (
        select entry_date as day, journal_type as kind
        from public.journals
        where user_id = p_user_id and session_id = p_session_id and is_completed
        union all
        select entry_date, action_type
        from public.action_logs
        where user_id = p_user_id and session_id = p_session_id and is_completed
    ) written
    where private.is_admin() and kind in ('morning', 'evening', 'gratitude')
    group by written.day
    order by written.day
$$;

revoke all on function private.people_i_know(), private.may_see_cohort(uuid), private.cohort_size(uuid),
    private.cohort_pulse(uuid, timestamptz),
    private.member_progress(uuid, uuid)
    from public, anon, authenticated;
grant execute on function private.people_i_know(), private.cohort_size(uuid), private.cohort_pulse(uuid, timestamptz),
    private.member_progress(uuid, uuid)
    to authenticated, service_role;
