-- A post is read by the cohort it was written in, and by no other; not where one of two has blocked the other. Hidden, by
-- its author, who moderates there, and admins.
-- No policy leads from a post to what it is linked to.

call private.protect('public.community_posts');
grant select,
    insert (id, user_id, cohort_id, post_type, title, content, linked_action_id, visibility, created_at),
    update (content, edited_at, deleted_at)
    on public.community_posts to authenticated;

create policy "Members read what their cohort says" on public.community_posts
    for select to authenticated
    using (
        user_id = (select auth.uid())
        or (
            visibility <> 'private' and deleted_at is null
            and (
                (
                    is_approved and cohort_id = any ((select private.my_cohort_ids())::uuid[])
                    and user_id in (select d.id from public.member_directory d)
                )
                or cohort_id = any ((select private.cohorts_i_moderate())::uuid[])
            )
        )
        or (visibility <> 'private' and (select private.is_admin()))
    );

create policy "The product posts for a member, in a cohort of hers" on public.community_posts
    for insert to authenticated
    with check (
        (select private.stepped_up()) and user_id = (select auth.uid())
        and cohort_id = any ((select private.my_cohort_ids())::uuid[])
    );

create policy "The product changes a post for its author" on public.community_posts
    for update to authenticated
    using (user_id = (select auth.uid()))
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));


-- Reports come through `private.report_post` and are decided by `private.moderate_post`. Nobody learns who reported but
-- an admin.
call private.protect('public.moderation_queue');
grant select on public.moderation_queue to authenticated;

create policy "Admins read what was reported" on public.moderation_queue
    for select to authenticated
    using ((select private.is_admin()));
