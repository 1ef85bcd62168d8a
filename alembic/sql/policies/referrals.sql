-- Everybody reads her own. Every row is written by a function or a trigger, so that points follow from what happened.

call private.protect('public.referral_codes');
grant select on public.referral_codes to authenticated;
create policy "Members read their code, admins read all" on public.referral_codes
    for select to authenticated
    using (user_id = (select auth.uid()) or (select private.is_admin()));


call private.protect('public.referrals');
grant select on public.referrals to authenticated;
create policy "Both sides of an invitation read it, admins read all" on public.referrals
    for select to authenticated
    using (
        referrer_id = (select auth.uid()) or referred_id = (select auth.uid()) or (select private.is_admin())
    );


call private.protect('public.referral_milestones');
grant select on public.referral_milestones to authenticated;
create policy "Members read what invitations bring" on public.referral_milestones
    for select to authenticated
    using (true);
call private.let_admins_write('public.referral_milestones');


call private.protect('public.user_referral_milestones');
grant select on public.user_referral_milestones to authenticated;
create policy "Members read what they came to, admins read all" on public.user_referral_milestones
    for select to authenticated
    using (user_id = (select auth.uid()) or (select private.is_admin()));


-- Decided by `private.decide_referral`.
call private.protect('public.referral_reviews');
grant select on public.referral_reviews to authenticated;
create policy "Admins read what is to be decided" on public.referral_reviews
    for select to authenticated
    using ((select private.is_admin()));
