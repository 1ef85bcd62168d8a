-- A run on its tenth day with so many members, whose mornings are spread over the whole day. Triggers and foreign
-- keys are left aside: what they would have written is written here.
set session_replication_role = replica;

insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)
select :run, id, date :start, date :start + 44, 'active', 'Town' from books where slug = 'date-zero-gratitude';

create temporary table arriving as
select gen_random_uuid() as id, n from generate_series(1, :members) n;

insert into users (id, supabase_id, first_name, email) select id, id, 'Member ' || n, id || '@example.com' from arriving;
insert into profile_settings (user_id, timezone, onboarded_at, morning_reminder_time)
select id, (array['UTC', 'America/Los_Angeles', 'Asia/Tokyo', 'Europe/Lisbon'])[1 + n % 4], now(),
    time '00:00' + (n % 288) * interval '5 minutes'
from arriving;
insert into session_enrollments (user_id, book_id, session_id, enrollment_date)
select a.id, s.book_id, s.id, s.start_date from arriving a join book_sessions s on s.id = :run;

drop table arriving;
set session_replication_role = origin;
