-- The caller's place in the queue for a full session, counted from 1; null when she is not in it.
create or replace function private.my_waitlist_place(p_session_id uuid)
    returns integer
    language sql stable security definer set search_path = ''
as $$
    select (
        select count(*)::integer
        from public.waitlist w
        where w.session_id = mine.session_id and (w.joined_at, w.id) <= (mine.joined_at, mine.id)
    )
    from public.waitlist mine
    where mine.session_id = p_session_id and mine.user_id = (select auth.uid())
$$;

revoke all on function private.my_waitlist_place(uuid) from public, anon, authenticated;
grant execute on function private.my_waitlist_place(uuid) to authenticated, service_role;
