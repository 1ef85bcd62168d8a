-- The ledger's sums, kept as it grows.
--
--   points_transactions ──► point_totals           one row a member and run
--                              └──► point_total_counts   how many listed members stand at each total
--
-- A dense rank is then "how many totals are higher", answered by a handful of index entries among a million members.
-- The counts follow at commit, so that two members finishing together wait for each other only for that instant.

create or replace function private.is_listed(p_session_id uuid, p_user_id uuid)
    returns boolean
    language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.users u
        join public.profile_settings s on s.user_id = u.id
        join public.cohort_memberships m on m.user_id = u.id
        join public.cohorts c on c.id = m.cohort_id and c.session_id = p_session_id
        where u.id = p_user_id and u.suspended_at is null and s.show_on_leaderboard and s.show_points
    )
$$;

create or replace function private.keep_point_totals()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into public.point_totals as kept (session_id, user_id, total, is_listed)
    select n.session_id, n.user_id, sum(n.final_points), private.is_listed(n.session_id, n.user_id)
    from new_rows n
    where n.session_id is not null
    group by n.session_id, n.user_id
    order by n.session_id, n.user_id
    on conflict (session_id, user_id) do update set total = kept.total + excluded.total;
    return null;
end
$$;

-- Everyone in a run has a total from the first day, so everyone has a rank.
create or replace function private.start_point_total()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into public.point_totals (session_id, user_id, is_listed)
    values (new.session_id, new.user_id, private.is_listed(new.session_id, new.user_id))
    on conflict (session_id, user_id) do nothing;
    return null;
end
$$;

-- A place that is given back takes its empty total along; one with rows in the ledger keeps it.
create or replace function private.end_point_total()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    delete from public.point_totals t
    where t.session_id = old.session_id and t.user_id = old.user_id and not exists (
        select from public.points_transactions p where p.session_id = old.session_id and p.user_id = old.user_id
    );
    return null;
end
$$;

create or replace function private.relist(p_user_id uuid)
    returns void
    language sql security definer set search_path = ''
as $$
    update public.point_totals t
    set is_listed = not t.is_listed
    where t.user_id = p_user_id and t.is_listed <> private.is_listed(t.session_id, t.user_id)
$$;

create or replace function private.relist_member()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.relist(case when tg_op = 'DELETE' then old.user_id else new.user_id end);
    return null;
end
$$;

create or replace function private.relist_user()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.relist(new.id);
    return null;
end
$$;

create or replace function private.count_point_totals()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    move record;
begin
    for move in
        select m.session_id, m.total, sum(m.members) as members
        from (
            select old.session_id, old.total, -1 where tg_op <> 'INSERT' and old.is_listed
            union all
            select new.session_id, new.total, 1 where tg_op <> 'DELETE' and new.is_listed
        ) m (session_id, total, members)
        group by m.session_id, m.total
        having sum(m.members) <> 0
        order by m.session_id, m.total
    loop
        if move.members > 0 then
            insert into private.point_total_counts as kept (session_id, total, members)
            values (move.session_id, move.total, move.members)
            on conflict (session_id, total) do update set members = kept.members + excluded.members;
        else
            -- Nothing is left to lower when the whole run is being removed.
            update private.point_total_counts set members = members + move.members
            where session_id = move.session_id and total = move.total;
            delete from private.point_total_counts
            where session_id = move.session_id and total = move.total and members = 0;
        end if;
    end loop;
    return null;
end
$$;

-- Written anew from the ledger: after a restore, or when the nightly check finds that the sums do not agree.
create or replace function private.recount_points()
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    lock table public.points_transactions, public.point_totals in share row exclusive mode;
    set constraints all immediate;
    delete from public.point_totals;
    insert into public.point_totals (session_id, user_id, total, is_listed)
    select e.session_id, e.user_id, coalesce(sum(p.final_points), 0), private.is_listed(e.session_id, e.user_id)
    from public.session_enrollments e
    left join public.points_transactions p on p.session_id = e.session_id and p.user_id = e.user_id
    group by e.session_id, e.user_id;
    delete from private.point_total_counts;
    insert into private.point_total_counts (session_id, total, members)
    select session_id, total, count(*) from public.point_totals where is_listed group by session_id, total;
end
$$;

revoke all on function private.is_listed(uuid, uuid), private.keep_point_totals(), private.start_point_total(), private.end_point_total(),
    private.relist(uuid), private.relist_member(), private.relist_user(), private.count_point_totals(),
    private.recount_points()
    from public, anon, authenticated;
grant execute on function private.recount_points() to service_role;
