-- So many people who lived exactly what one member lived: the same pages, badges, freezes and ledger.
create temporary table copy as
select gen_random_uuid() as id, n from generate_series(1, :members) n;
insert into auth.users (id, email, raw_user_meta_data, email_confirmed_at)
select id, id || '@example.com', jsonb_build_object('first_name', 'Copy ' || n, 'timezone', 'UTC'), now() from copy;

insert into session_enrollments
    (user_id, book_id, session_id, enrollment_date, morning_completion, evening_completion, gratitude_completion,
    morning_streak, evening_streak, gratitude_streak)
select c.id, e.book_id, e.session_id, e.enrollment_date, e.morning_completion, e.evening_completion,
    e.gratitude_completion, e.morning_streak, e.evening_streak, e.gratitude_streak
from copy c, session_enrollments e where e.user_id = :model;

-- The new id follows from the old one and the copy: rows that point at each other still do.
insert into journals
    (id, session_id, book_id, user_id, entry_date, journal_type, is_completed, completed_at, mood_score)
select md5(j.id::text || c.id)::uuid, j.session_id, j.book_id, c.id, j.entry_date, j.journal_type, true,
    j.completed_at, j.mood_score
from copy c, journals j where j.user_id = :model and j.is_completed;
insert into action_logs
    (id, session_id, user_id, entry_date, action_type, period_key, is_done, is_completed, completed_at)
select md5(a.id::text || c.id)::uuid, a.session_id, c.id, a.entry_date, a.action_type, a.period_key, a.is_done, true,
    a.completed_at
from copy c, action_logs a where a.user_id = :model and a.is_completed;
insert into user_badges (id, user_id, badge_id, session_id, unlocked_at)
select md5(b.id::text || c.id)::uuid, c.id, b.badge_id, b.session_id, b.unlocked_at
from copy c, user_badges b where b.user_id = :model;
insert into streak_events (user_id, session_id, day, kind, created_at)
select c.id, s.session_id, s.day, s.kind, s.created_at from copy c, streak_events s where s.user_id = :model;
insert into points_transactions
    (user_id, session_id, activity_type, base_points, multiplier, bonus_points, final_points, source_type, source_id,
    metadata, earned_on, earned_at)
select c.id, p.session_id, p.activity_type, p.base_points, p.multiplier, p.bonus_points, p.final_points,
    p.source_type, md5(p.source_id::text || c.id)::uuid, p.metadata, p.earned_on, p.earned_at
from copy c, points_transactions p where p.user_id = :model;
drop table copy;
