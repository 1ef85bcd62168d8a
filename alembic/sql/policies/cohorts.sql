-- A cohort is seen by the people in it. Joining comes with a place in its run; an admin may give that place.

call private.protect('public.cohorts');
grant select, update on public.cohorts to authenticated;

create policy "Members read their cohorts, admins read all" on public.cohorts
    for select to authenticated
    using (id = any ((select private.my_cohort_ids())::uuid[]) or (select private.is_admin()));

create policy "Admins change cohorts" on public.cohorts
    for update to authenticated
    using ((select private.is_admin()))
    with check ((select private.stepped_up()) and (select private.is_admin()));


call private.protect('public.cohort_memberships');
grant select, insert, update (role), delete on public.cohort_memberships to authenticated;

create policy "Members read who is in their cohorts, admins read all" on public.cohort_memberships
    for select to authenticated
    using (cohort_id = any ((select private.my_cohort_ids())::uuid[]) or (select private.is_admin()));

create policy "The product lets a member join as a member" on public.cohort_memberships
    for insert to authenticated
    with check (
        (select private.stepped_up()) and role = 'member'
        and (user_id = (select auth.uid()) or (select private.is_admin()))
    );

create policy "Admins appoint moderators" on public.cohort_memberships
    for update to authenticated
    using ((select private.stepped_up()) and (select private.is_admin()))
    with check ((select private.stepped_up()) and (select private.is_admin()) and role in ('member', 'moderator'));

create policy "Admins take somebody out of a cohort" on public.cohort_memberships
    for delete to authenticated
    using ((select private.stepped_up()) and (select private.is_admin()));
