-- Who may what, asked by every policy. Each runs with its owner's eyes, so a policy never meets another policy;
-- call them as `(select private.…())` and PostgreSQL asks once per statement instead of once per row.

create or replace procedure private.protect(target regclass)
    language plpgsql set search_path = ''
as $$
declare
    former record;
    command text;
begin
    execute format('alter table %s enable row level security', target);
    for former in select polname from pg_catalog.pg_policy where polrelid = target loop
        execute format('drop policy %I on %s', former.polname, target);
    end loop;
    -- Supabase grants everything on a new table to everyone; here a grant stands beside the policy it serves.
    execute format('revoke all on table %s from public, anon, authenticated, service_role', target);
    execute format('grant select, insert, update, delete on table %s to service_role', target);
    execute format(
        'create policy "The product itself does its work" on %s for all to service_role using (true) with check (true)',
        target
    );
    -- Who is suspended keeps reading and writes nothing, also past our pages, with a token of the auth service. Our own
    -- processes decide for themselves. Her preferences stay hers: the link in an old mail still silences the next one.
    if target::text not like 'private.%' and target <> 'public.profile_settings'::regclass then
        foreach command in array array['insert', 'update', 'delete'] loop
            execute format(
                'create policy %I on %s as restrictive for %s to authenticated %s'
                ' (not (select private.is_suspended()) or (select private.stepped_up()))',
                'Nobody suspended may ' || command, target, command,
                case command when 'insert' then 'with check' else 'using' end
            );
        end loop;
    end if;
end
$$;

-- The transaction has shown the secret only our own process knows; the database keeps its hash.
create or replace function private.stepped_up()
    returns boolean
    language sql stable security definer set search_path = ''
as $$
    select exists (
        select from private.step_up
        where hash = sha256(convert_to(current_setting('gynergy.step_up', true), 'UTF8'))
    )
$$;

-- Our own process asks: a page that has shown the secret, or the worker. What a function grants, it grants to these.
create or replace function private.is_the_product()
    returns boolean
    language sql stable security definer set search_path = ''
as $$
    select private.stepped_up() or current_setting('role', true) = 'service_role'
$$;

create or replace function private.require_the_product(p_sentence text)
    returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if not private.is_the_product() then
        raise insufficient_privilege using message = p_sentence;
    end if;
end
$$;

create or replace function private.is_suspended()
    returns boolean
    language sql stable security definer set search_path = ''
as $$
    select exists (select from public.users where id = auth.uid() and suspended_at is not null)
$$;

create or replace function private.is_admin()
    returns boolean
    language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.user_roles r
        join public.users u on u.id = r.user_id
        where r.user_id = auth.uid() and r.role = 'admin' and u.suspended_at is null
    )
$$;

create or replace function private.my_cohort_ids()
    returns uuid[]
    language sql stable security definer set search_path = ''
as $$
    select coalesce(array_agg(cohort_id), '{}') from public.cohort_memberships where user_id = auth.uid()
$$;

-- Whom the caller does not meet: people she blocked and people who blocked her. Which of the two is told nobody, so
-- only functions may ask.
create or replace function private.hidden_from_me()
    returns uuid[]
    language sql stable security definer set search_path = ''
as $$
    select array(
        select blocked_id from public.user_blocks where blocker_id = auth.uid()
        union
        select blocker_id from public.user_blocks where blocked_id = auth.uid()
    )
$$;

create or replace function private.my_session_ids()
    returns uuid[]
    language sql stable security definer set search_path = ''
as $$
    select coalesce(array_agg(session_id), '{}') from public.session_enrollments where user_id = auth.uid()
$$;

-- What admins keep for everybody: books, quotes, badges. Reading is granted where the policies are. They write through
-- the desks alone, which put every change on record. A row is held there before the step-up, so only what it becomes
-- asks for it.
create or replace procedure private.let_admins_write(target regclass)
    language plpgsql set search_path = ''
as $$
begin
    execute format('grant insert, update, delete on table %s to authenticated', target);
    execute format(
        'create policy "Admins add" on %s for insert to authenticated'
        ' with check ((select private.stepped_up()) and (select private.is_admin()))', target
    );
    execute format(
        'create policy "Admins change" on %s for update to authenticated'
        ' using ((select private.is_admin()))'
        ' with check ((select private.stepped_up()) and (select private.is_admin()))', target
    );
    execute format(
        'create policy "Admins remove" on %s for delete to authenticated'
        ' using ((select private.stepped_up()) and (select private.is_admin()))', target
    );
end
$$;

revoke all on procedure private.protect(regclass), private.let_admins_write(regclass)
    from public, anon, authenticated;
revoke all on function private.stepped_up(), private.is_the_product(), private.require_the_product(text), private.is_suspended(), private.is_admin(), private.my_cohort_ids(), private.hidden_from_me(), private.my_session_ids()
    from public, anon, authenticated;
grant execute on function private.stepped_up() to anon, authenticated, service_role;
grant execute on function private.is_suspended(), private.is_admin(), private.my_cohort_ids(), private.my_session_ids()
    to authenticated, service_role;
