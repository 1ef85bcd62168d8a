create or replace trigger check_enrollment_capacity
    before insert on public.session_enrollments
    for each row execute function private.check_enrollment_capacity();

create or replace trigger start_point_total
    after insert on public.session_enrollments
    for each row execute function private.start_point_total();

create or replace trigger end_point_total
    after delete on public.session_enrollments
    for each row execute function private.end_point_total();

create or replace trigger set_grace_period
    before insert on public.book_sessions
    for each row execute function private.set_grace_period();

create or replace trigger auto_create_cohort_for_session
    after insert on public.book_sessions
    for each row execute function private.auto_create_cohort_for_session();

create or replace trigger keep_cohort_in_step
    after update of start_date, end_date, max_enrollments, cohort_label on public.book_sessions
    for each row execute function private.keep_cohort_in_step();
