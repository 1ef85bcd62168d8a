-- Admins read what was done and by whom; they write only under their own name. Events are for jobs to follow up.

call private.protect('public.audit_log');
grant select, insert on public.audit_log to authenticated;

create policy "Admins read the record" on public.audit_log
    for select to authenticated
    using ((select private.is_admin()));

create policy "The product records what an admin did" on public.audit_log
    for insert to authenticated
    with check ((select private.stepped_up()) and actor_id = (select auth.uid()));


call private.protect('public.automation_events');
grant insert on public.automation_events to authenticated;

create policy "The product records what happened to a member" on public.automation_events
    for insert to authenticated
    with check ((select private.stepped_up()) and user_id = (select auth.uid()));
