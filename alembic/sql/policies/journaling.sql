-- What a member writes is hers. There is no second policy in this file for anybody: not for her cohort, not for its
-- moderators, not for admins. Pages are kept in runs she has a place in.

call private.protect('public.journals');
grant select, insert, update, delete on public.journals to authenticated;
create policy "Members keep their own pages" on public.journals
    for all to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()) and session_id = any ((select private.my_session_ids())::uuid[]));


call private.protect('public.journal_entries');
grant select, insert, update, delete on public.journal_entries to authenticated;
create policy "Members keep the lines of their own pages" on public.journal_entries
    for all to authenticated
    using (exists (select from public.journals j where j.id = journal_id and j.user_id = (select auth.uid())))
    with check (exists (select from public.journals j where j.id = journal_id and j.user_id = (select auth.uid())));


call private.protect('public.user_visions');
grant select, insert, update, delete on public.user_visions to authenticated;
create policy "Members keep their own visions" on public.user_visions
    for all to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()) and session_id = any ((select private.my_session_ids())::uuid[]));


call private.protect('public.action_logs');
grant select, insert, update, delete on public.action_logs to authenticated;
create policy "Members keep their own gratitude actions" on public.action_logs
    for all to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()) and session_id = any ((select private.my_session_ids())::uuid[]));


call private.protect('public.meditations');
grant select, insert, update, delete on public.meditations to authenticated;
create policy "Members keep their own meditations" on public.meditations
    for all to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()) and session_id = any ((select private.my_session_ids())::uuid[]));


call private.protect('public.journey');
grant select, insert, update, delete on public.journey to authenticated;
create policy "Members keep their own journey" on public.journey
    for all to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()) and session_id = any ((select private.my_session_ids())::uuid[]));


-- Added to and, with the account, taken away; never rewritten: what was once saved reads as it did.
call private.protect('public.vision_versions');
grant select, insert, delete on public.vision_versions to authenticated;

create policy "Members read their earlier versions" on public.vision_versions
    for select to authenticated
    using (user_id = (select auth.uid()));

create policy "Members add a version" on public.vision_versions
    for insert to authenticated
    with check (user_id = (select auth.uid()) and session_id = any ((select private.my_session_ids())::uuid[]));

create policy "Members drop their versions" on public.vision_versions
    for delete to authenticated
    using (user_id = (select auth.uid()));
