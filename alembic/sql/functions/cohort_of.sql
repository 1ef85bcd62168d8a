-- The cohort that lives a session: its id only, for whoever is about to join it.
create or replace function private.cohort_of(p_session_id uuid)
    returns uuid
    language sql stable security definer set search_path = ''
as $$
    select id from public.cohorts where session_id = p_session_id
$$;

revoke all on function private.cohort_of(uuid) from public, anon, authenticated;
grant execute on function private.cohort_of(uuid) to authenticated, service_role;
