-- Inviting: a code for everybody, one referral for everybody who came by one, and what follows when she has a place.

-- Up to four letters of the first name, without accents, and four that are random.
create or replace function private.generate_referral_code(p_user_id uuid)
    returns text
    language plpgsql volatile security definer set search_path = ''
as $$
declare
    letters text;
    wanted text;
begin
    select upper(regexp_replace(normalize(u.first_name, NFD), '[^A-Za-z]', '', 'g')) into letters
    from public.users u where u.id = p_user_id;
    letters := case when length(letters) >= 2 then left(letters, 4) else 'GYN' end;
    loop
        wanted := letters || '-' || private.random_letters(4);
        exit when not exists (select from public.referral_codes where code = wanted);
    end loop;
    return wanted;
end
$$;

create or replace function private.make_referral_code(p_user_id uuid)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    while not exists (select from public.referral_codes where user_id = p_user_id) loop
        insert into public.referral_codes (user_id, code)
        values (p_user_id, private.generate_referral_code(p_user_id))
        on conflict do nothing;
    end loop;
end
$$;

create or replace function private.create_user_referral_code()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.make_referral_code(new.id);
    return null;
end
$$;

-- The caller came by this link. The first link counts, and none once she has bought; unless it came with that purchase,
-- as a guest's does, who may claim several at once. The answer says what became of it.
create or replace function private.remember_referral(p_code text, p_with_purchase_id uuid, p_at timestamptz)
    returns text
    language plpgsql security definer set search_path = ''
as $$
declare
    me uuid := auth.uid();
    theirs public.referral_codes;
begin
    perform private.require_the_product('Invitations are remembered by the product itself.');
    select c.* into theirs from public.referral_codes c
    join public.users u on u.id = c.user_id and u.suspended_at is null
    where c.code = p_code and c.is_active;
    if theirs.id is null then
        return 'unknown';
    elsif theirs.user_id = me then
        return 'own';
    elsif exists (
        select from public.purchases
        where user_id = me and status in ('completed', 'disputed', 'refunded')
            and id is distinct from p_with_purchase_id and claimed_at is distinct from p_at
    ) then
        return 'too_late';
    end if;
    insert into public.referrals (referrer_id, referred_id, referral_code_id, created_at)
    values (theirs.user_id, me, theirs.id, p_at)
    on conflict (referred_id) do nothing;
    return case when found then 'remembered' else 'already' end;
end
$$;

-- Where mail to an address ends up: without the part after a plus, and without the dots that one great house ignores.
create or replace function private.mailbox(p_email text)
    returns text
    language sql immutable set search_path = ''
as $$
    select case when domain in ('gmail.com', 'googlemail.com') then replace(name, '.', '') || '@gmail.com'
        else name || '@' || domain end
    from (
        select split_part(split_part(lower(p_email), '@', 1), '+', 1), split_part(lower(p_email), '@', 2)
    ) as parts (name, domain)
$$;

create or replace function private.referral_signals(p_referral public.referrals)
    returns text[]
    language sql stable security definer set search_path = ''
as $$
    select array_remove(array[
        case when exists (
            select from public.users a, public.users b
            where a.id = p_referral.referrer_id and b.id = p_referral.referred_id
                and private.mailbox(a.email) = private.mailbox(b.email)
        ) then 'same_mailbox' end,
        case when exists (
            select from public.purchases a
            join public.purchases b on b.stripe_customer_id = a.stripe_customer_id
            where a.user_id = p_referral.referrer_id and b.user_id = p_referral.referred_id
        ) then 'same_customer' end,
        case when exists (
            select from public.purchases a
            join public.purchases b on b.metadata ->> 'card' = a.metadata ->> 'card'
            where a.user_id = p_referral.referrer_id and b.user_id = p_referral.referred_id
        ) then 'same_card' end,
        case when exists (
            select from private.web_sessions a
            join private.web_sessions b on b.ip = a.ip and b.user_agent = a.user_agent
            where a.user_id = p_referral.referrer_id and b.user_id = p_referral.referred_id
                and a.ip <> '' and a.user_agent <> ''
        ) then 'same_device' end
    ], null)
$$;

-- The session whose days somebody counts, for a row of the ledger that comes from no page.
create or replace function private.session_for_points(p_user_id uuid, p_day date)
    returns uuid
    language sql stable security definer set search_path = ''
as $$
    select e.session_id from public.session_enrollments e
    join public.book_sessions b on b.id = e.session_id
    where e.user_id = p_user_id
    order by p_day between b.start_date and b.end_date desc, b.start_date > p_day desc, b.start_date desc
    limit 1
$$;

-- Make the ledger say that something is worth its points now, or that it is not. A row is never changed: what no longer
-- holds is reversed, and a reversal that no longer holds is reversed in turn.
create or replace function private.keep_award(
    p_user_id uuid, p_kind text, p_source_id uuid, p_points integer, p_is_due boolean, p_reason text, p_at timestamptz
)
    returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    latest public.points_transactions;
    later public.points_transactions;
    is_given boolean := false;
    today date;
begin
    select (p_at at time zone coalesce(
        (select s.timezone from public.profile_settings s where s.user_id = p_user_id), 'UTC'
    ))::date into today;
    select * into latest from public.points_transactions
    where user_id = p_user_id and source_type = p_kind and source_id = p_source_id and activity_type = p_kind
        and reverses_id is null;
    if latest.id is null then
        if p_is_due and p_points > 0 then
            insert into public.points_transactions
                (user_id, session_id, activity_type, base_points, final_points, source_type, source_id,
                    earned_on, earned_at)
            values (
                p_user_id, private.session_for_points(p_user_id, today), p_kind, p_points, p_points, p_kind, p_source_id,
                today, p_at
            );
        end if;
        return;
    end if;
    loop
        is_given := not is_given;
        select * into later from public.points_transactions where reverses_id = latest.id;
        exit when later.id is null;
        latest := later;
    end loop;
    if is_given <> p_is_due then
        insert into public.points_transactions
            (user_id, session_id, activity_type, base_points, final_points, source_type, source_id, earned_on, earned_at,
                reverses_id, reason)
        values (
            p_user_id, latest.session_id, p_kind, -latest.final_points, -latest.final_points, p_kind, p_source_id,
            today, p_at, latest.id, p_reason
        );
    end if;
end
$$;

-- Milestones follow the count: reached, they bring points and a badge. The badge stays when the count falls again.
create or replace function private.settle_referral_milestones(p_referrer_id uuid, p_reason text, p_at timestamptz)
    returns text[]
    language plpgsql security definer set search_path = ''
as $$
declare
    converted integer;
    milestone public.referral_milestones;
    reached uuid;
    names text[] := '{}';
begin
    select count(*) into converted from public.referrals where referrer_id = p_referrer_id and status = 'converted';
    for milestone in
        select * from public.referral_milestones where is_active order by referrals_required
    loop
        select id into reached from public.user_referral_milestones
        where user_id = p_referrer_id and milestone_id = milestone.id;
        if reached is null and converted >= milestone.referrals_required then
            insert into public.user_referral_milestones (user_id, milestone_id, achieved_at)
            values (p_referrer_id, milestone.id, p_at)
            returning id into reached;
            insert into public.user_badges (user_id, badge_id, unlocked_at)
            select p_referrer_id, milestone.badge_id, p_at where milestone.badge_id is not null
            on conflict do nothing;
            names := names || milestone.name;
        end if;
        if reached is not null then
            perform private.keep_award(
                p_referrer_id, 'referral_milestone', reached, milestone.points_bonus,
                converted >= milestone.referrals_required, p_reason, p_at
            );
        end if;
    end loop;
    return names;
end
$$;

-- Say whether a referral counts, and let everything follow. The referrer's code is held: her referrals count in turn.
create or replace function private.count_referral(
    p_referral_id uuid, p_purchase_id uuid, p_counts boolean, p_points integer, p_reason text, p_at timestamptz
)
    returns text[]
    language plpgsql security definer set search_path = ''
as $$
declare
    mine public.referrals;
    step integer := case when p_counts then 1 else -1 end;
begin
    select * into mine from public.referrals where id = p_referral_id;
    perform from public.referral_codes where user_id = mine.referrer_id for update;
    update public.referrals set
        status = case when p_counts then 'converted' else 'expired' end,
        points_awarded = case when p_counts then p_points else 0 end,
        purchase_id = p_purchase_id,
        converted_at = case when p_counts then p_at else converted_at end
    where id = mine.id;
    update public.referral_codes set
        uses_count = greatest(uses_count + step, 0),
        total_points_earned = greatest(total_points_earned + step * p_points, 0)
    where user_id = mine.referrer_id;
    perform private.keep_award(mine.referrer_id, 'referral', mine.id, p_points, p_counts, p_reason, p_at);
    return private.settle_referral_milestones(mine.referrer_id, p_reason, p_at);
end
$$;

-- Somebody who came by a link has a place of her own. It counts once, unless something is odd: then a person decides.
-- A place that was refunded and is paid again after all counts again, and so does another one she buys instead. What a
-- person has rejected names no purchase.
create or replace function private.process_referral_conversion(
    p_referred_id uuid, p_purchase_id uuid, p_points integer, p_at timestamptz
)
    returns table (outcome text, referral_id uuid, referrer_id uuid, milestones text[])
    language plpgsql security definer set search_path = ''
as $$
declare
    mine public.referrals;
    odd text[];
begin
    perform private.require_the_product('Invitations are counted by the product itself.');
    select r.* into mine from public.referrals r where r.referred_id = p_referred_id for update;
    if mine.id is null or mine.status = 'converted'
        or (mine.status = 'expired' and mine.purchase_id is null) then
        return;
    end if;
    if not exists (
        select from public.purchases p
        where p.id = p_purchase_id and p.user_id = p_referred_id and p.status = 'completed'
    ) then
        return;
    end if;
    odd := private.referral_signals(mine);
    if odd <> '{}' and not exists (
        select from public.referral_reviews v where v.referral_id = mine.id and v.status = 'approved'
    ) then
        insert into public.referral_reviews (referral_id, purchase_id, signals, created_at)
        values (mine.id, p_purchase_id, odd, p_at)
        on conflict on constraint uq_referral_reviews_referral_id do nothing;
        return query select 'review', mine.id, mine.referrer_id, '{}'::text[];
        return;
    end if;
    return query
    select 'converted', mine.id, mine.referrer_id,
        private.count_referral(mine.id, p_purchase_id, true, p_points, 'The place was paid for after all.', p_at);
end
$$;

-- The place somebody got is gone: what her coming brought is taken back, unless she has another, which it counts for
-- from then on: of two places it must not matter which was told first. Whether there was something to take.
create or replace function private.undo_referral_conversion(p_purchase_id uuid, p_reason text, p_at timestamptz)
    returns boolean
    language plpgsql security definer set search_path = ''
as $$
declare
    mine public.referrals;
    another uuid;
begin
    perform private.require_the_product('Invitations are counted by the product itself.');
    select r.* into mine from public.referrals r
    where r.purchase_id = p_purchase_id and r.status = 'converted' for update;
    if mine.id is null then
        return false;
    end if;
    select p.id into another from public.purchases p
    where p.user_id = mine.referred_id and p.status = 'completed' and p.id <> p_purchase_id
    order by p.created_at limit 1;
    if another is not null then
        update public.referrals set purchase_id = another where id = mine.id;
        return false;
    end if;
    perform private.count_referral(mine.id, p_purchase_id, false, mine.points_awarded, p_reason, p_at);
    return true;
end
$$;

-- What a person decided about an invitation with something odd. Decided once.
create or replace function private.decide_referral(
    p_review_id uuid, p_is_fine boolean, p_reason text, p_points integer, p_at timestamptz
)
    returns table (outcome text, referral_id uuid, referrer_id uuid, milestones text[])
    language plpgsql security definer set search_path = ''
as $$
declare
    open_review public.referral_reviews;
    mine public.referrals;
begin
    if not (private.is_admin() and private.stepped_up()) then
        raise insufficient_privilege using message = 'Only an admin decides about invitations.';
    end if;
    select v.* into open_review from public.referral_reviews v
    where v.id = p_review_id and v.status = 'waiting' for update;
    if open_review.id is null then
        return;
    end if;
    update public.referral_reviews v set
        status = case when p_is_fine then 'approved' else 'rejected' end,
        decided_by = auth.uid(), decided_at = p_at, reason = p_reason
    where v.id = p_review_id;
    select r.* into mine from public.referrals r where r.id = open_review.referral_id for update;
    if p_is_fine then
        return query
        select * from private.process_referral_conversion(mine.referred_id, open_review.purchase_id, p_points, p_at);
        if not found then
            return query select 'lapsed', mine.id, mine.referrer_id, '{}'::text[];
        end if;
    else
        update public.referrals r set status = 'expired' where r.id = mine.id and r.status = 'pending';
        return query select 'rejected', mine.id, mine.referrer_id, '{}'::text[];
    end if;
end
$$;

revoke all on function private.generate_referral_code(uuid), private.make_referral_code(uuid),
    private.create_user_referral_code(), private.remember_referral(text, uuid, timestamptz), private.mailbox(text),
    private.referral_signals(public.referrals), private.session_for_points(uuid, date),
    private.keep_award(uuid, text, uuid, integer, boolean, text, timestamptz),
    private.settle_referral_milestones(uuid, text, timestamptz),
    private.count_referral(uuid, uuid, boolean, integer, text, timestamptz),
    private.process_referral_conversion(uuid, uuid, integer, timestamptz),
    private.undo_referral_conversion(uuid, text, timestamptz),
    private.decide_referral(uuid, boolean, text, integer, timestamptz)
    from public, anon, authenticated;
grant execute on function private.remember_referral(text, uuid, timestamptz) to authenticated;
grant execute on function private.process_referral_conversion(uuid, uuid, integer, timestamptz),
    private.undo_referral_conversion(uuid, text, timestamptz)
    to authenticated, service_role;
grant execute on function private.decide_referral(uuid, boolean, text, integer, timestamptz) to authenticated;
