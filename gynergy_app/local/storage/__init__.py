"""Supabase Storage, as far as this product speaks to it: files in private buckets, owned by folder.

The bytes lie under `var/media`; rows in `storage.objects` say whose they are. Every question is asked under
the caller's own role, so the policies decide here exactly as they do on Supabase.
"""
