"""Places: bought, given by a friend, refunded; the seats kept for them, and what they open.

    begin ─► attach ─► (paid at Stripe) ─► complete ─► codes and access, by the database's trigger
                                             │  └────► a place in the session, points for whoever invited
                                             └ guest ► claim, when she signs in with that address

Whatever is told twice, late or out of order leads to the same rows: each step asks how things are, under a
lock, before it does anything. Locks are taken in one order: the member's practice, the session, the purchase.
"""
