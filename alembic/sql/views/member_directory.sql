-- The people a member shares a cohort with: who they are, nothing of what they do.
create or replace view public.member_directory with (security_invoker = true) as
select id, first_name, last_name, profile_image
from private.people_i_know();

revoke all on public.member_directory from public, anon, authenticated;
grant select on public.member_directory to authenticated, service_role;
