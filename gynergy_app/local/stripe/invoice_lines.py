"""What stands on an invoice, and what each line owes to a discount."""

from typing import Any

from gynergy_app.local.stripe import ids
from gynergy_app.local.stripe.account import Object
from gynergy_app.local.stripe.blanks import blank


def of_checkout(item: Object, now: int) -> Object:
    """A line for something bought once."""
    line = _line(item["price"], item["amount_subtotal"], item["description"], now, now, item["quantity"])
    details = {
        "invoice_item": f"ii_{line['id'][3:]}",
        "proration": False,
        "proration_details": None,
        "subscription": None,
    }
    line["parent"] = {
        "type": "invoice_item_details", "invoice_item_details": details, "subscription_item_details": None,
    }  # fmt: skip
    return line


def of_subscription(
    subscription: Object,
    amount: int,
    what: str,
    start: int,
    end: int,
    *,
    is_proration: bool = False,
    price: Object | None = None,
) -> Object:
    """A line for a stretch of a subscription; a credit is negative."""
    item = subscription["items"]["data"][0]
    line = _line(price or item["price"], amount, what, start, end, item["quantity"])
    details = {
        "invoice_item": None, "proration": is_proration, "proration_details": {"credited_items": None},
        "subscription": subscription["id"], "subscription_item": item["id"],
    }  # fmt: skip
    line["subscription"] = subscription["id"]
    line["parent"] = {
        "type": "subscription_item_details", "invoice_item_details": None,
        "subscription_item_details": details,
    }  # fmt: skip
    return line


def discounted(lines: list[Object], discount: Object | None, amount: int) -> list[Object]:
    """Spread `amount` over the lines, first come first served."""
    for line in lines:
        taken = max(0, min(amount, line["amount"]))
        amount -= taken
        line["discount_amounts"] = (
            [{"amount": taken, "discount": discount["id"]}] if discount and taken else []
        )
        line["discounts"] = [discount["id"]] if discount and taken else []
    return lines


def less(lines: list[Object]) -> int:
    return sum(each["amount"] for line in lines for each in line["discount_amounts"])


def _line(price: Object, amount: int, what: str, start: int, end: int, quantity: int) -> Object:
    pricing: dict[str, Any] = {
        "price_details": {"price": price["id"], "product": price["product"]}, "type": "price_details",
        "unit_amount_decimal": price["unit_amount_decimal"],
    }  # fmt: skip
    return blank(
        "InvoiceLineItem", id=ids.new("line_item"), object="line_item", amount=amount, currency="usd",
        description=what, discount_amounts=[], discountable=True, discounts=[], livemode=False, metadata={},
        period={"start": start, "end": end}, pretax_credit_amounts=[], pricing=pricing, quantity=quantity,
        subtotal=amount, taxes=[],
    )  # fmt: skip
