"""The operator page: time, banks, trouble, and the post. Whoever tries the product out plays fate here."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gynergy_app.local.auth.database import list_rows
from gynergy_app.local.stripe import deliveries, faults, operating
from gynergy_app.local.stripe.account import WITHHOLDING, Account
from gynergy_app.local.stripe.errors import Invalid, StripeError
from gynergy_app.local.stripe.pages.drawing import at_work, page

SHOWN = 25
EVENTS_SHOWN = 60
_KINDS = {
    "checkouts": "checkout.session",
    "payments": "payment_intent",
    "charges": "charge",
    "refunds": "refund",
    "disputes": "dispute",
    "subscriptions": "subscription",
}


async def show(request: Request) -> Response:
    async with at_work(request) as account:
        return await _page(account)


async def act(request: Request) -> Response:
    """A button beside something."""
    path, form = request.path_params, await request.form()
    kind = _KINDS.get(path["kind"])
    return await _done(request, lambda account: _act(account, kind, path, _words(form)), path["kind"])


async def post(request: Request) -> Response:
    """A button beside an event."""
    event_id, name = request.path_params["id"], request.path_params["name"]
    return await _done(request, lambda account: _EVENT_BUTTONS[name](account, event_id), "events")


async def post_all(request: Request) -> Response:
    return await _done(request, _POST_BUTTONS[request.path_params["name"]], "events")


async def trouble(request: Request) -> Response:
    form = await request.form()
    return await _done(request, lambda account: _trouble(account, _words(form)), "trouble")


async def clock(request: Request) -> Response:
    form = await request.form()
    days = int(str(form.get("days") or 1))
    return await _done(request, lambda account: operating.pass_days(account, days), "clock")


async def _done(request: Request, work: Callable[[Account], Awaitable[None]], section: str) -> Response:
    try:
        async with at_work(request) as account:
            await work(account)
    except (StripeError, KeyError, ValueError) as problem:
        said = (
            problem.body["error"]["message"]
            if isinstance(problem, StripeError)
            else "There is no such button."
        )
        async with at_work(request) as account:
            return await _page(account, said, 400)
    return RedirectResponse(f"/operator#{section}", 303)


async def _act(account: Account, kind: str | None, path: dict[str, str], form: dict[str, str]) -> None:
    if kind is None:
        raise Invalid("There is nothing of this kind.")
    await operating.act(account, kind, path["id"], path["name"], form)


async def _trouble(account: Account, form: dict[str, str]) -> None:
    await account.db.execute("delete from stripe_peer.faults where remaining = 0 or %s", ("clear" in form,))
    if form.get("kind") in faults.KINDS:
        await account.db.execute(
            "insert into stripe_peer.faults (kind, remaining) values (%s, %s)",
            (form["kind"], int(form.get("count") or 1)),
        )


async def _page(account: Account, problem: str = "", status: int = 200) -> Response:
    things = {name: (await account.all(kind))[:SHOWN] for name, kind in _KINDS.items()}
    waiting = "select kind, remaining from stripe_peer.faults where remaining > 0 order by number"
    return page(
        "operator",
        status,
        problem=problem,
        states=operating.STATES,
        fault_kinds=faults.KINDS,
        faults=await list_rows(account.db, waiting),
        is_withholding=await account.is_on(WITHHOLDING),
        events=await deliveries.newest(account, EVENTS_SHOWN),
        **things,
    )


def _words(form: FormData) -> dict[str, str]:
    return {name: str(value) for name, value in form.items()}


async def _withhold_all(account: Account) -> None:
    await account.turn(WITHHOLDING, on=True)


async def _resume(account: Account) -> None:
    await account.turn(WITHHOLDING, on=False)


_EVENT_BUTTONS = {
    "again": deliveries.again,
    "withhold": deliveries.withhold,
    "release": deliveries.release,
}
_POST_BUTTONS: dict[str, Callable[[Account], Awaitable[None]]] = {
    "withhold": _withhold_all,
    "resume": _resume,
    **{
        order: lambda account, order=order: deliveries.release_all(account, order)
        for order in deliveries.ORDERS
    },
}
