-- A member is herself; an admin sees who is here. Roles are appointed by an admin, stepped up.

call private.protect('public.users');
grant select, update (first_name, last_name, profile_image) on public.users to authenticated;

create policy "Members read themselves, admins read everyone" on public.users
    for select to authenticated
    using (id = (select auth.uid()) or (select private.is_admin()));

create policy "Members change their name and picture" on public.users
    for update to authenticated
    using (id = (select auth.uid()))
    with check (id = (select auth.uid()));


call private.protect('public.user_roles');
grant select, insert, delete on public.user_roles to authenticated;

create policy "Members read their roles, admins read all" on public.user_roles
    for select to authenticated
    using (user_id = (select auth.uid()) or (select private.is_admin()));

create policy "Admins appoint" on public.user_roles
    for insert to authenticated
    with check ((select private.stepped_up()) and (select private.is_admin()));

create policy "Admins dismiss" on public.user_roles
    for delete to authenticated
    using ((select private.stepped_up()) and (select private.is_admin()));


call private.protect('public.profile_settings');
grant select, insert, update on public.profile_settings to authenticated;

create policy "Members read their settings, admins read all" on public.profile_settings
    for select to authenticated
    using (user_id = (select auth.uid()) or (select private.is_admin()));

create policy "Members make their settings" on public.profile_settings
    for insert to authenticated
    with check (user_id = (select auth.uid()));

create policy "Members change their settings" on public.profile_settings
    for update to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()));


call private.protect('public.consents');
grant select, insert, update (given_at, withdrawn_at) on public.consents to authenticated;

create policy "Members read what they agreed to" on public.consents
    for select to authenticated
    using (user_id = (select auth.uid()));

create policy "Members agree" on public.consents
    for insert to authenticated
    with check (user_id = (select auth.uid()));

create policy "Members take back what they agreed to" on public.consents
    for update to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()));


call private.protect('public.user_entitlements');
grant select, insert, update on public.user_entitlements to authenticated;

create policy "Members read what they may open, admins read all" on public.user_entitlements
    for select to authenticated
    using (user_id = (select auth.uid()) or (select private.is_admin()));

create policy "The product opens a door for a member" on public.user_entitlements
    for insert to authenticated
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));

create policy "The product changes what a member may open" on public.user_entitlements
    for update to authenticated
    using ((select private.stepped_up()) and user_id = (select auth.uid()))
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));


-- Asked for by the member, made by the worker.
call private.protect('public.data_exports');
grant select, insert on public.data_exports to authenticated;

create policy "Members see their exports" on public.data_exports
    for select to authenticated
    using (user_id = (select auth.uid()));

create policy "The product takes a member's wish for an export" on public.data_exports
    for insert to authenticated
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));


call private.protect('public.data_imports');
grant select, insert on public.data_imports to authenticated;

create policy "Members see what they brought back" on public.data_imports
    for select to authenticated
    using (user_id = (select auth.uid()));

create policy "The product takes a member's archive" on public.data_imports
    for insert to authenticated
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));
