-- What the desks know of members beyond what policies let an admin read: counts, days and states. Never a word that a
-- member wrote, and of a letter only its name and whether it went.

-- One page of members, the newest first. `p_search` is lower case and meets names and addresses anywhere.
-- `p_before_joined` and `p_before_id` are those of the last row of the page before.
create or replace function private.desk_members(
    p_search text, p_group text, p_at timestamptz, p_before_joined timestamptz, p_before_id uuid, p_limit integer
)
    returns table (
        id uuid, first_name text, last_name text, email text, is_anonymous boolean, timezone text,
        joined_at timestamptz, is_admin boolean, suspended_at timestamptz,
        cohort_name text, start_date date, end_date date, last_written date
    )
    language sql stable security definer set search_path = ''
as $$
    with found as (
        select u.*, coalesce(s.timezone, 'UTC') as zone, exists (
            select from public.user_roles r where r.user_id = u.id and r.role = 'admin'
        ) as is_admin
        from public.users u
        left join public.profile_settings s on s.user_id = u.id
        where (select private.is_admin())
            and (
                p_search = ''
                or strpos(lower(u.first_name || ' ' || u.last_name), p_search) > 0
                or strpos(u.email_lower, p_search) > 0
            )
            and (p_before_joined is null or (u.created_at, u.id) < (p_before_joined, p_before_id))
    ),
    page as (
        select * from found f
        where case p_group
            when 'admins' then f.is_admin
            when 'suspended' then f.suspended_at is not null
            when 'unreached' then exists (
                select from public.email_messages m
                where m.user_id = f.id and m.status in ('failed', 'unknown')
                    and m.updated_at between p_at - interval '7 days' and p_at
            )
            else true
        end
        order by f.created_at desc, f.id desc
        limit p_limit
    )
    select page.id, page.first_name, page.last_name, page.email, page.is_anonymous, page.zone, page.created_at,
        page.is_admin, page.suspended_at, cohort.name, place.start_date, place.end_date,
        greatest(
            (select max(j.entry_date) from public.journals j where j.user_id = page.id and j.is_completed),
            (select max(a.entry_date) from public.action_logs a where a.user_id = page.id and a.is_completed)
        )
    from page
    left join lateral (
        select b.id, b.start_date, b.end_date
        from public.session_enrollments e
        join public.book_sessions b on b.id = e.session_id
        where e.user_id = page.id
        order by
            (p_at at time zone page.zone)::date between b.start_date and b.end_date desc,
            b.start_date > (p_at at time zone page.zone)::date desc,
            b.start_date desc
        limit 1
    ) place on true
    left join lateral (
        select c.name
        from public.cohort_memberships m
        join public.cohorts c on c.id = m.cohort_id
        where m.user_id = page.id
        order by coalesce(c.session_id = place.id, false) desc, c.start_date desc, c.name
        limit 1
    ) cohort on true
    order by page.created_at desc, page.id desc
$$;

create or replace function private.member_forgiven_days(p_user_id uuid, p_session_id uuid)
    returns table (day date, kind text)
    language sql stable security definer set search_path = ''
as $$
    select e.day, e.kind
    from public.streak_events e
    where e.user_id = p_user_id and e.session_id = p_session_id and (select private.is_admin())
    order by e.day
$$;

create or replace function private.member_badge_count(p_user_id uuid)
    returns integer
    language sql stable security definer set search_path = ''
as $$
    select count(*)::integer from public.user_badges b where b.user_id = p_user_id and (select private.is_admin())
$$;

-- That a letter went, never what stood in it: some hold links that open accounts.
create or replace function private.member_mails(p_user_id uuid, p_limit integer)
    returns table (template_key text, status text, attempts integer, created_at timestamptz, sent_at timestamptz)
    language sql stable security definer set search_path = ''
as $$
    select m.template_key, m.status, m.attempts, m.created_at, m.sent_at
    from public.email_messages m
    where m.user_id = p_user_id and (select private.is_admin())
    order by m.created_at desc, m.id
    limit p_limit
$$;

-- The same for somebody without an account, by the address she gave when she paid.
create or replace function private.address_mails(p_email text, p_limit integer)
    returns table (template_key text, status text, attempts integer, created_at timestamptz, sent_at timestamptz)
    language sql stable security definer set search_path = ''
as $$
    select m.template_key, m.status, m.attempts, m.created_at, m.sent_at
    from public.email_messages m
    where m.user_id is null and lower(m.to_email) = lower(p_email) and (select private.is_admin())
    order by m.created_at desc, m.id
    limit p_limit
$$;

-- How her subscriptions turned, the oldest first.
create or replace function private.subscription_turns(p_user_id uuid)
    returns table (told jsonb)
    language sql stable security definer set search_path = ''
as $$
    select e.payload
    from public.automation_events e
    where e.user_id = p_user_id and e.event_type = 'subscription_turned' and (select private.is_admin())
    order by e.created_at, e.id
$$;

create or replace function private.member_sign_ins(p_user_id uuid, p_at timestamptz)
    returns table (devices integer, last_seen_at timestamptz)
    language sql stable security definer set search_path = ''
as $$
    select count(*)::integer, max(w.last_seen_at)
    from private.web_sessions w
    where w.user_id = p_user_id and w.revoked_at is null and w.expires_at > p_at and (select private.is_admin())
$$;

-- When pages were finished, of everybody together. Only for the two functions below.
create or replace function private.pages_finished(p_from timestamptz, p_to timestamptz)
    returns table (user_id uuid, completed_at timestamptz)
    language sql stable security definer set search_path = ''
as $$
    select j.user_id, j.completed_at from public.journals j
    where j.is_completed and j.completed_at between p_from and p_to
    union all
    select a.user_id, a.completed_at from public.action_logs a
    where a.is_completed and a.completed_at between p_from and p_to
$$;

-- The overview's figures. Days are days of `p_timezone`, and end at `p_at`.
create or replace function private.desk_figures(p_at timestamptz, p_timezone text)
    returns table (
        members integer, suspended integer, without_address integer, running_sessions integer, enrolled integer,
        writers_this_week integer, pages_today integer, pages_this_week integer, waiting integer, queues integer
    )
    language plpgsql stable security definer set search_path = ''
as $$
declare
    today date := (p_at at time zone p_timezone)::date;
    midnight timestamptz := today::timestamp at time zone p_timezone;
    week_ago timestamptz := (today - 6)::timestamp at time zone p_timezone;
begin
    if not private.is_admin() then
        return;
    end if;
    return query
    select people.*, places.*, pages.*, queue.*
    from (
        select count(*)::integer, (count(*) filter (where u.suspended_at is not null))::integer,
            (count(*) filter (where u.is_anonymous))::integer
        from public.users u
    ) people,
    (
        select count(distinct b.id)::integer, count(distinct e.user_id)::integer
        from public.book_sessions b
        left join public.session_enrollments e on e.session_id = b.id
        where today between b.start_date and b.end_date
    ) places,
    (
        select count(distinct f.user_id)::integer,
            (count(*) filter (where f.completed_at >= midnight))::integer, count(*)::integer
        from private.pages_finished(week_ago, p_at) f
    ) pages,
    (
        select count(*)::integer, count(distinct w.session_id)::integer
        from public.waitlist w
        join public.book_sessions b on b.id = w.session_id
        where b.end_date >= today
    ) queue;
end
$$;

create or replace function private.desk_pages_by_day(p_at timestamptz, p_timezone text, p_days integer)
    returns table (day date, pages integer)
    language sql stable security definer set search_path = ''
as $$
    select d.day::date, count(f.completed_at)::integer
    from generate_series(
        (p_at at time zone p_timezone)::date - (p_days - 1), (p_at at time zone p_timezone)::date, interval '1 day'
    ) as d (day)
    left join private.pages_finished(
        ((p_at at time zone p_timezone)::date - (p_days - 1))::timestamp at time zone p_timezone, p_at
    ) f on (f.completed_at at time zone p_timezone)::date = d.day::date
    where (select private.is_admin())
    group by d.day
    order by d.day
$$;

-- Letters of the last week that did not arrive, how many people that concerns, and letters that wait too long.
create or replace function private.desk_mail_trouble(p_at timestamptz)
    returns table (failed integer, people integer, late integer, oldest_late timestamptz)
    language sql stable security definer set search_path = ''
as $$
    select
        (count(*) filter (where m.status in ('failed', 'unknown')))::integer,
        (count(distinct m.user_id) filter (where m.status in ('failed', 'unknown')))::integer,
        (count(*) filter (where m.status = 'queued'))::integer,
        min(m.next_attempt_at) filter (where m.status = 'queued')
    from public.email_messages m
    where (select private.is_admin())
        and (
            (m.status in ('failed', 'unknown') and m.updated_at between p_at - interval '7 days' and p_at)
            or (m.status = 'queued' and m.next_attempt_at < p_at - interval '10 minutes')
        )
$$;

revoke all on function private.desk_members(text, text, timestamptz, timestamptz, uuid, integer),
    private.member_forgiven_days(uuid, uuid), private.member_badge_count(uuid),
    private.member_mails(uuid, integer), private.address_mails(text, integer),
    private.subscription_turns(uuid),
    private.member_sign_ins(uuid, timestamptz),
    private.pages_finished(timestamptz, timestamptz), private.desk_figures(timestamptz, text),
    private.desk_pages_by_day(timestamptz, text, integer), private.desk_mail_trouble(timestamptz)
    from public, anon, authenticated;
grant execute on function private.desk_members(text, text, timestamptz, timestamptz, uuid, integer),
    private.member_forgiven_days(uuid, uuid), private.member_badge_count(uuid),
    private.member_mails(uuid, integer), private.address_mails(text, integer),
    private.subscription_turns(uuid),
    private.member_sign_ins(uuid, timestamptz),
    private.desk_figures(timestamptz, text), private.desk_pages_by_day(timestamptz, text, integer),
    private.desk_mail_trouble(timestamptz)
    to authenticated, service_role;
