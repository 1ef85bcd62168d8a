-- Seats that are kept while somebody pays, and purchases of guests that find their owner.
--
-- Whoever changes how many places a session has left holds the session's row first, and then the purchase's.

create or replace function private.hold_session(p_session_id uuid)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.require_the_product('Sessions are held by the product itself.');
    perform from public.book_sessions where id = p_session_id for no key update;
end
$$;

-- Let go of the seats whose time is over; the sessions they were in. One that is being paid this instant is left alone.
create or replace function private.let_go_of_seats(p_session_id uuid, p_at timestamptz)
    returns setof uuid
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.require_the_product('Seats are kept by the product itself.');
    return query
    with over as (
        select p.id, p.session_id from public.purchases p
        where p.seat_held_until <= p_at and (p_session_id is null or p.session_id = p_session_id)
        for update skip locked
    ),
    let_go as (
        update public.purchases p set seat_held_until = null from over where p.id = over.id returning over.session_id
    )
    select distinct let_go.session_id from let_go;
end
$$;

-- Keep a seat for a purchase, or say why not: the session is `gone`, `closed` since its ninth day is over for the last
-- clock on Earth, or `full`. Without an end it is kept for as long as anybody may join: a guest has paid and not come
-- yet. Somebody who has her place already needs no seat.
create or replace function private.keep_seat(
    p_purchase_id uuid, p_session_id uuid, p_until timestamptz, p_at timestamptz
)
    returns text
    language plpgsql security definer set search_path = ''
as $$
declare
    run public.book_sessions;
    closes_at timestamptz;
    buyer uuid;
    has_place boolean;
begin
    perform private.hold_session(p_session_id);
    perform private.let_go_of_seats(p_session_id, p_at);
    select * into run from public.book_sessions where id = p_session_id;
    if run.id is null or run.is_personal or not private.takes_people_in(p_session_id) then
        return 'gone';
    end if;
    closes_at := (run.start_date + 9)::timestamp at time zone 'UTC' + interval '12 hours';
    if p_at >= closes_at then
        return 'closed';
    end if;
    select user_id into buyer from public.purchases where id = p_purchase_id for update;
    if buyer is not null and buyer is distinct from auth.uid()
        and current_setting('role', true) <> 'service_role' then
        raise insufficient_privilege using message = 'A seat is kept for whoever buys.';
    end if;
    has_place := exists (
        select from public.session_enrollments e where e.session_id = p_session_id and e.user_id = buyer
    );
    if not has_place and run.max_enrollments <= private.seats_held(p_session_id, buyer, p_purchase_id)
        + (select count(*) from public.session_enrollments where session_id = p_session_id) then
        return 'full';
    end if;
    update public.purchases
    set session_id = p_session_id, seat_held_until = case when has_place then null else coalesce(p_until, closes_at) end
    where id = p_purchase_id;
    return 'kept';
end
$$;

-- The first in the queue, as many as there are places for them now, and what their session is called. Nobody when there
-- is no limit: then nobody waits. `has_access`: she only takes the place; anybody else buys it.
drop function if exists private.first_in_queue(uuid); -- it asks for the moment by now
create or replace function private.first_in_queue(p_session_id uuid, p_at timestamptz)
    returns table (user_id uuid, label text, has_access boolean)
    language plpgsql stable security definer set search_path = ''
as $$
declare
    run public.book_sessions;
    free integer;
begin
    perform private.require_the_product('The queue is read by the product itself.');
    select * into run from public.book_sessions b where b.id = p_session_id;
    free := run.max_enrollments - private.seats_held(run.id, null, null)
        - (select count(*) from public.session_enrollments e where e.session_id = run.id);
    return query
    select w.user_id, coalesce(run.cohort_label, to_char(run.start_date, 'FMMonth YYYY')),
        coalesce(a.has_challenge_access and coalesce(a.challenge_expires_at > p_at, true), false)
    from public.waitlist w
    left join public.user_entitlements a on a.user_id = w.user_id
    where w.session_id = p_session_id
    order by w.joined_at, w.id
    limit greatest(coalesce(free, 0), 0);
end
$$;

-- A line behind somebody else's bell, once for its cause. The words are the product's.
create or replace function private.tell_member(
    p_user_id uuid, p_category text, p_title text, p_body text, p_href text, p_key text, p_at timestamptz
)
    returns boolean
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.require_the_product('Members are told things by the product itself.');
    insert into public.notifications (user_id, category, title, body, href, dedupe_key, created_at)
    values (p_user_id, p_category, p_title, p_body, p_href, p_key, p_at)
    on conflict (user_id, dedupe_key) do nothing;
    return found;
end
$$;

-- The address the caller has proved to be hers, if she may claim anything with it.
create or replace function private.proved_address()
    returns text
    language sql stable security definer set search_path = ''
as $$
    select nullif(lower(a.email), '') from auth.users a
    join public.users u on u.id = a.id
    where a.id = auth.uid() and a.email_confirmed_at is not null and u.suspended_at is null and not u.is_anonymous
$$;

-- Whether the caller bought something before she signed in. It is told nobody else.
create or replace function private.may_claim_purchases()
    returns boolean
    language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.purchases p
        where p.user_id is null and p.email_lower = private.proved_address()
            and p.status in ('completed', 'disputed', 'refunded')
    )
$$;

-- The purchases somebody made here before she signed in, found by the address she has proved to be hers.
create or replace function private.claim_purchases(p_at timestamptz)
    returns setof uuid
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.require_the_product('Purchases are claimed by the product itself.');
    return query
    update public.purchases p set user_id = auth.uid(), claimed_at = p_at
    where p.user_id is null and p.email_lower = private.proved_address()
        and p.status in ('completed', 'disputed', 'refunded')
    returning p.id;
end
$$;

revoke all on function private.hold_session(uuid),
    private.let_go_of_seats(uuid, timestamptz), private.keep_seat(uuid, uuid, timestamptz, timestamptz),
    private.first_in_queue(uuid, timestamptz), private.tell_member(uuid, text, text, text, text, text, timestamptz),
    private.proved_address(), private.may_claim_purchases(), private.claim_purchases(timestamptz)
    from public, anon, authenticated;
grant execute on function private.hold_session(uuid), private.keep_seat(uuid, uuid, timestamptz, timestamptz),
    private.first_in_queue(uuid, timestamptz), private.tell_member(uuid, text, text, text, text, text, timestamptz)
    to anon, authenticated, service_role;
grant execute on function private.let_go_of_seats(uuid, timestamptz) to authenticated, service_role;
grant execute on function private.may_claim_purchases(), private.claim_purchases(timestamptz) to authenticated;
