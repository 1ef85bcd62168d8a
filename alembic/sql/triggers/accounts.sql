create or replace trigger on_auth_user_created
    after insert on auth.users
    for each row execute function private.handle_new_user();

create or replace trigger on_auth_user_changed
    after update on auth.users
    for each row
    when (old.email is distinct from new.email or old.is_anonymous is distinct from new.is_anonymous)
    execute function private.handle_changed_user();

create or replace trigger tell_stripe_of_address
    after update of email on public.users
    for each row when (new.email is not null and old.email is distinct from new.email)
    execute function private.tell_stripe_of_address();

create or replace trigger note_choice_of_mail
    after update of email_reminders_enabled on public.profile_settings
    for each row when (old.email_reminders_enabled <> new.email_reminders_enabled)
    execute function private.note_choice_of_mail();

-- Before the foreign keys let go of her, so that her rows can still be told from others.
create or replace trigger forget_member
    before delete on public.users
    for each row execute function private.forget_member();

-- `confirmed_at` is generated on today's Supabase and in our own auth schema; only where it is an ordinary column
-- does it need keeping.
do $$
begin
    if exists (
        select from information_schema.columns
        where table_schema = 'auth' and table_name = 'users' and column_name = 'confirmed_at'
            and is_generated = 'NEVER'
    ) then
        create or replace function private.sync_confirmed_at()
            returns trigger
            language plpgsql set search_path = ''
        as $body$
        begin
            new.confirmed_at := least(new.email_confirmed_at, new.phone_confirmed_at);
            return new;
        end
        $body$;
        create or replace trigger sync_confirmed_at
            before insert or update of email_confirmed_at, phone_confirmed_at on auth.users
            for each row execute function private.sync_confirmed_at();
    end if;
end $$;
