"""Asking again before what is remembered grows too old, so that nobody who keeps writing waits for it.

What is remembered is used no longer because of this: the answer only comes before it is needed.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from gynergy_app.services.sessions import recognising, remembered

log = logging.getLogger(__name__)

AGEING = remembered.MEMORY / 2
GATHERING = timedelta(milliseconds=250)
"""Whoever grows old within this time is asked about in one statement."""

_due: dict[bytes, datetime] = {}
_asking: asyncio.Task[None] | None = None


def look(token_hash: bytes, now: datetime) -> None:
    """Have this sign-in asked about soon, if what is remembered of it grows old."""
    global _asking
    if token_hash in _due or remembered.age(token_hash, now) < AGEING:
        return
    _due[token_hash] = now
    if _asking is None or _asking.done():
        _asking = asyncio.create_task(_ask_soon())


async def _ask_soon() -> None:
    await asyncio.sleep(GATHERING.total_seconds())
    asked, taken_at = dict(_due), remembered.moment()
    _due.clear()
    try:
        found = await recognising.ask(asked)
    except Exception:
        log.debug("Nobody could be asked about ahead of time.", exc_info=True)
        return
    for token_hash, now in asked.items():
        known = found.get(token_hash)
        if known is None:
            remembered.forget(token_hash)
        elif recognising.is_settled(known, now):
            remembered.keep(known.member, now, taken_at)
