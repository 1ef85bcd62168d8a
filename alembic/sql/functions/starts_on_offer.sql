-- The shared sessions somebody may still join, for a page that strangers read: dates and counts, never who.
create or replace function private.starts_on_offer(p_earliest date, p_latest date)
    returns table (session_id uuid, label text, starts_on date, ends_on date, places_left integer, about text)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    perform private.require_the_product('Starts are offered by the product itself.');
    return query
    select b.id, coalesce(b.cohort_label, to_char(b.start_date, 'FMMonth YYYY')), b.start_date, b.end_date,
        case when b.max_enrollments is not null then greatest(b.max_enrollments - t.taken, 0) end,
        coalesce(i.description, '')
    from public.book_sessions b
    cross join lateral private.places_taken(array[b.id]) t
    left join lateral private.cohort_introductions(array[b.id]) i on true
    where not b.is_personal and b.status in ('active', 'upcoming') and private.takes_people_in(b.id)
        and b.start_date between p_earliest and p_latest
    order by b.start_date;
end
$$;

revoke all on function private.starts_on_offer(date, date) from public, anon, authenticated;
grant execute on function private.starts_on_offer(date, date) to anon, service_role;
