-- So many runs at their last day, each with so many members who wrote two pages on every one of its forty-five days.
-- Triggers and foreign keys are left aside: what they would have written is written here.
set session_replication_role = replica;

create temporary table opening as
select gen_random_uuid() as run, n as number from generate_series(1, :runs) n;
create temporary table arriving as
select o.run, gen_random_uuid() as id, n from opening o, generate_series(1, :members) n;

insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)
select o.run, b.id, date :start, date :start + 44, 'active', 'Library ' || o.number
from opening o, books b where b.slug = 'date-zero-gratitude';
insert into cohorts (name, slug, session_id, start_date, end_date)
select 'Library ' || number, 'library-' || run, run, date :start, date :start + 44 from opening;

insert into users (id, supabase_id, first_name, email) select id, id, 'Member ' || n, id || '@example.com' from arriving;
insert into profile_settings (user_id, timezone, onboarded_at) select id, 'UTC', now() from arriving;
insert into cohort_memberships (cohort_id, user_id)
select c.id, a.id from cohorts c join arriving a on a.run = c.session_id;
insert into session_enrollments (user_id, book_id, session_id, enrollment_date)
select a.id, s.book_id, s.id, s.start_date from arriving a join book_sessions s on s.id = a.run;

-- Day by day, as they would have been written, not member by member.
insert into journals
    (session_id, book_id, user_id, entry_date, journal_type, is_completed, completed_at, mood_score, insight, success)
select a.run, s.book_id, a.id, s.start_date + d, kind, true, s.start_date + d + time '08:00', 1 + (a.n + d) % 10,
    'The short answer was the honest one, and it took me the whole day to find it.',
    'The letter went out. Marta laughed so hard that she put the phone down.'
from generate_series(0, 44) d, arriving a join book_sessions s on s.id = a.run,
    unnest(array['morning', 'evening']) kind;

insert into points_transactions
    (user_id, session_id, activity_type, base_points, final_points, source_type, source_id, earned_on)
select j.user_id, j.session_id, j.journal_type || '_journal', 10, 10, 'page', j.id, j.entry_date
from journals j join opening o on o.run = j.session_id;
insert into point_totals (session_id, user_id, total)
select p.session_id, p.user_id, sum(p.final_points)
from points_transactions p join opening o on o.run = p.session_id group by p.session_id, p.user_id;

insert into journal_entries (journal_id, entry_type, content)
select j.id, e.kind, e.content
from journals j join opening o on o.run = j.session_id and o.number <= 4,
    (values ('dream', array['I am here.', 'I am rested.'])) as e (kind, content)
where j.journal_type = 'evening';

drop table arriving;
drop table opening;
set session_replication_role = origin;
