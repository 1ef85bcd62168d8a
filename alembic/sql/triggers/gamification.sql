create or replace trigger append_only
    before update or delete on public.points_transactions
    for each row execute function private.append_only();

create or replace trigger append_only_truncate
    before truncate on public.points_transactions
    for each statement execute function private.append_only();

create or replace trigger keep_point_totals
    after insert on public.points_transactions
    referencing new table as new_rows
    for each statement execute function private.keep_point_totals();

-- Constraint triggers cannot be replaced in place.
drop trigger if exists count_point_totals on public.point_totals;
create constraint trigger count_point_totals
    after insert or update or delete on public.point_totals
    deferrable initially deferred
    for each row execute function private.count_point_totals();

create or replace trigger relist_member
    after insert or delete on public.cohort_memberships
    for each row execute function private.relist_member();

create or replace trigger relist_member
    after update of show_on_leaderboard, show_points on public.profile_settings
    for each row execute function private.relist_member();

create or replace trigger relist_member
    after update of suspended_at on public.users
    for each row execute function private.relist_user();

-- Totals that were counted by an earlier rule of who is ranked.
update public.point_totals t
set is_listed = not t.is_listed
where t.is_listed <> private.is_listed(t.session_id, t.user_id);

create or replace trigger limit_showcase
    after insert or update of is_showcased on public.user_badges
    for each row when (new.is_showcased) execute function private.limit_showcase();
