"""Stripe, as far as this product speaks to it: the same paths, shapes, codes, events and signatures.

The official client cannot tell the difference, and nothing here is imported by the application, which only
knows the address. What a request may say is checked against the types of the installed client, and what is
answered is complete by them, so a newer client moves this server along. No card is charged, none asked for.

Everything is a JSON document in schema `stripe_peer`, changed in one transaction and told as signed events.
Left out: tax amounts, other currencies, Connect, meters, quotes, credit notes.
"""
