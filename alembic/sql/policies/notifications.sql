-- The bell is rung by the product and read by its member. The outbox is the product's alone: letters hold links that
-- open accounts.

call private.protect('public.notifications');
grant select, insert, update (read_at) on public.notifications to authenticated;

create policy "Members read what they were told" on public.notifications
    for select to authenticated
    using (user_id = (select auth.uid()));

create policy "The product tells a member" on public.notifications
    for insert to authenticated
    with check (
        (select private.stepped_up()) and (user_id = (select auth.uid()) or (select private.is_admin()))
    );

create policy "Members mark as read" on public.notifications
    for update to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()));


call private.protect('public.push_subscriptions');
grant select, insert, update, delete on public.push_subscriptions to authenticated;
create policy "Members keep their own devices" on public.push_subscriptions
    for all to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()));


call private.protect('public.email_messages');
grant select, insert on public.email_messages to anon, authenticated;

create policy "Only the product itself reads the outbox" on public.email_messages
    for select to anon, authenticated
    using ((select private.stepped_up()));

create policy "Only the product itself writes letters" on public.email_messages
    for insert to anon, authenticated
    with check ((select private.stepped_up()));


call private.protect('public.email_suppressions');


-- What is on its way to a device is the product's alone.
call private.protect('public.push_messages');
