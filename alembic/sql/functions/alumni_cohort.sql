-- The one cohort of everybody who has come to a last day. Made when the first of them does.
create or replace function private.alumni_cohort()
    returns uuid
    language plpgsql security definer set search_path = ''
as $$
declare
    alumni uuid;
begin
    if not (private.stepped_up() or current_setting('role', true) = 'service_role') then
        raise insufficient_privilege using message = 'The alumni cohort is joined by coming to a last day.';
    end if;
    select id into alumni from public.cohorts where slug = 'alumni';
    if alumni is null then
        insert into public.cohorts (name, slug, start_date, end_date, is_alumni)
        values ('Alumni', 'alumni', '2025-01-01', '2099-12-31', true)
        on conflict (slug) do update set is_alumni = true
        returning id into alumni;
    end if;
    return alumni;
end
$$;

revoke all on function private.alumni_cohort() from public, anon, authenticated;
grant execute on function private.alumni_cohort() to authenticated, service_role;
