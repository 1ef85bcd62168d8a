-- So many people with a place in a run of their own, who wrote three pages on each of the days before today. Every
-- tenth keeps her points to herself.
create temporary table arriving as
select gen_random_uuid() as id, n from generate_series(1, :members) n;

insert into auth.users (id, email, raw_user_meta_data, email_confirmed_at)
select id, id || '@example.com', jsonb_build_object('first_name', 'Member ' || n, 'timezone', 'UTC'), now()
from arriving;
update profile_settings s set onboarded_at = now(), show_points = a.n % 10 > 0 from arriving a where s.user_id = a.id;

insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)
select :run, id, date :start, date :start + 44, 'active', 'Bench ' || left(:run, 8)
from books where slug = 'date-zero-gratitude';

insert into session_enrollments (user_id, book_id, session_id, enrollment_date)
select a.id, s.book_id, s.id, s.start_date from arriving a, book_sessions s where s.id = :run;
insert into cohort_memberships (cohort_id, user_id) select c.id, a.id from cohorts c, arriving a where c.session_id = :run;

with written as (
    insert into journals
        (session_id, book_id, user_id, entry_date, journal_type, is_completed, completed_at, mood_score, insight, success)
    select :run, s.book_id, a.id, s.start_date + d, kind, true, s.start_date + d + time '08:00', 1 + (a.n + d) % 10,
        'The short answer was the honest one.', 'The letter went out.'
    from arriving a, book_sessions s, generate_series(0, 7) d, unnest(array['morning', 'evening']) kind
    where s.id = :run
    returning id, user_id, entry_date, journal_type || '_journal' as activity
), done as (
    insert into action_logs
        (session_id, user_id, entry_date, action_type, period_key, is_done, is_completed, completed_at)
    select :run, a.id, date :start + d, 'gratitude', (date :start + d)::text, true, true, date :start + d + time '12:00'
    from arriving a, generate_series(0, 7) d
    returning id, user_id, entry_date, 'gratitude_action' as activity
)
insert into points_transactions
    (user_id, session_id, activity_type, base_points, final_points, source_type, source_id, earned_on)
select user_id, :run, activity, 10, 10, 'page', id, entry_date from (select * from written union all select * from done) p;

drop table arriving;
