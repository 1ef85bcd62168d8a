-- Before a downgrade: take back everything that was stated, so nothing speaks of a table that is leaving.
-- Row Level Security stays on, and without a policy a table shows nobody anything.
drop policy if exists "Members see the faces of people they know" on storage.objects;

do $$
declare
    stated record;
begin
    for stated in
        select format('drop policy %I on %I.%I', policyname, schemaname, tablename) as command
        from pg_policies
        where schemaname in ('public', 'private')
    loop
        execute stated.command;
    end loop;

    for stated in
        select format('drop trigger %I on %s', t.tgname, t.tgrelid::regclass) as command
        from pg_trigger t
        join pg_proc p on p.oid = t.tgfoid
        where p.pronamespace = 'private'::regnamespace and not t.tgisinternal
    loop
        execute stated.command;
    end loop;

    for stated in
        select format('drop view %I.%I', schemaname, viewname) as command
        from pg_views
        where schemaname in ('public', 'private')
    loop
        execute stated.command;
    end loop;

    for stated in
        select format('drop routine %s', oid::regprocedure) as command
        from pg_proc
        where pronamespace = 'private'::regnamespace
    loop
        execute stated.command;
    end loop;
end $$;

revoke all on all tables in schema public, private from anon, authenticated, service_role;
