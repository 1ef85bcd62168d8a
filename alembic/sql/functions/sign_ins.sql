-- Who stands behind each of these cookies at its moment. Asked before every event, for everybody who is waiting at
-- once: a crowd then costs one statement. With them comes what decides what they may open. Without the step-up it
-- answers nothing.
drop function if exists private.recognised(bytea[], timestamptz[]); -- its columns may have changed
create or replace function private.recognised(p_hashes bytea[], p_moments timestamptz[])
    returns table (
        token_hash bytea, user_id uuid, email text, first_name text, last_name text, timezone text,
        is_admin boolean, is_anonymous boolean, last_seen_at timestamptz, access_expires_at timestamptz,
        came_by text, challenge_session_id uuid, challenge_until timestamptz, subscription text,
        past_due_since timestamptz, has_community boolean, closed_reason text,
        taken_back text, trial_until timestamptz, journal_until timestamptz
    )
    language sql stable security definer set search_path = ''
as $$
    select s.token_hash, u.id, coalesce(u.email, ''), u.first_name, u.last_name, coalesce(p.timezone, 'UTC'),
        exists (select from public.user_roles r where r.user_id = u.id and r.role = 'admin'), u.is_anonymous,
        s.last_seen_at, s.access_expires_at,
        e.challenge_access_type, e.challenge_session_id, e.challenge_expires_at, b.status, b.past_due_since,
        coalesce(e.has_community_access, false), coalesce(e.challenge_closed_reason, ''),
        (
            select o.status from public.purchases o
            where o.user_id = u.id and o.status in ('refunded', 'disputed') and e.challenge_access_type is null
            order by coalesce(o.refunded_at, o.disputed_at) desc nulls last limit 1
        ),
        case when b.status = 'trialing' then b.trial_end end,
        case when b.cancel_at_period_end then b.current_period_end end
    from unnest(p_hashes, p_moments) as asked (hash, moment)
    join private.web_sessions s on s.token_hash = asked.hash
    join public.users u on u.id = s.user_id
    left join public.profile_settings p on p.user_id = u.id
    left join public.user_entitlements e on e.user_id = u.id
    left join public.subscriptions b on b.id = e.journal_subscription_id
    where (select private.stepped_up())
        and s.revoked_at is null and s.expires_at > asked.moment and u.suspended_at is null
$$;

revoke all on function private.recognised(bytea[], timestamptz[]) from public, anon, authenticated;
grant execute on function private.recognised(bytea[], timestamptz[]) to anon;
