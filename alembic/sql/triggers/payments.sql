create or replace trigger create_friend_code_for_purchase
    after insert or update of status, user_id on public.purchases
    for each row execute function private.create_friend_code_for_purchase();

create or replace trigger keep_past_due_since
    before insert or update on public.subscriptions
    for each row execute function private.keep_past_due_since();

create or replace trigger follow_subscription
    after insert or update of status, user_id on public.subscriptions
    for each row execute function private.follow_subscription();

create or replace trigger follow_enrollment
    after insert or delete on public.session_enrollments
    for each row execute function private.follow_enrollment();

create or replace trigger follow_session
    after update of end_date, grace_period_end on public.book_sessions
    for each row execute function private.follow_session();

create or replace trigger announce_access
    after insert or update or delete on public.user_entitlements
    for each row execute function private.announce_access();

create or replace trigger announce_subscription
    after insert or update of status, user_id on public.subscriptions
    for each row execute function private.announce_access();
