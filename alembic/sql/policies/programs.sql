-- Programs are everybody's to read and the admins' to keep. A place in one is given by the product, one at a time.

call private.protect('public.books');
grant select on public.books to authenticated;
create policy "Members read programs" on public.books
    for select to authenticated
    using (true);
call private.let_admins_write('public.books');


call private.protect('public.book_sessions');
grant select on public.book_sessions to authenticated;
create policy "Members read shared runs and their own" on public.book_sessions
    for select to authenticated
    using (not is_personal or owner_user_id = (select auth.uid()) or (select private.is_admin()));
call private.let_admins_write('public.book_sessions');
drop policy "Admins add" on public.book_sessions; -- one that also lets the product begin a member's own
create policy "Admins add runs, the product a member's own" on public.book_sessions
    for insert to authenticated
    with check (
        (select private.stepped_up())
        and ((select private.is_admin()) or (is_personal and owner_user_id = (select auth.uid())))
    );


call private.protect('public.book_milestones');
grant select on public.book_milestones to authenticated;
create policy "Members read milestones" on public.book_milestones
    for select to authenticated
    using (true);
call private.let_admins_write('public.book_milestones');


call private.protect('public.actions');
grant select on public.actions to authenticated;
create policy "Members read what a day asks for" on public.actions
    for select to authenticated
    using (true);
call private.let_admins_write('public.actions');


call private.protect('public.quotes');
grant select on public.quotes to anon, authenticated;
create policy "Everyone reads quotes" on public.quotes
    for select to anon, authenticated
    using (true);
call private.let_admins_write('public.quotes');


call private.protect('public.session_enrollments');
grant select, insert, delete on public.session_enrollments to authenticated;
-- The counters, and that the last day came: who, where and since when do not change.
grant update (
    morning_completion, morning_streak, evening_completion, evening_streak, gratitude_completion, gratitude_streak,
    weekly_reflection_completion, weekly_reflection_streak, weekly_challenge_completion, weekly_challenge_streak,
    graduated_at
) on public.session_enrollments to authenticated;

create policy "Members read their places, admins read all" on public.session_enrollments
    for select to authenticated
    using (user_id = (select auth.uid()) or (select private.is_admin()));

create policy "The product gives a member a place" on public.session_enrollments
    for insert to authenticated
    with check (
        (select private.stepped_up()) and (user_id = (select auth.uid()) or (select private.is_admin()))
    );

-- A place in which a page was finished is never taken away: the pages belong to it.
create policy "Admins take back a place nobody wrote in" on public.session_enrollments
    for delete to authenticated
    using (
        (select private.stepped_up()) and (select private.is_admin())
        and not (select private.has_written(user_id, session_id))
    );

create policy "The product counts what a member did" on public.session_enrollments
    for update to authenticated
    using ((select private.stepped_up()) and user_id = (select auth.uid()))
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));


call private.protect('public.waitlist');
grant select, insert, delete on public.waitlist to authenticated;

create policy "Members read their place in the queue, admins read all" on public.waitlist
    for select to authenticated
    using (user_id = (select auth.uid()) or (select private.is_admin()));

create policy "The product queues a member" on public.waitlist
    for insert to authenticated
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));

create policy "Members leave the queue" on public.waitlist
    for delete to authenticated
    using (user_id = (select auth.uid()));


call private.protect('public.yearbooks');
grant select, insert, update, delete on public.yearbooks to authenticated;
create policy "Members keep their own yearbook" on public.yearbooks
    for all to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()) and session_id = any ((select private.my_session_ids())::uuid[]));
