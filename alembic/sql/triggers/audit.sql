create or replace trigger append_only
    before update or delete on public.audit_log
    for each row execute function private.append_only();

create or replace trigger append_only_truncate
    before truncate on public.audit_log
    for each statement execute function private.append_only();
