"""What is for sale, and the codes that make it cheaper. Here from the first start."""

from typing import Any

from gynergy_app.local.stripe import ids, promotions
from gynergy_app.local.stripe.account import Account, Object, merged_metadata
from gynergy_app.local.stripe.blanks import blank
from gynergy_app.local.stripe.errors import Invalid

CHALLENGE, JOURNAL = "prod_practiceChallenge", "prod_practiceJournal"
_PRODUCTS = {
    CHALLENGE: ("The 45-day challenge", "One session of 45 days, with a cohort, and two friend codes."),
    JOURNAL: ("The journal", "Your own practice, for as long as you subscribe."),
}
_PRICES = (
    ("challenge", CHALLENGE, 99_700, None),
    ("journal_month", JOURNAL, 3_995, "month"),
    ("journal_year", JOURNAL, 39_900, "year"),
)
_CODES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("TENOFF", {"percent_off": 10.0, "name": "Ten percent off"}),
    ("FIFTYOFF", {"amount_off": 5_000, "currency": "usd", "name": "50 dollars off"}),
    ("GIFT", {"percent_off": 100.0, "name": "A gift"}),
)


async def stock(account: Account) -> None:
    """Put everything on the shelves that is not there yet, without a word to anybody."""
    for product_id, (name, description) in _PRODUCTS.items():
        if await account.find(product_id) is None:
            await account.add(_product(account, product_id, name, description))
    for lookup_key, product_id, amount, interval in _PRICES:
        price_id = f"price_practice_{lookup_key}"
        if await account.find(price_id) is None:
            await account.add(_price(account, price_id, lookup_key, product_id, amount, interval))
    for code, coupon in _CODES:
        if await account.find(f"promo_practice_{code}") is None:
            await promotions.stock(account, code, coupon)


async def create_price(account: Account, said: dict[str, Any]) -> Object:
    """A price keeps its amount. A new one takes over the lookup key of an old one when it is told to."""
    if "product" not in said or "unit_amount" not in said or said["currency"] != "usd":
        raise Invalid("The local payment server takes a product, an amount, and dollars.", "product")
    await account.get(said["product"], "product", "product")
    key, recurring = said.get("lookup_key"), said.get("recurring", {})
    for holder in await account.all("price", lookup_key=key) if key else []:
        if not said.get("transfer_lookup_key"):
            raise Invalid("A price already uses that lookup key.", "lookup_key")
        await account.change(holder, "price.updated", lookup_key=None)
    price = _price(
        account, ids.new("price"), key, said["product"], said["unit_amount"], recurring.get("interval")
    )
    return await account.add(price, "price.created")


async def update_price(account: Account, price: Object, said: dict[str, Any]) -> Object:
    return await account.change(price, "price.updated", **_changed(price, said, ("active", "nickname")))


async def update_product(account: Account, product: Object, said: dict[str, Any]) -> Object:
    changed = _changed(product, said, ("active", "description", "name"))
    return await account.change(product, "product.updated", updated=account.now, **changed)


def _changed(thing: Object, said: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    if unknown := said.keys() - {*names, "metadata"}:
        raise Invalid(f"The local payment server does not change `{min(unknown)}`.", min(unknown))
    changed = {name: said[name] for name in names if name in said}
    if "metadata" in said:
        changed["metadata"] = merged_metadata(thing["metadata"], said["metadata"])
    return changed


def _product(account: Account, product_id: str, name: str, description: str) -> Object:
    return blank(
        "Product", id=product_id, object="product", active=True, created=account.now, description=description,
        images=[], livemode=False, marketing_features=[], metadata={}, name=name, type="service",
        updated=account.now, default_price=None,
    )  # fmt: skip


def _price(
    account: Account,
    price_id: str,
    lookup_key: str | None,
    product_id: str,
    amount: int,
    interval: str | None,
) -> Object:
    recurring = {
        "interval": interval,
        "interval_count": 1,
        "meter": None,
        "trial_period_days": None,
        "usage_type": "licensed",
    }
    return blank(
        "Price", id=price_id, object="price", active=True, billing_scheme="per_unit", created=account.now,
        currency="usd", livemode=False, lookup_key=lookup_key, metadata={}, product=product_id,
        recurring=recurring if interval else None, tax_behavior="unspecified",
        type="recurring" if interval else "one_time", unit_amount=amount, unit_amount_decimal=str(amount),
    )  # fmt: skip
