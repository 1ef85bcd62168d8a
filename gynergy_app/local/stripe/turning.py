"""What time does to a subscription: a reminder, the end of a trial, a renewal, another try, the end."""

from gynergy_app.local.stripe import invoice_lines, invoices, periods, previews, subscriptions
from gynergy_app.local.stripe.account import Account, Object, hidden

REMINDER_DAYS = 3
ANNOUNCED_DAYS = 7
"""How long before a renewal its invoice is announced."""
_MOST_TURNS = 100


async def turn(account: Account, subscription: Object) -> Object:
    """Let everything happen that is due by now, in its order."""
    for _ in range(_MOST_TURNS):
        if not await _one_turn(account, subscription):
            break
    return subscription


async def slide(account: Account, subscription: Object, seconds: int) -> Object:
    """Let this much time have passed for one subscription: everything it waits for is that much nearer."""
    item = subscriptions.item_of(subscription)
    end, start = item["current_period_end"] - seconds, item["current_period_start"] - seconds
    moments = {
        name: subscription[name] - seconds
        for name in ("cancel_at", "canceled_at", "start_date", "trial_end", "trial_start")
        if subscription[name] is not None
    }
    for invoice in await subscriptions.open_invoices(account, subscription):
        if invoice["next_payment_attempt"]:
            await account.change(invoice, next_payment_attempt=invoice["next_payment_attempt"] - seconds)
    items = subscriptions.with_item(subscription, current_period_end=end, current_period_start=start)
    return await account.change(subscription, items=items, billing_cycle_anchor=end, **moments)


async def next_moment(account: Account, subscription: Object) -> int:
    """When something happens to it next, a reminder aside."""
    moments = [subscriptions.item_of(subscription)["current_period_end"]]
    if subscription["status"] == "past_due":
        for invoice in await subscriptions.open_invoices(account, subscription):
            moments.append(invoice["next_payment_attempt"] or moments[0])
    if subscription["cancel_at"] is not None:
        moments.append(subscription["cancel_at"])
    return min(moments)


async def retry(account: Account, subscription: Object, invoice: Object) -> Object:
    """Try to be paid once more. After the last try nobody waits any longer."""
    customer = await account.get(subscription["customer"], "customer")
    method = await invoices.method_for(account, customer, subscription)
    await invoices.collect(account, invoice, method)
    if invoice["status"] == "paid":
        return await account.change(subscription, "customer.subscription.updated", status="active")
    if invoice["next_payment_attempt"] is None and invoice["attempted"]:
        return await subscriptions.end(account, subscription, "payment_failed")
    return subscription


async def end_trial(account: Account, subscription: Object) -> Object:
    customer = await account.get(subscription["customer"], "customer")
    if await invoices.method_for(account, customer, subscription) is None:
        match subscription["trial_settings"]["end_behavior"]["missing_payment_method"]:
            case "cancel":
                return await subscriptions.end(account, subscription, "payment_failed")
            case "pause":
                events = ("customer.subscription.updated", "customer.subscription.paused")
                return await account.change(subscription, *events, status="paused")
    return await renew(account, subscription)


async def renew(account: Account, subscription: Object) -> Object:
    """The next stretch begins, paid or not; whether it is paid decides between active and past due."""
    customer = await account.get(subscription["customer"], "customer")
    item = subscriptions.item_of(subscription)
    recurring, start = item["price"]["recurring"], item["current_period_end"]
    end = periods.following(
        subscription["billing_cycle_anchor"], start, recurring["interval"], recurring["interval_count"]
    )
    items = subscriptions.with_item(subscription, current_period_start=start, current_period_end=end)
    await account.change(subscription, "customer.subscription.updated", items=items, status="active")
    amount = item["price"]["unit_amount"] * item["quantity"]
    what = await subscriptions.described(account, item["price"])
    line = invoice_lines.of_subscription(subscription, amount, what, start, end)
    return await charge(account, customer, subscription, [line], "subscription_cycle")


async def charge(
    account: Account, customer: Object, subscription: Object, lines: list[Object], reason: str
) -> Object:
    """Bill these lines and try to be paid."""
    method = await invoices.method_for(account, customer, subscription)
    invoice = await subscriptions.bill(account, customer, subscription, lines, reason)
    await invoices.collect(account, invoice, method)
    is_owed = invoice["status"] == "open" and not await invoices.is_processing(account, invoice)
    events = ("customer.subscription.updated",) if is_owed else ()
    status = "past_due" if is_owed else subscription["status"]
    return await account.change(subscription, *events, latest_invoice=invoice["id"], status=status)


async def _one_turn(account: Account, subscription: Object) -> bool:
    now, status = account.now, subscription["status"]
    if status not in ("trialing", "active", "past_due"):
        return False
    if subscription["cancel_at"] is not None and subscription["cancel_at"] <= now:
        await subscriptions.end(account, subscription, "cancellation_requested")
    elif status == "trialing" and subscription["trial_end"] <= now:
        await end_trial(account, subscription)
    elif status == "trialing" and _wants_reminder(account, subscription):
        await account.tell("customer.subscription.trial_will_end", subscription)
        await account.remember(subscription, reminded=True)
    elif status == "past_due" and (owed := await _to_retry(account, subscription)):
        await retry(account, subscription, owed)
    elif subscriptions.item_of(subscription)["current_period_end"] <= now:
        await renew(account, subscription)
    elif status == "active" and _wants_announcement(account, subscription):
        await account.tell("invoice.upcoming", await previews.upcoming(account, subscription))
        await account.remember(subscription, announced_after=subscription["latest_invoice"])
    else:
        return False
    return True


def _wants_reminder(account: Account, subscription: Object) -> bool:
    is_near = subscription["trial_end"] - REMINDER_DAYS * subscriptions.DAY <= account.now
    return is_near and not hidden(subscription, "reminded")


def _wants_announcement(account: Account, subscription: Object) -> bool:
    """Once for each invoice to come; none comes after the end."""
    end = subscriptions.item_of(subscription)["current_period_end"]
    is_near = end - ANNOUNCED_DAYS * subscriptions.DAY <= account.now
    is_told = hidden(subscription, "announced_after") == subscription["latest_invoice"]
    return is_near and not is_told and subscription["cancel_at"] is None


async def _to_retry(account: Account, subscription: Object) -> Object | None:
    found = await subscriptions.open_invoices(account, subscription)
    return next(
        (each for each in found if (each["next_payment_attempt"] or account.now + 1) <= account.now), None
    )
