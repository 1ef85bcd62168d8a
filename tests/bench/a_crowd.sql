-- A run with a million members, some of whom wrote two pages on each of its forty-five days. Triggers and foreign
-- keys are left aside: what they would have written is written here.
set session_replication_role = replica;

insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)
select :run, id, date :start, date :start + 44, 'active', 'Crowd' from books where slug = 'date-zero-gratitude';
insert into cohorts (name, slug, session_id, start_date, end_date)
values ('Crowd', 'crowd-' || :run, :run, date :start, date :start + 44);

create temporary table arriving as
select gen_random_uuid() as id, n, (random() ^ 3 * 3000)::integer as total from generate_series(1, :members) n;

insert into users (id, supabase_id, first_name, email) select id, id, 'Member ' || n, id || '@example.com' from arriving;
insert into profile_settings (user_id, timezone, onboarded_at) select id, 'UTC', now() from arriving;
insert into cohort_memberships (cohort_id, user_id) select c.id, a.id from cohorts c, arriving a where c.session_id = :run;
insert into point_totals (session_id, user_id, total) select :run, id, total from arriving;
insert into private.point_total_counts (session_id, total, members)
select :run, total, count(*) from arriving group by total;

insert into session_enrollments (user_id, book_id, session_id, enrollment_date)
select a.id, s.book_id, s.id, s.start_date from arriving a, book_sessions s where s.id = :run and a.n <= :writers;

insert into journals
    (session_id, book_id, user_id, entry_date, journal_type, is_completed, completed_at, mood_score, insight, success)
select :run, s.book_id, a.id, s.start_date + d, kind, true, s.start_date + d + time '08:00', 1 + (a.n + d) % 10,
    'The short answer was the honest one, and it took me the whole day to find it.',
    'The letter went out. Marta laughed so hard that she put the phone down.'
from generate_series(0, 44) d, arriving a, book_sessions s, unnest(array['morning', 'evening']) kind
where s.id = :run and a.n <= :writers;

insert into points_transactions
    (user_id, session_id, activity_type, base_points, final_points, source_type, source_id, earned_on)
select user_id, session_id, journal_type || '_journal', 10, 10, 'page', id, entry_date
from journals where session_id = :run;

insert into journal_entries (journal_id, entry_type, content)
select j.id, e.kind, e.content
from (select id from journals where session_id = :run and journal_type = 'morning' order by user_id limit 20000) j,
    (values ('affirmation', array['I am here.', 'I am rested.']), ('gratitude', array['The rain', 'Bread']))
        as e (kind, content);

drop table arriving;
set session_replication_role = origin;
