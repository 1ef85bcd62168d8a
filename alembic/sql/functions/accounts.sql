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

    -- What she agreed to on the page she came from, in the wording she saw there.
    insert into public.consents (user_id, kind, version)
    select new.id, agreed.kind, agreed.version
    from jsonb_each_text(
        case jsonb_typeof(said -> 'agreed') when 'object' then said -> 'agreed' else '{}' end
    ) as agreed (kind, version)
    where agreed.kind in ('terms', 'privacy') and agreed.version ~ '^\d{4}-\d{2}-\d{2}$'
    on conflict (user_id, kind, version) do nothing;
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

-- Whoever pays is known at Stripe by her address: letters and receipts from there go to the new one.
create or replace function private.tell_stripe_of_address()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if exists (select from public.subscriptions where user_id = new.id and stripe_customer_id is not null)
        or exists (select from public.purchases where user_id = new.id and stripe_customer_id is not null) then
        insert into jobs.procrastinate_jobs (queue_name, task_name, args)
        values ('default', 'tell_stripe_address', jsonb_build_object('user_id', new.id));
    end if;
    return null;
end
$$;

-- How somebody first came, as her browser remembers it: once, and only what was before she had an account.
create or replace function private.remember_arrival(p_page text, p_at timestamptz)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.require_the_product('How somebody came is remembered by the product itself.');
    update public.users set came_to = p_page, came_at = p_at
    where id = auth.uid() and came_at is null and p_at <= created_at;
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

-- Reminders by mail: when she chose them or left them, wherever she did it.
create or replace function private.note_choice_of_mail()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into public.consents as kept (user_id, kind, version, given_at, withdrawn_at)
    values (
        new.user_id, 'reminder_mail', '1', now(), case when not new.email_reminders_enabled then now() end
    )
    on conflict (user_id, kind, version) do update set
        given_at = case when new.email_reminders_enabled then now() else kept.given_at end,
        withdrawn_at = excluded.withdrawn_at;
    return null;
end
$$;

-- Leaving is asked for by the member herself, and by nobody for her. A wish that stands keeps its day.
create or replace function private.ask_to_leave(p_deletes_at timestamptz)
    returns timestamptz
    language plpgsql security definer set search_path = ''
as $$
declare
    chosen timestamptz;
begin
    if not private.stepped_up() then
        raise insufficient_privilege using message = 'A member leaves on her own pages only.';
    end if;
    update public.users set deletes_at = coalesce(deletes_at, p_deletes_at) where id = auth.uid()
    returning deletes_at into chosen;
    return chosen;
end
$$;

-- Whether there was a wish to take back. Once its day has come it cannot be: files may be gone already.
create or replace function private.stay_after_all(p_at timestamptz)
    returns boolean
    language plpgsql security definer set search_path = ''
as $$
begin
    if not private.stepped_up() then
        raise insufficient_privilege using message = 'A member stays on her own pages only.';
    end if;
    update public.users set deletes_at = null where id = auth.uid() and deletes_at > p_at;
    return found;
end
$$;

-- In the transaction that deletes a member: what names her and no foreign key reaches. The record of what was done at
-- the desks stays, without her.
create or replace function private.forget_member()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    name_of_her text := old.id::text;
begin
    update public.audit_log a
    set subject_id = case when a.subject_id = old.id then null else a.subject_id end,
        reason = case when a.subject_id = old.id or a.subject_user_id = old.id then null else a.reason end,
        before = null,
        after = null
    where a.subject_id = old.id or a.subject_user_id = old.id
        or strpos(coalesce(a.before::text, '') || coalesce(a.after::text, ''), name_of_her) > 0
        or strpos(lower(coalesce(a.before::text, '') || coalesce(a.after::text, '')), old.email_lower) > 0;
    update public.audit_log a
    set reason = null
    where strpos(lower(a.reason), old.email_lower) > 0 or strpos(a.reason, name_of_her) > 0;
    delete from public.email_messages where lower(to_email) = old.email_lower;
    delete from public.email_suppressions where email = old.email_lower;
    delete from public.automation_events where user_id is null and lower(email) = old.email_lower;
    delete from private.rate_limits
    where strpos(key, name_of_her) > 0 or strpos(lower(key), old.email_lower) > 0;
    -- Her words to others go with her, also from behind their bells.
    delete from public.notifications n
    using public.encouragements e
    where e.sender_id = old.id and n.user_id = e.recipient_id and n.dedupe_key = 'encouragement:' || e.id;
    perform private.forget_sign_ins(old.id, old.email_lower);
    perform private.forget_buyer(old.id, old.email_lower);
    return old;
end
$$;

-- What she paid stays in the books, without her: the amounts, and the numbers under which Stripe knows the payment.
create or replace function private.forget_buyer(p_user_id uuid, p_email text)
    returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    hers uuid[] := array(
        select id from public.purchases where user_id = p_user_id or email_lower = p_email
    );
    names text[] := array[p_user_id::text, p_email] || array(
        select stripe_customer_id from public.purchases where id = any (hers)
        union select stripe_customer_id from public.subscriptions where user_id = p_user_id
    );
begin
    update public.webhook_events
    set payload = null, error_message = null
    where exists (
        select from unnest(names) as known (name)
        where strpos(lower(coalesce(payload::text, '') || coalesce(error_message, '')), lower(known.name)) > 0
    );
    update public.refunds set reason = null where purchase_id = any (hers);
    update public.purchases
    set email = null, stripe_customer_id = null, checkout_url = null, referral_code = null, review_reason = null,
        metadata = '{}', seat_held_until = null, came_to = null, came_at = null
    where id = any (hers);
    update public.purchases set referral_code = null
    where referral_code = (select code from public.referral_codes where user_id = p_user_id);
    update public.subscriptions set stripe_customer_id = null where user_id = p_user_id;
end
$$;

-- The auth service's own diary and half-finished sign-ins, where its tables are ours to clean.
create or replace function private.forget_sign_ins(p_user_id uuid, p_email text)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    if to_regclass('auth.audit_log_entries') is not null
        and has_table_privilege('auth.audit_log_entries', 'select, delete') then
        delete from auth.audit_log_entries
        where strpos(payload::text, p_user_id::text) > 0 or strpos(lower(payload::text), p_email) > 0;
    end if;
    if to_regclass('auth.flow_state') is not null and has_table_privilege('auth.flow_state', 'select, delete') then
        delete from auth.flow_state where user_id = p_user_id;
    end if;
end
$$;

-- Who of the staff opened or changed her account: the caller's own rows, with a first name and a role instead of an id.
-- Somebody without a name is the operator at the machine, or has left since.
-- What it answers with has grown, and that cannot be replaced in place.
drop function if exists private.staff_access_to_me(integer);
create function private.staff_access_to_me(p_limit integer)
    returns table (
        action text, reason text, role text, first_name text, happened_at timestamptz, before jsonb, after jsonb
    )
    language sql stable security definer set search_path = ''
as $$
    select a.action, a.reason, case when u.id is null then 'operator' else 'admin' end, u.first_name, a.created_at,
        a.before, a.after
    from public.audit_log a
    left join public.users u on u.id = a.actor_id
    where a.subject_user_id = (select auth.uid()) and a.actor_id is distinct from (select auth.uid())
    order by a.created_at desc, a.id
    limit p_limit
$$;

revoke all on function private.known_timezone(text), private.handle_new_user(), private.handle_changed_user(),
    private.tell_stripe_of_address(),
    private.suspend_member(uuid, text, timestamptz), private.reinstate_member(uuid),
    private.ask_to_leave(timestamptz), private.stay_after_all(timestamptz), private.forget_member(),
    private.forget_sign_ins(uuid, text), private.forget_buyer(uuid, text), private.staff_access_to_me(integer),
    private.note_choice_of_mail(), private.remember_arrival(text, timestamptz)
    from public, anon, authenticated;
grant execute on function private.suspend_member(uuid, text, timestamptz), private.reinstate_member(uuid)
    to authenticated, service_role;
grant execute on function private.ask_to_leave(timestamptz), private.stay_after_all(timestamptz),
    private.staff_access_to_me(integer), private.remember_arrival(text, timestamptz)
    to authenticated;
