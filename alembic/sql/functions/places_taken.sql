-- How many seats others keep in a session: those of `p_but_user_id` and of `p_but_purchase_id` are no others'.
create or replace function private.seats_held(p_session_id uuid, p_but_user_id uuid, p_but_purchase_id uuid)
    returns integer
    language sql stable security definer set search_path = ''
as $$
    select count(*)::integer from public.purchases p
    where p.session_id = p_session_id and p.seat_held_until is not null
        and p.user_id is distinct from coalesce(p_but_user_id, '00000000-0000-0000-0000-000000000000')
        and p.id is distinct from p_but_purchase_id
$$;

-- How full each session is, for people choosing one. Counts only: who is enrolled stays with the cohort. A seat that
-- somebody else is paying for counts as taken, for as long as she is.
create or replace function private.places_taken(p_session_ids uuid[])
    returns table (session_id uuid, taken integer)
    language sql stable security definer set search_path = ''
as $$
    select asked.id, (
        (select count(*) from public.session_enrollments e where e.session_id = asked.id)
        + private.seats_held(asked.id, auth.uid(), null)
    )::integer
    from unnest(p_session_ids) as asked (id)
$$;

revoke all on function private.seats_held(uuid, uuid, uuid), private.places_taken(uuid[]) from public, anon, authenticated;
grant execute on function private.places_taken(uuid[]) to authenticated, service_role;
