create or replace trigger limit_encouragements
    after insert on public.encouragements
    for each row execute function private.limit_encouragements();

create or replace trigger hush_blocked
    after insert on public.user_blocks
    for each row execute function private.hush_blocked();
