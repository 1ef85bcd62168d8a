-- What a cohort says to each other, and who may take something out of sight. Nothing here looks into a journal.

create or replace function private.cohorts_i_moderate()
    returns uuid[]
    language sql stable security definer set search_path = ''
as $$
    select coalesce(array_agg(m.cohort_id), '{}')
    from public.cohort_memberships m
    join public.users u on u.id = m.user_id and u.suspended_at is null
    where m.user_id = auth.uid() and m.role in ('moderator', 'admin')
$$;

-- Every web process hears that somebody has posted: the cohort's id and the writer's, see live.py.
create or replace function private.announce_post()
    returns trigger
    language plpgsql set search_path = ''
as $$
begin
    perform pg_notify('posts', new.cohort_id || ' ' || new.user_id);
    return null;
end
$$;

-- What was reported about a post goes with it: a report quotes it.
create or replace function private.forget_reports()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    delete from public.moderation_queue where content_type = 'post' and content_id = old.id;
    return null;
end
$$;

-- The caller reports what she can read and did not write: once, however often she asks. The answer says what became of
-- it; null where there is no such post for her.
create or replace function private.report_post(
    p_post_id uuid, p_reason text, p_details text, p_priority text, p_preview_limit integer, p_at timestamptz
)
    returns text
    language plpgsql security definer set search_path = ''
as $$
declare
    theirs public.community_posts;
begin
    perform private.require_the_product('Reports are taken by the product itself.');
    select p.* into theirs from public.community_posts p
    where p.id = p_post_id and p.user_id <> auth.uid() and p.cohort_id = any (private.my_cohort_ids())
        and p.visibility <> 'private' and p.is_approved and p.deleted_at is null
    for update;
    if theirs.id is null then
        return null;
    end if;
    insert into public.moderation_queue
        (content_type, content_id, preview, reported_by, report_reason, details, priority, created_at)
    values (
        'post', theirs.id, left(coalesce(nullif(theirs.content, ''), theirs.title, ''), p_preview_limit), auth.uid(),
        p_reason, p_details, p_priority, p_at
    )
    on conflict do nothing;
    if not found then
        return 'already';
    end if;
    update public.community_posts set reported_count = reported_count + 1 where id = theirs.id;
    return 'reported';
end
$$;

-- A moderator of its cohort, or an admin, hides a post or shows it again; an admin may also leave it as it is and close
-- what was reported about it. Whose it is comes back; nothing, where there was nothing to do.
create or replace function private.moderate_post(p_post_id uuid, p_verdict text, p_reason text, p_at timestamptz)
    returns table (author_id uuid, cohort_id uuid, cohort_name text)
    language plpgsql security definer set search_path = ''
as $$
declare
    theirs public.community_posts;
    has_changed boolean := false;
begin
    perform private.require_the_product('Posts are moderated by the product itself.');
    select p.* into theirs from public.community_posts p
    where p.id = p_post_id and p.visibility <> 'private'
        and (private.is_admin() or (p_verdict <> 'dismiss' and p.cohort_id = any (private.cohorts_i_moderate())))
    for update;
    if theirs.id is null then
        return;
    end if;
    if p_verdict = 'hide' and theirs.is_approved then
        update public.community_posts
        set is_approved = false, hidden_at = p_at, hidden_reason = p_reason
        where id = theirs.id;
        has_changed := true;
    elsif p_verdict = 'show' and not theirs.is_approved then
        update public.community_posts
        set is_approved = true, hidden_at = null, hidden_reason = null
        where id = theirs.id;
        has_changed := true;
    end if;
    if p_verdict in ('hide', 'dismiss') then
        update public.moderation_queue
        set status = case p_verdict when 'hide' then 'rejected' else 'approved' end,
            resolved_by = auth.uid(), resolution_note = p_reason, resolved_at = p_at
        where content_type = 'post' and content_id = theirs.id and status in ('pending', 'in_review', 'escalated');
        has_changed := has_changed or (found and p_verdict = 'dismiss');
    end if;
    if has_changed then
        return query
        select theirs.user_id, c.id, c.name from public.cohorts c where c.id = theirs.cohort_id;
    end if;
end
$$;

revoke all on function private.cohorts_i_moderate(), private.announce_post(), private.forget_reports(),
    private.report_post(uuid, text, text, text, integer, timestamptz),
    private.moderate_post(uuid, text, text, timestamptz)
    from public, anon, authenticated;
grant execute on function private.cohorts_i_moderate(),
    private.report_post(uuid, text, text, text, integer, timestamptz),
    private.moderate_post(uuid, text, text, timestamptz)
    to authenticated, service_role;
