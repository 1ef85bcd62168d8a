-- The places in a run, and the cohort that lives it.

-- Counted while holding the session's row, so the last place is given once. The lock lets pages be written meanwhile.
-- A seat that somebody is paying for is taken; whoever has her place keeps no seat beside it and waits for none.
create or replace function private.check_enrollment_capacity()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    places integer;
    taken integer;
begin
    select max_enrollments into places from public.book_sessions where id = new.session_id for no key update;
    if places is not null then
        select count(*) into taken from public.session_enrollments where session_id = new.session_id;
        if taken + private.seats_held(new.session_id, new.user_id, null) >= places then
            raise exception 'This book session is full.' using errcode = 'GY001';
        end if;
    end if;
    update public.purchases set seat_held_until = null
    where session_id = new.session_id and user_id = new.user_id and seat_held_until is not null;
    delete from public.waitlist where session_id = new.session_id and user_id = new.user_id;
    return new;
end
$$;

-- The stored day is the bookkeeping of the run's length: thirty days of grace unless somebody decided otherwise.
create or replace function private.set_grace_period()
    returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.grace_period_end := coalesce(new.grace_period_end, new.end_date + 30);
    return new;
end
$$;

create or replace function private.auto_create_cohort_for_session()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    wanted_slug text := 'cohort-' || to_char(new.start_date, 'YYYY-MM-DD');
begin
    if new.is_personal then
        return null;
    end if;
    if exists (select from public.cohorts where slug = wanted_slug) then
        wanted_slug := wanted_slug || '-' || left(new.id::text, 8);
    end if;
    insert into public.cohorts (name, slug, session_id, start_date, end_date, max_members)
    values (
        coalesce(new.cohort_label, to_char(new.start_date, 'FMDD FMMonth YYYY')),
        wanted_slug, new.id, new.start_date, new.end_date, new.max_enrollments
    );
    return null;
end
$$;

create or replace function private.keep_cohort_in_step()
    returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    update public.cohorts
    set start_date = new.start_date,
        end_date = new.end_date,
        max_members = new.max_enrollments,
        name = case when new.cohort_label is distinct from old.cohort_label
            then coalesce(new.cohort_label, name) else name end
    where session_id = new.id;
    return null;
end
$$;

revoke all on function private.check_enrollment_capacity(), private.set_grace_period(),
    private.auto_create_cohort_for_session(), private.keep_cohort_in_step()
    from public, anon, authenticated;
