-- People come from the auth service: it keeps the sign-in, we keep the member.

-- A zone both PostgreSQL and Python know by its IANA name; anything else is UTC until the member says otherwise.
create or replace function private.known_timezone(wanted text)
    returns text
    language plpgsql stable set search_path = ''
as $$
begin
    if wanted ~ '^[A-Za-z]+(/[A-Za-z0-9_+-]+)+$' then
        perform now() at time zone wanted;
        return wanted;
    end if;
    return 'UTC';
exception
    when invalid_parameter_value then return 'UTC';
end
$$;

create or replace function private.handle_new_user()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    said jsonb := coalesce(new.raw_user_meta_data, '{}');
begin
    insert into public.users (id, supabase_id, email, first_name, last_name, profile_image, is_anonymous)
    values (
        new.id,
        new.id,
        nullif(new.email, ''),
        coalesce(said ->> 'first_name', said ->> 'given_name', ''),
        coalesce(said ->> 'last_name', said ->> 'family_name', ''),
        coalesce(said ->> 'profile_image', said ->> 'picture', said ->> 'avatar_url'),
        coalesce(new.is_anonymous, false)
    )
    on conflict (id) do nothing;

    insert into public.profile_settings (user_id, timezone)
    values (new.id, private.known_timezone(said ->> 'timezone'))
    on conflict (user_id) do nothing;
    return null;
end
$$;

-- The address and the anonymity are the auth service's to change; names and picture are the member's.
create or replace function private.handle_changed_user()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    update public.users
    set email = nullif(new.email, ''), is_anonymous = coalesce(new.is_anonymous, false)
    where id = new.id;
    return null;
end
$$;

-- Suspension is an admin's act: names and picture are all that `authenticated` may write in `users` otherwise.
create or replace function private.suspend_member(p_user_id uuid, p_reason text, p_at timestamptz)
    returns boolean
    language plpgsql security definer set search_path = ''
as $$
begin
    if not (private.is_admin() and private.stepped_up()) then
        raise insufficient_privilege using message = 'Only an admin suspends a member.';
    end if;
    update public.users set suspended_at = p_at, suspended_reason = p_reason
    where id = p_user_id and suspended_at is null;
    return found;
end
$$;

create or replace function private.reinstate_member(p_user_id uuid)
    returns boolean
    language plpgsql security definer set search_path = ''
as $$
begin
    if not (private.is_admin() and private.stepped_up()) then
        raise insufficient_privilege using message = 'Only an admin reinstates a member.';
    end if;
    update public.users set suspended_at = null, suspended_reason = null
    where id = p_user_id and suspended_at is not null;
    return found;
end
$$;

revoke all on function private.known_timezone(text), private.handle_new_user(), private.handle_changed_user(),
    private.suspend_member(uuid, text, timestamptz), private.reinstate_member(uuid)
    from public, anon, authenticated;
grant execute on function private.suspend_member(uuid, text, timestamptz), private.reinstate_member(uuid)
    to authenticated, service_role;
