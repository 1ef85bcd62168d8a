-- Every table that says when it last changed, says it truthfully, whoever wrote.
do $$
declare
    kept record;
begin
    for kept in
        select c.oid::regclass as target
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
            and a.attname = 'updated_at' and not a.attisdropped
    loop
        execute format(
            'create or replace trigger touch_updated_at before update on %s'
            ' for each row execute function private.touch_updated_at()', kept.target
        );
    end loop;
end $$;
