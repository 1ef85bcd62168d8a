-- What is earned is written by the product, stepped up in the member's own transaction. She reads it, and chooses what
-- to show.

call private.protect('public.badges');
grant select on public.badges to anon, authenticated;
create policy "Everyone reads badges" on public.badges
    for select to anon, authenticated
    using (true);
call private.let_admins_write('public.badges');


call private.protect('public.user_badges');
grant select, insert, update (is_showcased, is_new) on public.user_badges to authenticated;

create policy "Members read their badges" on public.user_badges
    for select to authenticated
    using (user_id = (select auth.uid()));

create policy "The product unlocks a badge" on public.user_badges
    for insert to authenticated
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));

create policy "Members choose what they show" on public.user_badges
    for update to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()));


call private.protect('public.multiplier_configs');
grant select on public.multiplier_configs to authenticated;
create policy "Members read the multipliers" on public.multiplier_configs
    for select to authenticated
    using (is_active or (select private.is_admin()));
call private.let_admins_write('public.multiplier_configs');


call private.protect('public.points_transactions');
grant select, insert on public.points_transactions to authenticated;

create policy "Members read their ledger, admins read all" on public.points_transactions
    for select to authenticated
    using (user_id = (select auth.uid()) or (select private.is_admin()));

create policy "The product awards" on public.points_transactions
    for insert to authenticated
    with check (
        (select private.stepped_up()) and (user_id = (select auth.uid()) or (select private.is_admin()))
    );


-- Kept by a trigger; ranks are asked of `cohort_leaderboard`.
call private.protect('public.point_totals');
grant select on public.point_totals to authenticated;
create policy "Members read their totals, admins read all" on public.point_totals
    for select to authenticated
    using (user_id = (select auth.uid()) or (select private.is_admin()));


call private.protect('public.streak_events');
grant select, insert, update, delete on public.streak_events to authenticated;

create policy "Members read the days they were forgiven" on public.streak_events
    for select to authenticated
    using (user_id = (select auth.uid()));

create policy "The product forgives a day" on public.streak_events
    for insert to authenticated
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));

create policy "The product turns a freeze into a repair" on public.streak_events
    for update to authenticated
    using ((select private.stepped_up()) and user_id = (select auth.uid()))
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));

create policy "The product gives a freeze back" on public.streak_events
    for delete to authenticated
    using ((select private.stepped_up()) and user_id = (select auth.uid()));


-- A value is announced once, by an admin, and stays as it was announced.
call private.protect('public.point_values');
grant select, insert, delete on public.point_values to authenticated;

create policy "Members read what things are worth" on public.point_values
    for select to authenticated
    using (true);

create policy "Admins announce a value" on public.point_values
    for insert to authenticated
    with check ((select private.stepped_up()) and (select private.is_admin()));

create policy "Admins take back a value" on public.point_values
    for delete to authenticated
    using ((select private.stepped_up()) and (select private.is_admin()));


-- Asked for by an admin, done by the worker. What it finds is figures, never words.
call private.protect('public.recounts');
grant select, insert on public.recounts to authenticated;

create policy "Admins read what was worked out anew" on public.recounts
    for select to authenticated
    using ((select private.is_admin()));

create policy "Admins ask for it" on public.recounts
    for insert to authenticated
    with check (
        (select private.stepped_up()) and (select private.is_admin())
        and (asked_by is null or asked_by = (select auth.uid()))
    );


call private.protect('public.recount_differences');
grant select on public.recount_differences to authenticated;

create policy "Admins read what did not agree" on public.recount_differences
    for select to authenticated
    using ((select private.is_admin()));
