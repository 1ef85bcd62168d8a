-- What was paid, given and subscribed to: its member and the admins read it, the product writes it. A guest's purchase
-- is known by its id alone, and only to our own pages.

call private.protect('public.purchases');
grant select, insert, update on public.purchases to anon, authenticated;

create policy "Members read what they bought, admins read all" on public.purchases
    for select to authenticated
    using (user_id = (select auth.uid()) or (select private.is_admin()));

create policy "The product reads what a guest is buying" on public.purchases
    for select to anon
    using ((select private.stepped_up()) and user_id is null);

create policy "The product begins a member's purchase" on public.purchases
    for insert to authenticated
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));

create policy "The product begins a guest's purchase" on public.purchases
    for insert to anon
    with check ((select private.stepped_up()) and user_id is null);

create policy "The product goes on with a member's purchase" on public.purchases
    for update to authenticated
    using ((select private.stepped_up()) and user_id = (select auth.uid()))
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));

create policy "The product goes on with a guest's purchase" on public.purchases
    for update to anon
    using ((select private.stepped_up()) and user_id is null)
    with check ((select private.stepped_up()) and user_id is null);


call private.protect('public.refunds');
grant select, insert on public.refunds to authenticated;

create policy "Members read what they got back, admins read all" on public.refunds
    for select to authenticated
    using (
        (select private.is_admin())
        or exists (select from public.purchases p where p.id = purchase_id and p.user_id = (select auth.uid()))
    );

create policy "Admins give money back" on public.refunds
    for insert to authenticated
    with check (
        (select private.stepped_up()) and (select private.is_admin())
        and (requested_by is null or requested_by = (select auth.uid()))
    );


-- Nobody lists codes of others: one is looked up by `private.look_at_friend_code`, a few times an hour.
call private.protect('public.friend_codes');
grant select, update (is_active, revoked_at, revoked_by, expires_at) on public.friend_codes to authenticated;

create policy "Members read the codes they may give, admins read all" on public.friend_codes
    for select to authenticated
    using (creator_id = (select auth.uid()) or (select private.is_admin()));

create policy "The product changes an unused code for its giver, or for an admin" on public.friend_codes
    for update to authenticated
    using (
        (select private.stepped_up()) and used_at is null
        and (creator_id = (select auth.uid()) or (select private.is_admin()))
    )
    with check (
        (select private.stepped_up()) and (creator_id = (select auth.uid()) or (select private.is_admin()))
    );


call private.protect('public.subscriptions');
grant select, insert, update on public.subscriptions to authenticated;

create policy "Members read their subscriptions, admins read all" on public.subscriptions
    for select to authenticated
    using (user_id = (select auth.uid()) or (select private.is_admin()));

create policy "The product keeps a member's new subscription" on public.subscriptions
    for insert to authenticated
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));

create policy "The product keeps a member's subscription in step" on public.subscriptions
    for update to authenticated
    using ((select private.stepped_up()) and user_id = (select auth.uid()))
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));


call private.protect('public.subscription_payments');
grant select on public.subscription_payments to authenticated;

create policy "Members read what they paid for a subscription, admins read all" on public.subscription_payments
    for select to authenticated
    using (
        (select private.is_admin())
        or exists (
            select from public.subscriptions s where s.id = subscription_id and s.user_id = (select auth.uid())
        )
    );


-- Letters from other services: dropped in by the endpoint, read by the worker, looked after by admins.
call private.protect('public.webhook_events');
grant select, insert on public.webhook_events to anon;
grant select, update on public.webhook_events to authenticated;

create policy "The product reads what it took in" on public.webhook_events
    for select to anon
    using ((select private.stepped_up()));

create policy "The product takes in what it is told" on public.webhook_events
    for insert to anon
    with check ((select private.stepped_up()));

create policy "Admins read what we were told" on public.webhook_events
    for select to authenticated
    using ((select private.is_admin()));

create policy "Admins have it tried again, or dismiss it" on public.webhook_events
    for update to authenticated
    using ((select private.stepped_up()) and (select private.is_admin()))
    with check ((select private.stepped_up()) and (select private.is_admin()));
