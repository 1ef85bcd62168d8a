-- The product's own notes. Without the step-up they do not exist, whoever asks.

call private.protect('private.web_sessions');
grant select, insert, update, delete on private.web_sessions to anon, authenticated;

create policy "Only the product itself handles sign-ins" on private.web_sessions
    for all to anon, authenticated
    using ((select private.stepped_up()))
    with check ((select private.stepped_up()));


call private.protect('private.rate_limits');
grant select, insert, update, delete on private.rate_limits to anon, authenticated;

create policy "Only the product itself counts" on private.rate_limits
    for all to anon, authenticated
    using ((select private.stepped_up()))
    with check ((select private.stepped_up()));


call private.protect('private.point_total_counts');


-- Nobody but the owner, through `stepped_up()`.
call private.protect('private.step_up');
drop policy "The product itself does its work" on private.step_up;
revoke all on private.step_up from service_role;
