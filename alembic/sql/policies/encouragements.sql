-- Words between two people: whoever sent them and whoever got them read them, and nobody else, an admin neither. They
-- are never changed. Whom somebody blocked is hers to know; the other one has no policy to find it out by.

call private.protect('public.encouragements');
grant select, insert on public.encouragements to authenticated;

create policy "Both read what was sent" on public.encouragements
    for select to authenticated
    using (sender_id = (select auth.uid()) or recipient_id = (select auth.uid()));

create policy "The product sends a member's words to somebody who may get them" on public.encouragements
    for insert to authenticated
    with check (
        (select private.stepped_up()) and sender_id = (select auth.uid())
        and (select private.may_encourage(recipient_id, cohort_id))
        and (session_id is null or session_id = any ((select private.my_session_ids())::uuid[]))
    );


call private.protect('public.user_blocks');
grant select, insert, delete on public.user_blocks to authenticated;

create policy "Members read whom they blocked" on public.user_blocks
    for select to authenticated
    using (blocker_id = (select auth.uid()));

create policy "Members block" on public.user_blocks
    for insert to authenticated
    with check (blocker_id = (select auth.uid()));

create policy "Members unblock" on public.user_blocks
    for delete to authenticated
    using (blocker_id = (select auth.uid()));
