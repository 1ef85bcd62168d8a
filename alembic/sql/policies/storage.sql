-- Files. A member's lie in the folder named for her; the face she shows is seen by the people she shares a cohort with.
-- Supabase owns the tables: only policies of ours are stated here, nothing else is touched.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values (
    'media', 'media', false, 26214400,
    array['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'application/pdf']
)
on conflict (id) do update set allowed_mime_types = excluded.allowed_mime_types;

drop policy if exists "Members keep their own files" on storage.objects;
create policy "Members keep their own files" on storage.objects
    for all to authenticated
    using (bucket_id = 'media' and (storage.foldername(name))[1] = (select auth.uid())::text)
    with check (bucket_id = 'media' and (storage.foldername(name))[1] = (select auth.uid())::text);

drop policy if exists "Members see the faces of people they know" on storage.objects;
create policy "Members see the faces of people they know" on storage.objects
    for select to authenticated
    -- In its owner's folder: naming somebody else's picture as one's face must not open it.
    using (
        bucket_id = 'media'
        and (name, (storage.foldername(name))[1]) in (select profile_image, id::text from private.people_i_know())
    );

-- Archives: a member brings one and takes one away; the worker writes and clears them with its own key.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('archives', 'archives', false, 1073741824, array['application/zip'])
on conflict (id) do nothing;

drop policy if exists "Members read their own archives" on storage.objects;
create policy "Members read their own archives" on storage.objects
    for select to authenticated
    using (bucket_id = 'archives' and (storage.foldername(name))[1] = (select auth.uid())::text);

drop policy if exists "Members bring an archive" on storage.objects;
create policy "Members bring an archive" on storage.objects
    for insert to authenticated
    with check (bucket_id = 'archives' and (storage.foldername(name))[1] = (select auth.uid())::text);
