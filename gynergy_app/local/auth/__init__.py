"""Supabase Auth, as far as this product speaks to it: the same paths, shapes, codes and tables.

The official client cannot tell the difference. Nothing here is imported by the application, which only knows
the address. Left out, and reported as absent by `/settings`: phones, external providers, SSO, passkeys.
"""
