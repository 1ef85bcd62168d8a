-- What a member may open, worked out anew from its sources whenever one of them changes. Nothing else writes it.
--
--   purchases, bought or given by a friend ──┐
--   user_entitlements.admin_granted_at ──────┼──► has_challenge_access, its kind, session and end
--   user_entitlements.challenge_closed_at ───┘    (an admin's no: it outweighs whatever came before it)
--   subscriptions ──────────────────────────────► has_journal_access
--
-- The row is held while it is worked out, so that of two changes the later one sees the earlier.

-- Until when pages of a session can be written anywhere: its last day of grace by the last clock, and until 03:00.
create or replace function private.open_until(p_session_id uuid)
    returns timestamptz
    language sql stable security definer set search_path = ''
as $$
    select (coalesce(grace_period_end, end_date + 30) + 1)::timestamp at time zone 'UTC' + interval '15 hours'
    from public.book_sessions where id = p_session_id
$$;

create or replace function private.hold_entitlement(p_user_id uuid)
    returns public.user_entitlements
    language plpgsql security definer set search_path = ''
as $$
declare
    kept public.user_entitlements;
begin
    insert into public.user_entitlements (user_id) values (p_user_id) on conflict (user_id) do nothing;
    select * into kept from public.user_entitlements where user_id = p_user_id for update;
    return kept;
end
$$;

-- The best of what opens the challenge for somebody: what she bought, else what she was given.
create or replace function private.challenge_source(p_kept public.user_entitlements)
    returns table (kind text, session_id uuid, since timestamptz)
    language sql stable security definer set search_path = ''
as $$
    select s.kind, s.session_id, s.since
    from (
        select case p.purchase_type when 'challenge' then 'purchased' else 'friend_code' end,
            p.session_id, coalesce(p.claimed_at, p.purchased_at, p.created_at)
        from public.purchases p
        where p.user_id = p_kept.user_id and p.status = 'completed'
        union all
        select 'admin_granted', null, p_kept.admin_granted_at where p_kept.admin_granted_at is not null
    ) s (kind, session_id, since)
    where p_kept.challenge_closed_at is null or s.since > p_kept.challenge_closed_at
    order by array_position(array['purchased', 'friend_code', 'admin_granted'], s.kind), s.since desc
    limit 1
$$;

-- The shared session her access is for: of those that were still open when it began, the one that starts last.
create or replace function private.challenge_session(p_user_id uuid, p_bought uuid, p_since timestamptz)
    returns uuid
    language sql stable security definer set search_path = ''
as $$
    select b.id
    from public.book_sessions b
    where not b.is_personal and private.open_until(b.id) > p_since
        and (b.id = p_bought or b.id in (
            select e.session_id from public.session_enrollments e where e.user_id = p_user_id
        ))
    order by exists (
        select from public.session_enrollments e where e.user_id = p_user_id and e.session_id = b.id
    ) desc, b.start_date desc
    limit 1
$$;

create or replace function private.settle_challenge(p_user_id uuid)
    returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    kept public.user_entitlements := private.hold_entitlement(p_user_id);
    source record;
    session uuid;
begin
    select * into source from private.challenge_source(kept);
    session := private.challenge_session(p_user_id, source.session_id, source.since);
    update public.user_entitlements set
        has_challenge_access = source.kind is not null,
        challenge_access_type = source.kind,
        challenge_access_granted_at = source.since,
        challenge_session_id = session,
        challenge_expires_at = private.open_until(session)
    where user_id = p_user_id;
end
$$;

-- For a subscription that is past due the week of grace is counted where the time is known: see the product's rules.
create or replace function private.settle_journal(p_user_id uuid)
    returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    kept public.user_entitlements := private.hold_entitlement(p_user_id);
    best record;
begin
    select s.id, s.status in ('trialing', 'active', 'past_due') as is_open into best
    from public.subscriptions s
    where s.user_id = p_user_id
    order by s.status in ('trialing', 'active') desc, s.status = 'past_due' desc, s.created_at desc, s.id
    limit 1;
    update public.user_entitlements
    set has_journal_access = coalesce(best.is_open, false), journal_subscription_id = best.id
    where id = kept.id;
end
$$;

create or replace function private.follow_subscription()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if new.user_id is not null then
        perform private.settle_journal(new.user_id);
    end if;
    return null;
end
$$;

create or replace function private.keep_past_due_since()
    returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.past_due_since := case when new.status = 'past_due' then coalesce(new.past_due_since, now()) end;
    return new;
end
$$;

-- A place taken or given back may change for which session somebody's access is.
create or replace function private.follow_enrollment()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    who uuid := case when tg_op = 'DELETE' then old.user_id else new.user_id end;
begin
    if exists (select from public.user_entitlements where user_id = who and has_challenge_access) then
        perform private.settle_challenge(who);
    end if;
    return null;
end
$$;

create or replace function private.follow_session()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    update public.user_entitlements set challenge_expires_at = private.open_until(new.id)
    where challenge_session_id = new.id;
    return null;
end
$$;

-- Every web process hears at once that what somebody may open has changed, by her id alone: see live.py.
create or replace function private.announce_access()
    returns trigger
    language plpgsql set search_path = ''
as $$
begin
    perform pg_notify('access', coalesce(new.user_id, old.user_id)::text);
    return null;
end
$$;

-- Makes sure that somebody has what her purchase, her friend's code or an admin gives her; no word grants by itself.
create or replace function private.grant_challenge_access(p_user_id uuid, p_type text, p_at timestamptz)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.require_the_product('Access is granted by the product itself.');
    if p_type not in ('purchased', 'friend_code', 'admin_granted') then
        raise exception 'Nobody comes by the challenge like this: %', p_type using errcode = 'GY005';
    end if;
    if p_type = 'admin_granted' then
        if not (private.is_admin() or current_setting('role', true) = 'service_role') then
            raise insufficient_privilege using message = 'Only an admin grants access.';
        end if;
        perform private.hold_entitlement(p_user_id);
        update public.user_entitlements
        set admin_granted_at = p_at, challenge_closed_at = null, challenge_closed_reason = null
        where user_id = p_user_id;
    elsif not exists (
        select from public.purchases
        where user_id = p_user_id and status = 'completed'
            and purchase_type = case p_type when 'purchased' then 'challenge' else 'challenge_friend_code' end
    ) then
        raise exception 'There is nothing that would give this access.' using errcode = 'GY005';
    end if;
    perform private.settle_challenge(p_user_id);
end
$$;

-- An admin's no. What is bought or given afterwards opens again.
create or replace function private.close_challenge_access(p_user_id uuid, p_reason text, p_at timestamptz)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.require_the_product('Access is closed by the product itself.');
    if not (private.is_admin() or current_setting('role', true) = 'service_role') then
        raise insufficient_privilege using message = 'Only an admin closes access.';
    end if;
    perform private.hold_entitlement(p_user_id);
    update public.user_entitlements
    set challenge_closed_at = p_at, challenge_closed_reason = p_reason, admin_granted_at = null
    where user_id = p_user_id;
    perform private.settle_challenge(p_user_id);
end
$$;

revoke all on function private.open_until(uuid), private.hold_entitlement(uuid),
    private.challenge_source(public.user_entitlements), private.challenge_session(uuid, uuid, timestamptz),
    private.settle_challenge(uuid), private.settle_journal(uuid), private.follow_subscription(),
    private.keep_past_due_since(), private.follow_enrollment(), private.follow_session(),
    private.announce_access(),
    private.grant_challenge_access(uuid, text, timestamptz), private.close_challenge_access(uuid, text, timestamptz)
    from public, anon, authenticated;
grant execute on function private.grant_challenge_access(uuid, text, timestamptz),
    private.close_challenge_access(uuid, text, timestamptz)
    to authenticated, service_role;
