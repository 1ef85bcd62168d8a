-- What the cohorts desk knows: who is in, since when, and on which days pages were finished. Counts and states only.

-- Whether anything was begun in this place. Asked by an admin, the worker, or of oneself; to anybody else it is yes.
create or replace function private.has_written(p_user_id uuid, p_session_id uuid)
    returns boolean
    language sql stable security definer set search_path = ''
as $$
    select not (
            private.is_admin() or coalesce(p_user_id = auth.uid(), false)
            or current_setting('role', true) = 'service_role'
        )
        or exists (select from public.journals where user_id = p_user_id and session_id = p_session_id)
        or exists (select from public.action_logs where user_id = p_user_id and session_id = p_session_id)
        or exists (select from public.user_visions where user_id = p_user_id and session_id = p_session_id)
        or exists (select from public.journey where user_id = p_user_id and session_id = p_session_id)
        or exists (select from public.meditations where user_id = p_user_id and session_id = p_session_id)
        or exists (select from public.points_transactions where user_id = p_user_id and session_id = p_session_id)
$$;

-- A run is offered while its cohort is open. One without a cohort is.
create or replace function private.takes_people_in(p_session_id uuid)
    returns boolean
    language sql stable security definer set search_path = ''
as $$
    select coalesce((select c.is_active from public.cohorts c where c.session_id = p_session_id), true)
$$;

-- How public cohorts introduce themselves to whoever is choosing a start.
create or replace function private.cohort_introductions(p_session_ids uuid[])
    returns table (session_id uuid, description text)
    language sql stable security definer set search_path = ''
as $$
    select c.session_id, c.description from public.cohorts c
    where c.session_id = any (p_session_ids) and c.is_public and c.is_active and c.description <> ''
$$;

-- Cohorts, the latest start first; one of them when `p_id` is given. `expected` are those whose own yesterday was a day
-- of the run and theirs to keep, `kept` those of them who finished a page for it or brought it back.
create or replace function private.desk_cohorts(
    p_at timestamptz, p_id uuid, p_before_start date, p_before_id uuid, p_limit integer
)
    returns table (
        id uuid, name text, description text, session_id uuid, book_id uuid, book_name text,
        start_date date, end_date date, grace_period_end date, places integer,
        is_active boolean, is_public boolean, is_alumni boolean,
        members integer, moderators integer, taken integer, waiting integer, expected integer, kept integer
    )
    language sql stable security definer set search_path = ''
as $$
    with page as (
        select c.* from public.cohorts c
        where (select private.is_admin())
            and (p_id is null or c.id = p_id)
            and (p_before_start is null or (c.start_date, c.id) < (p_before_start, p_before_id))
        order by c.start_date desc, c.id desc
        limit p_limit
    ),
    yesterdays as (
        select page.id, m.user_id, page.session_id, m.role,
            (p_at at time zone coalesce(s.timezone, 'UTC'))::date - 1 as day,
            greatest(page.start_date, coalesce(e.enrollment_date, page.end_date + 1)) as first_day, page.end_date
        from page
        join public.cohort_memberships m on m.cohort_id = page.id
        left join public.profile_settings s on s.user_id = m.user_id
        left join public.session_enrollments e on e.session_id = page.session_id and e.user_id = m.user_id
    ),
    counted as (
        select y.id, count(*)::integer as members,
            (count(*) filter (where y.role = 'moderator'))::integer as moderators,
            (count(*) filter (where y.day between y.first_day and y.end_date))::integer as expected,
            (count(*) filter (where y.day between y.first_day and y.end_date and (
                exists (
                    select from public.journals j
                    where j.user_id = y.user_id and j.session_id = y.session_id and j.entry_date = y.day
                        and j.is_completed and j.journal_type in ('morning', 'evening')
                )
                or exists (
                    select from public.action_logs a
                    where a.user_id = y.user_id and a.session_id = y.session_id and a.entry_date = y.day
                        and a.is_completed and a.action_type = 'gratitude'
                )
                or exists (
                    select from public.streak_events f
                    where f.user_id = y.user_id and f.session_id = y.session_id and f.day = y.day
                        and f.kind = 'repair'
                )
            )))::integer as kept
        from yesterdays y
        group by y.id
    )
    select page.id, page.name, coalesce(page.description, ''), page.session_id, r.book_id, coalesce(b.name, ''),
        page.start_date, page.end_date, r.grace_period_end,
        case when r.id is null then page.max_members else r.max_enrollments end,
        page.is_active, page.is_public, page.is_alumni,
        coalesce(counted.members, 0), coalesce(counted.moderators, 0),
        (select count(*)::integer from public.session_enrollments e where e.session_id = page.session_id),
        (select count(*)::integer from public.waitlist w where w.session_id = page.session_id),
        coalesce(counted.expected, 0), coalesce(counted.kept, 0)
    from page
    left join public.book_sessions r on r.id = page.session_id
    left join public.books b on b.id = r.book_id
    left join counted on counted.id = page.id
    order by page.start_date desc, page.id desc
$$;

-- One page of a cohort's members by name. `p_role` is '' for everybody.
create or replace function private.desk_cohort_members(
    p_cohort_id uuid, p_search text, p_role text, p_after_name text, p_after_id uuid, p_limit integer
)
    returns table (
        user_id uuid, sort_name text, first_name text, last_name text, email text, timezone text, role text,
        enrolled_on date, is_suspended boolean, points integer, has_written boolean
    )
    language sql stable security definer set search_path = ''
as $$
    with known as (
        select m.user_id, lower(btrim(u.first_name || ' ' || u.last_name)) as sort_name, u.first_name, u.last_name,
            u.email, u.email_lower, u.suspended_at, m.role, c.session_id
        from public.cohort_memberships m
        join public.cohorts c on c.id = m.cohort_id
        join public.users u on u.id = m.user_id
        where m.cohort_id = p_cohort_id and (select private.is_admin())
    ),
    page as (
        select * from known k
        where (p_role = '' or k.role = p_role)
            and (p_search = '' or strpos(k.sort_name, p_search) > 0 or strpos(k.email_lower, p_search) > 0)
            and (p_after_name is null or (k.sort_name, k.user_id) > (p_after_name, p_after_id))
        order by k.sort_name, k.user_id
        limit p_limit
    )
    select page.user_id, page.sort_name, page.first_name, page.last_name, page.email, coalesce(s.timezone, 'UTC'),
        page.role, e.enrollment_date, page.suspended_at is not null, coalesce(t.total, 0),
        private.has_written(page.user_id, page.session_id)
    from page
    left join public.profile_settings s on s.user_id = page.user_id
    left join public.session_enrollments e on e.user_id = page.user_id and e.session_id = page.session_id
    left join public.point_totals t on t.user_id = page.user_id and t.session_id = page.session_id
    order by page.sort_name, page.user_id
$$;

-- On which days these members of a cohort finished which page, and which days were forgiven.
create or replace function private.desk_kept_days(p_cohort_id uuid, p_user_ids uuid[])
    returns table (user_id uuid, kind text, day date)
    language sql stable security definer set search_path = ''
as $$
    with asked as (
        select m.user_id, c.session_id
        from public.cohort_memberships m
        join public.cohorts c on c.id = m.cohort_id
        where m.cohort_id = p_cohort_id and m.user_id = any (p_user_ids) and (select private.is_admin())
    )
    select j.user_id, j.journal_type || '_journal', j.entry_date
    from asked join public.journals j on j.user_id = asked.user_id and j.session_id = asked.session_id
    where j.is_completed and j.journal_type in ('morning', 'evening')
    union all
    select a.user_id, 'gratitude_action', a.entry_date
    from asked join public.action_logs a on a.user_id = asked.user_id and a.session_id = asked.session_id
    where a.is_completed and a.action_type = 'gratitude'
    union all
    select f.user_id, f.kind, f.day
    from asked join public.streak_events f on f.user_id = asked.user_id and f.session_id = asked.session_id
$$;

-- How many people hold each badge.
create or replace function private.badge_holders()
    returns table (badge_id uuid, holders integer)
    language sql stable security definer set search_path = ''
as $$
    select b.badge_id, count(distinct b.user_id)::integer
    from public.user_badges b
    where (select private.is_admin())
    group by b.badge_id
$$;

revoke all on function private.has_written(uuid, uuid), private.takes_people_in(uuid),
    private.cohort_introductions(uuid[]), private.desk_cohorts(timestamptz, uuid, date, uuid, integer),
    private.desk_cohort_members(uuid, text, text, text, uuid, integer), private.desk_kept_days(uuid, uuid[]),
    private.badge_holders()
    from public, anon, authenticated;
grant execute on function private.has_written(uuid, uuid), private.takes_people_in(uuid),
    private.cohort_introductions(uuid[]), private.desk_cohorts(timestamptz, uuid, date, uuid, integer),
    private.desk_cohort_members(uuid, text, text, text, uuid, integer), private.desk_kept_days(uuid, uuid[]),
    private.badge_holders()
    to authenticated, service_role;

-- Who waits for a place in the runs of a program, first come first: names, for an admin.
create or replace function private.desk_waiting(p_book_id uuid, p_limit integer)
    returns table (user_id uuid, first_name text, last_name text, email text, cohort text, place integer, joined_at timestamptz)
    language sql stable security definer set search_path = ''
as $$
    select u.id, u.first_name, u.last_name, u.email, coalesce(b.cohort_label, ''),
        (row_number() over (partition by w.session_id order by w.joined_at, w.id))::integer, w.joined_at
    from public.waitlist w
    join public.book_sessions b on b.id = w.session_id
    join public.users u on u.id = w.user_id
    where b.book_id = p_book_id and (select private.is_admin())
    order by b.start_date desc, w.joined_at, w.id
    limit p_limit
$$;

revoke all on function private.desk_waiting(uuid, integer) from public, anon, authenticated;
grant execute on function private.desk_waiting(uuid, integer) to authenticated, service_role;
