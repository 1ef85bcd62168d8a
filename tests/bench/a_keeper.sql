-- The pages of one member on so many days of her run, each with a photo and with words of this length.
insert into journals
    (session_id, book_id, user_id, entry_date, journal_type, is_completed, completed_at, mood_score, insight, success)
select e.session_id, e.book_id, e.user_id, s.start_date + d, kind, true, s.start_date + d + time '08:00', 7,
    repeat('An honest line. ', :words), repeat('The letter went out. ', :words)
from session_enrollments e join book_sessions s on s.id = e.session_id, generate_series(0, :days - 1) d,
    unnest(array['morning', 'evening']) kind
where e.user_id = :member;

insert into action_logs
    (session_id, user_id, entry_date, action_type, period_key, is_done, is_completed, completed_at, reflection, images)
select e.session_id, e.user_id, s.start_date + d, 'gratitude', (s.start_date + d)::text, true, true,
    s.start_date + d + time '12:00', repeat('Lighter. ', :words), array[e.user_id || '/photo-' || d || '.webp']
from session_enrollments e join book_sessions s on s.id = e.session_id, generate_series(0, :days - 1) d
where e.user_id = :member;
