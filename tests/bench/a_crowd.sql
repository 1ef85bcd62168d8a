-- A run with so many members, each with a total, which every tenth keeps to herself. Triggers and foreign keys are
-- left aside: what they would have written is written here.
set session_replication_role = replica;

insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)
select :run, id, date :start, date :start + 44, 'active', 'Crowd' from books where slug = 'date-zero-gratitude';
insert into cohorts (name, slug, session_id, start_date, end_date)
values ('Crowd', 'crowd-' || :run, :run, date :start, date :start + 44);

create temporary table arriving as
select gen_random_uuid() as id, n, (random() ^ 3 * 3000)::integer as total from generate_series(1, :members) n;

insert into users (id, supabase_id, first_name, email) select id, id, 'Member ' || n, id || '@example.com' from arriving;
insert into profile_settings (user_id, timezone, onboarded_at, show_points)
select id, 'UTC', now(), n % 10 > 0 from arriving;
insert into cohort_memberships (cohort_id, user_id)
select c.id, a.id from cohorts c, arriving a where c.session_id = :run;
insert into point_totals (session_id, user_id, total, is_listed) select :run, id, total, n % 10 > 0 from arriving;
insert into private.point_total_counts (session_id, total, members)
select :run, total, count(*) from arriving where n % 10 > 0 group by total;

drop table arriving;
set session_replication_role = origin;
