-- So many people with a place in a run that began so many days ago. Nobody has written yet.
create temporary table arriving as
select gen_random_uuid() as id, n from generate_series(1, :members) n;

insert into auth.users (id, email, raw_user_meta_data, email_confirmed_at)
select id, id || '@example.com', jsonb_build_object('first_name', 'Member ' || n, 'timezone', 'UTC'), now()
from arriving;
update profile_settings set onboarded_at = now() where user_id in (select id from arriving);

insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)
select :run, id, date :start, date :start + 44, 'active', 'Empty ' || left(:run, 8)
from books where slug = 'date-zero-gratitude';

insert into session_enrollments (user_id, book_id, session_id, enrollment_date)
select a.id, s.book_id, s.id, s.start_date from arriving a, book_sessions s where s.id = :run;
insert into cohort_memberships (cohort_id, user_id) select c.id, a.id from cohorts c, arriving a where c.session_id = :run;

drop table arriving;
