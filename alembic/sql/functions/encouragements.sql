-- The members of a cohort as they see one another, a few words between two of them, and who is kept from whom.

-- Whether the caller may send this person something here. One answer for every reason, so that none is given away.
create or replace function private.may_encourage(p_recipient_id uuid, p_cohort_id uuid)
    returns boolean
    language sql stable security definer set search_path = ''
as $$
    select p_cohort_id = any (private.my_cohort_ids())
        and p_recipient_id <> all ((select private.hidden_from_me())::uuid[])
        and exists (
            select from public.cohort_memberships m
            join public.users u on u.id = m.user_id and u.suspended_at is null
            join public.profile_settings s on s.user_id = m.user_id and s.allow_encouragements
            where m.cohort_id = p_cohort_id and m.user_id = p_recipient_id and m.user_id <> auth.uid()
        )
$$;

-- Held under the sender's row, so that calls at once cannot all see room for the third.
create or replace function private.limit_encouragements()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform from public.users where id = new.sender_id for no key update;
    if (
        select count(*) from public.encouragements
        where sender_id = new.sender_id and recipient_id = new.recipient_id and sent_on = new.sent_on
    ) > 3 then
        raise exception 'Three a day reach the same person.' using errcode = 'GY006';
    end if;
    return null;
end
$$;

-- What the blocked person sent leaves the bell of whoever blocked her. The words themselves stay, unseen.
create or replace function private.hush_blocked()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    delete from public.notifications n
    using public.encouragements e
    where e.sender_id = new.blocked_id and e.recipient_id = new.blocker_id
        and n.user_id = new.blocker_id and n.dedupe_key = 'encouragement:' || e.id;
    return null;
end
$$;

-- One page of a cohort's members by name, for one of them; `members` counts the cohort. What somebody keeps to herself is
-- not in it, nor whom the caller blocked. Whoever blocked the caller stands there as somebody who takes no words, as she
-- might for any reason.
create or replace function private.cohort_people(
    p_cohort_id uuid, p_search text, p_after_name text, p_after_id uuid, p_limit integer
)
    returns table (
        user_id uuid, sort_name text, first_name text, last_name text, profile_image text, role text,
        takes_words boolean, badges jsonb, members integer
    )
    language sql stable security definer set search_path = ''
as $$
    with known as (
        select m.user_id, lower(btrim(u.first_name || ' ' || u.last_name)) as sort_name, u.first_name, u.last_name,
            case when not h.is_hidden then u.profile_image end as profile_image, m.role,
            s.allow_encouragements and not h.is_hidden as takes_words, s.show_badges
        from public.cohort_memberships m
        join public.users u on u.id = m.user_id and u.suspended_at is null
        join public.profile_settings s on s.user_id = m.user_id
        cross join lateral (select m.user_id = any ((select private.hidden_from_me())::uuid[]) as is_hidden) h
        where m.cohort_id = p_cohort_id and p_cohort_id = any (private.my_cohort_ids())
            and not exists (
                select from public.user_blocks b where b.blocker_id = auth.uid() and b.blocked_id = m.user_id
            )
    ),
    page as (
        select * from known k
        where (p_search = '' or strpos(k.sort_name, p_search) > 0)
            and (p_after_name is null or (k.sort_name, k.user_id) > (p_after_name, p_after_id))
        order by k.sort_name, k.user_id
        limit p_limit
    )
    select page.user_id, page.sort_name, page.first_name, page.last_name, page.profile_image, page.role,
        page.takes_words,
        case when page.show_badges then coalesce((
            select jsonb_agg(jsonb_build_array(b.name, b.icon, b.rarity) order by h.unlocked_at, b.key)
            from public.user_badges h join public.badges b on b.id = h.badge_id
            where h.user_id = page.user_id and h.is_showcased
        ), '[]') else '[]' end,
        private.cohort_size(p_cohort_id)
    from page
    order by page.sort_name, page.user_id
$$;

-- On which days of the cohort's run these members finished a page or were forgiven one, for those of them who show
-- their streak. Asked by the product alone: it works the streak out and lets nothing else of it go.
create or replace function private.shown_days(p_cohort_id uuid, p_user_ids uuid[])
    returns table (user_id uuid, timezone text, kind text, day date)
    language sql stable security definer set search_path = ''
as $$
    with asked as (
        select m.user_id, c.session_id, s.timezone
        from public.cohort_memberships m
        join public.cohorts c on c.id = m.cohort_id
        join public.profile_settings s on s.user_id = m.user_id and s.show_streak
        where m.cohort_id = p_cohort_id and m.user_id = any (p_user_ids)
            and p_cohort_id = any (private.my_cohort_ids()) and private.is_the_product()
    )
    select j.user_id, asked.timezone, j.journal_type || '_journal', j.entry_date
    from asked join public.journals j on j.user_id = asked.user_id and j.session_id = asked.session_id
    where j.is_completed and j.journal_type in ('morning', 'evening')
    union all
    select a.user_id, asked.timezone, 'gratitude_action', a.entry_date
    from asked join public.action_logs a on a.user_id = asked.user_id and a.session_id = asked.session_id
    where a.is_completed and a.action_type = 'gratitude'
    union all
    select f.user_id, asked.timezone, f.kind, f.day
    from asked join public.streak_events f on f.user_id = asked.user_id and f.session_id = asked.session_id
$$;

-- What was sent to the caller, the newest first, by people who are still here. What came from somebody she blocked is
-- not shown to her; whoever was blocked keeps the words that had reached her, and learns nothing from them.
create or replace function private.words_for_me(p_before_at timestamptz, p_before_id uuid, p_limit integer)
    returns table (
        id uuid, sender_id uuid, first_name text, last_name text, profile_image text, message_type text,
        custom_message text, created_at timestamptz
    )
    language sql stable security definer set search_path = ''
as $$
    select e.id, e.sender_id, u.first_name, u.last_name,
        case when e.sender_id = any (array(select k.id from private.people_i_know() k)) then u.profile_image end,
        e.message_type, e.custom_message, e.created_at
    from public.encouragements e
    join public.users u on u.id = e.sender_id and u.suspended_at is null
    where e.recipient_id = auth.uid()
        and not exists (
            select from public.user_blocks b where b.blocker_id = auth.uid() and b.blocked_id = e.sender_id
        )
        and (p_before_at is null or (e.created_at, e.id) < (p_before_at, p_before_id))
    order by e.created_at desc, e.id desc
    limit p_limit
$$;

-- Whom the caller blocked, by name: they are nowhere else in sight.
create or replace function private.people_i_blocked()
    returns table (id uuid, first_name text, last_name text)
    language sql stable security definer set search_path = ''
as $$
    select u.id, u.first_name, u.last_name
    from public.user_blocks b join public.users u on u.id = b.blocked_id
    where b.blocker_id = auth.uid()
    order by lower(u.first_name), lower(u.last_name), u.id
$$;

revoke all on function private.may_encourage(uuid, uuid), private.limit_encouragements(), private.hush_blocked(),
    private.cohort_people(uuid, text, text, uuid, integer), private.shown_days(uuid, uuid[]),
    private.words_for_me(timestamptz, uuid, integer), private.people_i_blocked()
    from public, anon, authenticated;
grant execute on function private.may_encourage(uuid, uuid),
    private.cohort_people(uuid, text, text, uuid, integer), private.shown_days(uuid, uuid[]),
    private.words_for_me(timestamptz, uuid, integer), private.people_i_blocked()
    to authenticated, service_role;
