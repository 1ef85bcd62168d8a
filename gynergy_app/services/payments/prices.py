"""What things cost: Stripe is asked by lookup key, and what it says is what is shown and charged.

An answer is kept for a few minutes in each process, and the last one stands while Stripe is away. Until the
first one has come, and on a page that is read without a script, the amounts of the settings are announced. An
event about prices makes the process that takes it in forget at once; others learn of it when their minutes
are over. What is bought names the price by its id, whose amount never changes.
"""

import asyncio
import logging
import time
from dataclasses import dataclass, field

from gynergy_app.domain.payments.offers import Offer, Sold
from gynergy_app.domain.payments.paying import Price
from gynergy_app.errors import GynergyError, Unavailable
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import Object, PaymentsUnavailable
from gynergy_app.settings import settings

log = logging.getLogger(__name__)

LIVES_SECONDS = 3 * 60
RESTS_SECONDS = 10
"""After an answer that did not come. Whoever opens a page meanwhile does not wait for the next one."""


class NotForSale(Unavailable):
    def __init__(self) -> None:
        super().__init__("This cannot be bought just now. You have not been charged.")


@dataclass
class _Memory:
    offers: dict[Sold, Offer] | None = None
    good_until: float = 0.0
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)


_memory = _Memory()


def announced() -> dict[Sold, Offer]:
    """What the settings say, for a page that nobody has asked Stripe for."""
    amounts = {
        Sold.challenge: settings.challenge_price_cents,
        Sold.journal_month: settings.journal_month_cents,
        Sold.journal_year: settings.journal_year_cents,
    }
    return {sold: Offer(sold, Price(cents)) for sold, cents in amounts.items()}


async def shown() -> dict[Sold, Offer]:
    """Every price, as well as it is known. What has no `price_id` cannot be bought just now."""
    try:
        known = await _known()
    except GynergyError:
        known = {}
    return announced() | known


async def charged(sold: Sold) -> Offer:
    """The price to be paid. Raises `NotForSale`, and `PaymentsUnavailable` when nobody has ever answered."""
    offer = (await _known()).get(sold)
    if offer is None:
        raise NotForSale
    return offer


def forget() -> None:
    """Ask again with the next question. While Stripe is away, what is known still stands."""
    _memory.good_until = 0.0


async def _known() -> dict[Sold, Offer]:
    if time.monotonic() >= _memory.good_until:
        async with _memory.one_at_a_time:
            if time.monotonic() >= _memory.good_until:
                await _ask()
    if _memory.offers is None:
        raise PaymentsUnavailable
    return _memory.offers


async def _ask() -> None:
    keys = _lookup_keys()
    try:
        found = await stripe_billing.prices(list(keys))
    except GynergyError:
        _memory.good_until = time.monotonic() + RESTS_SECONDS
        return
    _memory.offers = {keys[key]: _offer(keys[key], price) for key, price in found.items()}
    _memory.good_until = time.monotonic() + LIVES_SECONDS
    _compare(_memory.offers)


def _lookup_keys() -> dict[str, Sold]:
    return {
        settings.challenge_price: Sold.challenge,
        settings.journal_month_price: Sold.journal_month,
        settings.journal_year_price: Sold.journal_year,
    }


def _offer(sold: Sold, price: Object) -> Offer:
    return Offer(sold, Price(price["unit_amount"], price["currency"]), price["id"])


def _compare(offers: dict[Sold, Offer]) -> None:
    """Whoever runs this should know when a page says something else than Stripe charges."""
    for sold, told in announced().items():
        asked = offers.get(sold)
        if asked is None:
            log.error("Stripe has no active price for %s: it cannot be bought.", sold)
        elif asked.price != told.price:
            log.warning("%s is announced at %s and costs %s.", sold, told.words, asked.words)
