"""What the operator page can make happen: time, banks, cards that fail, and somebody who cheats."""

from collections.abc import Awaitable, Callable, Mapping

from gynergy_app.local.stripe import (
    checkouts,
    disputes,
    invoices,
    methods,
    refunds,
    settling,
    subscriptions,
    turning,
)
from gynergy_app.local.stripe.account import Account, Object, hidden
from gynergy_app.local.stripe.blanks import blank
from gynergy_app.local.stripe.errors import Invalid
from gynergy_app.local.stripe.ids import new

Form = Mapping[str, str]
Action = Callable[[Account, Object, Form], Awaitable[object]]
STATES = (
    "active", "canceled", "incomplete", "incomplete_expired", "past_due", "paused", "trialing", "unpaid",
)  # fmt: skip


async def act(account: Account, kind: str, object_id: str, name: str, form: Form) -> None:
    """Raises `Invalid` or `Missing` for what cannot be done."""
    action = ACTIONS.get((kind, name))
    if action is None:
        raise Invalid(f"There is no button `{name}` for this.")
    await action(account, await account.get(object_id, kind), form)


async def pass_days(account: Account, days: int) -> None:
    """Let days pass for everything that waits for something."""
    seconds = days * subscriptions.DAY
    for session in await account.all("checkout.session", status="open"):
        await account.change(session, expires_at=session["expires_at"] - seconds)
        if session["expires_at"] <= account.now:
            await checkouts.expire(account, session)
    for intent in await account.all("payment_intent", status="processing"):
        await account.remember(intent, settles_at=hidden(intent, "settles_at") - seconds)
        if hidden(intent, "settles_at") <= account.now:
            await settling.settle(account, intent, holds=True)
    for subscription in await account.all("subscription"):
        if subscription["status"] not in subscriptions.ENDED:
            await turning.turn(account, await turning.slide(account, subscription, seconds))


async def _expire(account: Account, session: Object, form: Form) -> None:
    await checkouts.expire(account, session)


async def _tamper(account: Account, session: Object, form: Form) -> None:
    """As if somebody had found a way to pay less, in other money, or for another purchase."""
    match form.get("how"):
        case "currency":
            await account.change(session, currency="eur")
        case "metadata":
            wrong = dict.fromkeys(session["metadata"], "00000000-0000-0000-0000-000000000000")
            await account.change(session, metadata=wrong)
        case _:
            await account.change(session, amount_total=session["amount_total"] // 2)


async def _settle(account: Account, intent: Object, form: Form) -> None:
    _require(intent["status"] == "processing", "This payment waits for no bank.")
    await settling.settle(account, intent, holds=True)


async def _bounce(account: Account, intent: Object, form: Form) -> None:
    _require(intent["status"] == "processing", "This payment waits for no bank.")
    await settling.settle(account, intent, holds=False)


async def _refund(account: Account, charge: Object, form: Form) -> None:
    amount = {"amount": int(form["amount"])} if form.get("amount") else {}
    await refunds.create(account, {"charge": charge["id"], "reason": "requested_by_customer", **amount})


async def _warn(account: Account, charge: Object, form: Form) -> None:
    warning = blank(
        "radar.EarlyFraudWarning", id=f"issfr_{new('charge')[3:]}", object="radar.early_fraud_warning",
        actionable=True, charge=charge["id"], created=account.now, fraud_type="made_with_stolen_card",
        livemode=False, payment_intent=charge["payment_intent"],
    )  # fmt: skip
    await account.tell("radar.early_fraud_warning.created", warning)


async def _dispute(account: Account, charge: Object, form: Form) -> None:
    await disputes.open_for(account, charge, form.get("reason") or "fraudulent")


async def _win(account: Account, dispute: Object, form: Form) -> None:
    await disputes.close(account, dispute, won=True)


async def _lose(account: Account, dispute: Object, form: Form) -> None:
    await disputes.close(account, dispute, won=False)


async def _arrive(account: Account, refund: Object, form: Form) -> None:
    await refunds.settle(account, refund, arrives=True)


async def _fail_refund(account: Account, refund: Object, form: Form) -> None:
    _require(refund["status"] in ("pending", "succeeded"), "This refund is over.")
    # A bank may send money back long after it had arrived.
    await account.change(refund, status="pending")
    await refunds.settle(account, refund, arrives=False)


async def _remind(account: Account, subscription: Object, form: Form) -> None:
    """Three days before the end of a trial, or a week before a renewal."""
    is_trial, is_active = (subscription["status"] == each for each in ("trialing", "active"))
    _require(is_trial or is_active, "There is nothing to be reminded of.")
    days = turning.REMINDER_DAYS if is_trial else turning.ANNOUNCED_DAYS
    end = subscriptions.item_of(subscription)["current_period_end"]
    await _to(account, subscription, end - days * subscriptions.DAY)


async def _next(account: Account, subscription: Object, form: Form) -> None:
    """To whatever comes next: the end of a trial, a renewal, another try, the end."""
    await _to(account, subscription, await turning.next_moment(account, subscription))


async def _fail_next(account: Account, subscription: Object, form: Form) -> None:
    customer = await account.get(subscription["customer"], "customer")
    if method := await invoices.method_for(account, customer, subscription):
        await account.remember(method, behaviour=methods.DECLINES)
    await _next(account, subscription, form)


async def _days(account: Account, subscription: Object, form: Form) -> None:
    seconds = int(form.get("days") or 1) * subscriptions.DAY
    await turning.turn(account, await turning.slide(account, subscription, seconds))


async def _state(account: Account, subscription: Object, form: Form) -> None:
    """Any of the eight, as if it had come to that."""
    state = form.get("state", "")
    _require(state in STATES, "There is no such state.")
    if state == "canceled":
        await subscriptions.end(account, subscription, "cancellation_requested")
        return
    paused = ("customer.subscription.paused",) if state == "paused" else ()
    await account.change(subscription, "customer.subscription.updated", *paused, status=state)


async def _expire_card(account: Account, subscription: Object, form: Form) -> None:
    """Say that the card she pays by is about to expire."""
    customer = await account.get(subscription["customer"], "customer")
    method = await invoices.method_for(account, customer, subscription)
    if method is None or method["type"] != "card":
        raise Invalid("She does not pay by card.")
    known = {name: method["card"][name] for name in ("brand", "exp_month", "exp_year", "funding", "last4")}
    await account.tell(
        "customer.source.expiring",
        blank("Card", id=method["id"], object="card", customer=customer["id"], **known),
    )


async def _to(account: Account, subscription: Object, moment: int) -> None:
    ahead = max(0, moment - account.now)
    await turning.turn(account, await turning.slide(account, subscription, ahead))


def _require(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise Invalid(otherwise)


ACTIONS: dict[tuple[str, str], Action] = {
    ("checkout.session", "expire"): _expire,
    ("checkout.session", "tamper"): _tamper,
    ("payment_intent", "settle"): _settle,
    ("payment_intent", "bounce"): _bounce,
    ("charge", "refund"): _refund,
    ("charge", "dispute"): _dispute,
    ("charge", "warn"): _warn,
    ("refund", "arrive"): _arrive,
    ("refund", "fail"): _fail_refund,
    ("dispute", "win"): _win,
    ("dispute", "lose"): _lose,
    ("subscription", "remind"): _remind,
    ("subscription", "next"): _next,
    ("subscription", "fail"): _fail_next,
    ("subscription", "days"): _days,
    ("subscription", "state"): _state,
    ("subscription", "expire_card"): _expire_card,
}
