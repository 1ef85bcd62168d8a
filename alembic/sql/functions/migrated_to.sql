-- Which revision this database is at, for `/ready`. A revision's name tells a visitor nothing.
create or replace function private.migrated_to()
    returns text
    language sql stable security definer set search_path = ''
as $$
    select version_num::text from private.alembic_version
$$;

revoke all on function private.migrated_to() from public, anon, authenticated;
grant execute on function private.migrated_to() to anon, authenticated, service_role;
