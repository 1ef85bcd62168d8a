create or replace trigger announce_post
    after insert on public.community_posts
    for each row execute function private.announce_post();

create or replace trigger forget_reports
    after delete on public.community_posts
    for each row execute function private.forget_reports();
