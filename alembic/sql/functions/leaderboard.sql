-- The ranks of a cohort: dense, by name, of those who show themselves and their points. Whoever keeps the number to
-- herself stands below them by name, without a place: a place between two numbers would tell hers. The caller's own row
-- is always there, with the place she has or would have among those who are shown. A block hides nobody here, since a
-- hole between two ranks would tell of it: the name and the number stand, without the face.

-- The whole run, from the kept totals.
create or replace function private.whole_leaderboard(p_session_id uuid, p_limit integer)
    returns table (user_id uuid, points integer, rank bigint)
    language plpgsql stable security definer set search_path = ''
as $$
declare
    caller uuid := auth.uid();
    own integer;
begin
    -- A total that only the caller has, and that nobody else is shown, stands between the others for her alone.
    select t.total into own
    from public.point_totals t
    where t.session_id = p_session_id and t.user_id = caller and not t.is_listed
        and not exists (
            select from private.point_total_counts c where c.session_id = p_session_id and c.total = t.total
        );
    return query
    with leaders as (
        select t.user_id, t.total, dense_rank() over (order by t.total desc) as rank
        from (
            select l.user_id, l.total
            from public.point_totals l
            where l.session_id = p_session_id and l.is_listed
            order by l.total desc, l.user_id
            limit p_limit
        ) t
    )
    select l.user_id, l.total, l.rank + case when l.total < own then 1 else 0 end from leaders l
    union all
    select mine.user_id, mine.total, (
        select count(*) + 1
        from private.point_total_counts c
        where c.session_id = p_session_id and c.total > mine.total
    )
    from public.point_totals mine
    where mine.session_id = p_session_id and mine.user_id = caller
        and not exists (select from leaders l where l.user_id = caller);
end
$$;

-- The last `p_days` days, each member's own days, from the ledger.
create or replace function private.recent_leaderboard(
    p_session_id uuid, p_days integer, p_at timestamptz, p_limit integer
)
    returns table (user_id uuid, points integer, rank bigint)
    language plpgsql stable security definer set search_path = ''
as $$
declare
    caller uuid := auth.uid();
begin
    return query
    with daily as materialized (
        select p.user_id, p.earned_on, sum(p.final_points) as points
        from public.points_transactions p
        where p.session_id = p_session_id
            -- The westernmost zone is a day behind UTC: this much of the index can be skipped for everyone.
            and p.earned_on >= (p_at at time zone 'UTC')::date - p_days
        group by p.user_id, p.earned_on
    ),
    -- Each member's own days are looked up once, not once for every row of the ledger.
    earners as materialized (
        select d.user_id, t.is_listed, (p_at at time zone s.timezone)::date - p_days as day_before
        from (select distinct l.user_id from daily l) d
        join public.profile_settings s on s.user_id = d.user_id
        join public.point_totals t on t.session_id = p_session_id and t.user_id = d.user_id
    ),
    earned as (
        select e.user_id, sum(d.points)::integer as total, e.is_listed
        from daily d
        join earners e on e.user_id = d.user_id and d.earned_on > e.day_before
        group by e.user_id, e.is_listed
    ),
    everyone as (
        select e.user_id, e.total, e.is_listed from earned e
        union all
        select t.user_id, 0, t.is_listed
        from public.point_totals t
        where t.session_id = p_session_id and t.user_id = caller
            and not exists (select from earned e where e.user_id = caller)
    ),
    steps as (
        select e.total, dense_rank() over (order by e.total desc) as rank
        from everyone e
        where e.is_listed or e.user_id = caller
        group by e.total
    ),
    leaders as (
        select e.user_id from everyone e where e.is_listed order by e.total desc, e.user_id limit p_limit
    )
    select e.user_id, e.total, s.rank
    from everyone e
    join steps s on s.total = e.total
    where e.user_id = caller or e.user_id in (select l.user_id from leaders l);
end
$$;

-- `p_days` counts back from each member's own today: 1, 7 or 30. Null is the whole run.
create or replace function private.cohort_leaderboard(
    p_cohort_id uuid, p_days integer, p_at timestamptz, p_limit integer default 50
)
    returns table (
        rank integer, user_id uuid, first_name text, last_name text, profile_image text, points integer, is_me boolean
    )
    language plpgsql stable security definer set search_path = ''
as $$
declare
    caller uuid := auth.uid();
    hidden uuid[] := private.hidden_from_me();
    run uuid;
begin
    if not private.may_see_cohort(p_cohort_id) then
        return;
    end if;
    select c.session_id into run from public.cohorts c where c.id = p_cohort_id;
    return query
    with board as (
        select b.* from private.whole_leaderboard(run, p_limit) b where p_days is null
        union all
        select b.* from private.recent_leaderboard(run, p_days, p_at, p_limit) b where p_days is not null
        union all
        (
            select m.user_id, null, null
            from public.cohort_memberships m
            join public.users u on u.id = m.user_id and u.suspended_at is null
            join public.profile_settings s on s.user_id = m.user_id and s.show_on_leaderboard and not s.show_points
            where m.cohort_id = p_cohort_id and m.user_id <> caller
            -- By id, which the indexes have in order: a cohort of a million is not sorted for fifty names.
            order by m.user_id
            limit p_limit
        )
    )
    select b.rank::integer, u.id, u.first_name, u.last_name,
        case when u.id <> all (hidden) then u.profile_image end, b.points, u.id = caller
    from board b
    join public.users u on u.id = b.user_id
    order by b.rank nulls last, u.first_name, u.id;
end
$$;

revoke all on function private.whole_leaderboard(uuid, integer),
    private.recent_leaderboard(uuid, integer, timestamptz, integer),
    private.cohort_leaderboard(uuid, integer, timestamptz, integer)
    from public, anon, authenticated;
grant execute on function private.cohort_leaderboard(uuid, integer, timestamptz, integer)
    to authenticated, service_role;
