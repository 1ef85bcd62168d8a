-- How full each session is, for people choosing one. Counts only: who is enrolled stays with the cohort.
create or replace function private.places_taken(p_session_ids uuid[])
    returns table (session_id uuid, taken integer)
    language sql stable security definer set search_path = ''
as $$
    select e.session_id, count(*)::integer
    from public.session_enrollments e
    where e.session_id = any (p_session_ids)
    group by e.session_id
$$;

revoke all on function private.places_taken(uuid[]) from public, anon, authenticated;
grant execute on function private.places_taken(uuid[]) to authenticated, service_role;
