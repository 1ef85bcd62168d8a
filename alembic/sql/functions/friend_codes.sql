-- Places to give away: two with every purchase, each good for one person and ninety days.

-- Without 0 and O, 1, I and L, which are read as one another. A byte is thrown away rather than bent into the alphabet,
-- so that no character is likelier; the bytes of a UUID that say its version are not random and left out.
create or replace function private.random_letters(p_length integer)
    returns text
    language plpgsql volatile set search_path = ''
as $$
declare
    alphabet constant text := '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
    fair constant integer := 256 - 256 % length(alphabet);
    letters text := '';
    bytes bytea;
    value integer;
    place integer;
begin
    loop
        bytes := uuid_send(gen_random_uuid());
        foreach place in array array[0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14, 15] loop
            value := get_byte(bytes, place);
            if value < fair then
                letters := letters || substr(alphabet, value % length(alphabet) + 1, 1);
            end if;
            if length(letters) = p_length then
                return letters;
            end if;
        end loop;
    end loop;
end
$$;

create or replace function private.generate_friend_code()
    returns text
    language sql volatile set search_path = ''
as $$
    select 'FRIEND-' || private.random_letters(6)
$$;

create or replace function private.mint_friend_code(p_creator_id uuid, p_purchase_id uuid, p_at timestamptz)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    loop
        insert into public.friend_codes (code, creator_id, purchase_id, expires_at, created_at)
        values (private.generate_friend_code(), p_creator_id, p_purchase_id, p_at + interval '90 days', p_at)
        on conflict (code) do nothing;
        exit when found;
    end loop;
end
$$;

-- What follows from a purchase: codes and access when it is paid and somebody's, both withdrawn when the money goes back
-- or is fought over, and given again when it stays after all. However often it is told, two codes are made.
create or replace function private.create_friend_code_for_purchase()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    was_paid boolean := tg_op = 'UPDATE' and old.status = 'completed' and old.user_id is not null;
    is_paid boolean := new.status = 'completed';
begin
    if new.user_id is null or was_paid = is_paid then
        return null;
    end if;
    if new.purchase_type = 'challenge' then
        perform private.follow_codes(new, is_paid);
    end if;
    perform private.settle_challenge(new.user_id);
    return null;
end
$$;

create or replace function private.follow_codes(p_purchase public.purchases, p_is_paid boolean)
    returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    since timestamptz := coalesce(
        greatest(p_purchase.claimed_at, p_purchase.purchased_at, (p_purchase.metadata ->> 'accepted_at')::timestamptz),
        now()
    );
begin
    if not p_is_paid then
        update public.friend_codes
        set is_active = false, revoked_by = p_purchase.status,
            revoked_at = coalesce(p_purchase.refunded_at, p_purchase.disputed_at, now())
        where purchase_id = p_purchase.id and used_at is null and is_active
            and p_purchase.status in ('refunded', 'disputed');
    elsif exists (select from public.friend_codes where purchase_id = p_purchase.id) then
        update public.friend_codes
        set is_active = true, revoked_by = null, revoked_at = null
        where purchase_id = p_purchase.id and used_at is null and revoked_by in ('refunded', 'disputed');
    else
        perform private.mint_friend_code(p_purchase.user_id, p_purchase.id, since);
        perform private.mint_friend_code(p_purchase.user_id, p_purchase.id, since);
    end if;
end
$$;

-- How a code stands, for whoever may hear it.
create or replace function private.state_of_code(p_code public.friend_codes, p_at timestamptz)
    returns text
    language sql immutable set search_path = ''
as $$
    select case
        when p_code.id is null then 'unknown'
        when p_code.used_at is not null then 'used'
        when not p_code.is_active then 'revoked'
        when p_code.expires_at <= p_at then 'expired'
        else 'open'
    end
$$;

-- Where a code leads: the session its giver lives. Null when she has none or has left.
create or replace function private.session_of_giver(p_code public.friend_codes)
    returns uuid
    language sql stable security definer set search_path = ''
as $$
    select coalesce(
        (select e.challenge_session_id from public.user_entitlements e where e.user_id = p_code.creator_id),
        (select p.session_id from public.purchases p where p.id = p_code.purchase_id)
    )
$$;

-- What the page of a code tells whoever holds it. One row always; the giver is named only if she agreed to it. Without a
-- limit to the places `places_left` is null.
create or replace function private.look_at_friend_code(p_code text, p_at timestamptz)
    returns table (
        state text, giver_name text, is_own boolean, valid_until timestamptz,
        session_id uuid, label text, starts_on date, places_left integer
    )
    language plpgsql stable security definer set search_path = ''
as $$
declare
    held public.friend_codes;
    run public.book_sessions;
begin
    perform private.require_the_product('Codes are looked up by the product itself.');
    select * into held from public.friend_codes where code = p_code;
    select * into run from public.book_sessions b
    where b.id = private.session_of_giver(held) and not b.is_personal and private.takes_people_in(b.id);
    return query
    select private.state_of_code(held, p_at),
        (
            select u.first_name from public.users u
            join public.consents c on c.user_id = u.id and c.kind = 'friend_code_name' and c.withdrawn_at is null
            where u.id = held.creator_id and u.suspended_at is null and u.first_name <> ''
            limit 1
        ),
        coalesce(held.creator_id = auth.uid(), false),
        held.expires_at,
        run.id, run.cohort_label, run.start_date,
        case when run.max_enrollments is not null then greatest(
            run.max_enrollments - private.seats_held(run.id, auth.uid(), null)
            - (select count(*)::integer from public.session_enrollments e where e.session_id = run.id),
            0
        ) end;
end
$$;

-- One code, one person, once: the code's row and then the person's are held, so that of a hundred tries one is first.
-- The outcome says why not; only `redeemed` has changed anything. The place is a purchase of nothing, so whatever asks
-- for a place asks in one table.
create or replace function private.redeem_friend_code(
    p_code text, p_user_id uuid, p_session_id uuid, p_at timestamptz
)
    returns table (outcome text, code_id uuid, giver_id uuid, purchase_id uuid)
    language plpgsql security definer set search_path = ''
as $$
declare
    held public.friend_codes;
    mine public.user_entitlements;
    place uuid;
    answer text;
begin
    perform private.require_the_product('Codes are redeemed by the product itself.');
    if p_user_id is distinct from auth.uid() and current_setting('role', true) <> 'service_role' then
        raise insufficient_privilege using message = 'A code is redeemed by its holder.';
    end if;
    select * into held from public.friend_codes where code = p_code for update;
    mine := private.hold_entitlement(p_user_id);
    answer := case
        when held.creator_id = p_user_id then 'own'
        when private.state_of_code(held, p_at) <> 'open' then private.state_of_code(held, p_at)
        when mine.has_challenge_access
            and (mine.challenge_expires_at is null or mine.challenge_expires_at > p_at) then 'has_access'
        when exists (select from public.friend_codes where used_by_id = p_user_id) then 'redeemed_before'
        else 'redeemed'
    end;
    if answer = 'redeemed' then
        update public.friend_codes set used_by_id = p_user_id, used_at = p_at where id = held.id;
        insert into public.purchases
            (user_id, purchase_type, status, amount_cents, session_id, purchased_at, created_at, metadata)
        values (
            p_user_id, 'challenge_friend_code', 'completed', 0, p_session_id, p_at, p_at,
            jsonb_build_object('friend_code_id', held.id)
        )
        returning id into place;
    end if;
    return query select answer, held.id, held.creator_id, place;
end
$$;

-- The place the caller has by this code. Whoever comes back with it hears that it is hers; of others nothing is said.
create or replace function private.own_place_by_code(p_code text)
    returns table (purchase_id uuid, session_id uuid)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    perform private.require_the_product('Codes are looked up by the product itself.');
    return query
    select p.id, p.session_id from public.friend_codes c
    join public.purchases p on p.user_id = c.used_by_id and p.metadata ->> 'friend_code_id' = c.id::text
    where c.code = p_code and c.used_by_id = auth.uid();
end
$$;

revoke all on function private.random_letters(integer), private.generate_friend_code(),
    private.mint_friend_code(uuid, uuid, timestamptz), private.create_friend_code_for_purchase(),
    private.follow_codes(public.purchases, boolean), private.state_of_code(public.friend_codes, timestamptz),
    private.session_of_giver(public.friend_codes), private.look_at_friend_code(text, timestamptz),
    private.redeem_friend_code(text, uuid, uuid, timestamptz), private.own_place_by_code(text)
    from public, anon, authenticated;
grant execute on function private.look_at_friend_code(text, timestamptz) to anon, authenticated, service_role;
grant execute on function private.redeem_friend_code(text, uuid, uuid, timestamptz) to authenticated, service_role;
grant execute on function private.own_place_by_code(text) to authenticated;
