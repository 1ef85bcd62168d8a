-- Rows that are only ever added. Deleting an account is the one thing that reaches them, through its foreign keys.
create or replace function private.append_only()
    returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if pg_trigger_depth() > 1 then
        return coalesce(new, old);
    end if;
    raise exception 'Rows of % are never changed or removed; add one that corrects them.', tg_table_name
        using errcode = 'GY002';
end
$$;

-- Held under the member's row, so two taps at once cannot both see room for a third badge.
create or replace function private.limit_showcase()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform from public.users where id = new.user_id for no key update;
    if (select count(*) from public.user_badges where user_id = new.user_id and is_showcased) > 3 then
        raise exception 'Three badges fit the showcase.' using errcode = 'GY003';
    end if;
    return null;
end
$$;

-- Only when something did change: stating a reference row again is not a change. Whoever names the moment, because her
-- clock decides something by it, is believed.
create or replace function private.touch_updated_at()
    returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if new is distinct from old and new.updated_at is not distinct from old.updated_at then
        new.updated_at := now();
    end if;
    return new;
end
$$;

revoke all on function private.append_only(), private.limit_showcase(), private.touch_updated_at()
    from public, anon, authenticated;
