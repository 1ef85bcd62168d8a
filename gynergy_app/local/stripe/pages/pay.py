"""The pay page: what is bought, and five ways to go on, none of which touches a card."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gynergy_app.local.stripe import checkouts, methods, paying
from gynergy_app.local.stripe.account import Account, Object, hidden
from gynergy_app.local.stripe.pages.drawing import at_work, message, page
from gynergy_app.local.stripe.promotions import NotValid

_KIND = "checkout.session"
_BEHAVIOURS = {
    "pay": methods.PAYS, "decline": methods.DECLINES, "debit": methods.SETTLES_LATER, "without": None,
}  # fmt: skip
DECLINED = "The card was declined. Nothing was charged; another one may work."


async def show(request: Request) -> Response:
    async with at_work(request) as account:
        session = await _living(account, request.path_params["id"])
        return _page(session, FormData()) if session else _nothing()


async def press(request: Request) -> Response:
    form = await request.form()
    async with at_work(request) as account:
        session = await _living(account, request.path_params["id"])
        if session is None:
            return _nothing()
        if session["status"] != "open":
            return _page(session, form)
        if form.get("press") == "code":
            return await _use_code(account, session, form)
        return await _pay(account, session, form)


async def recover(request: Request) -> Response:
    """The link in a letter to somebody who was too late."""
    async with at_work(request) as account:
        session = await account.find(request.path_params["id"], _KIND)
        recovery = ((session or {}).get("after_expiration") or {}).get("recovery") or {}
        if session is None or not str(recovery.get("url")).endswith(request.path_params["secret"]):
            return _nothing()
        if recovery["expires_at"] <= account.now:
            return message("Too late", "This link was good for 30 days. Nothing was charged.", 410)
        fresh = await checkouts.recover(account, session)
        return RedirectResponse(fresh["url"], 303)


async def _living(account: Account, session_id: str) -> Object | None:
    session = await account.find(session_id, _KIND)
    if session and session["status"] == "open" and session["expires_at"] <= account.now:
        return await checkouts.expire(account, session)
    return session


async def _use_code(account: Account, session: Object, form: FormData) -> Response:
    try:
        session = await checkouts.use_code(account, session, str(form.get("code", "")))
    except NotValid as problem:
        return _page(session, form, code_problem=str(problem))
    return _page(session, form)


async def _pay(account: Account, session: Object, form: FormData) -> Response:
    try:
        filled = paying.Filled(
            _BEHAVIOURS[str(form.get("press"))],
            str(form.get("email", "")),
            str(form.get("name", "")).strip(),
            form.get("agrees") == "yes",
        )
        session = await paying.submit(account, session, filled)
    except KeyError:
        return _page(session, form, problem="Please choose one of the buttons.")
    except paying.CannotPay as problem:
        return _page(session, form, problem=str(problem))
    if session["status"] == "open":
        return _page(session, form, problem=DECLINED)
    return RedirectResponse(_way_on(session), 303)


def _page(session: Object, form: FormData, problem: str = "", code_problem: str = "") -> Response:
    if session["status"] == "complete":
        return message("Done", "This checkout is complete.", 200, _way_on(session), "Back to the site")
    if session["status"] == "expired":
        back = session["cancel_url"] or session["success_url"]
        return message(
            "Too late", "This checkout has expired. Nothing was charged.", 410, back, "Back to the site"
        )
    items = hidden(session, "line_items")
    return page(
        "pay",
        session=session,
        items=items,
        is_trial=checkouts.is_trial(session),
        needs_email=not session["customer"] and not session["customer_email"],
        email=(session["customer_details"] or {}).get("email") or "",
        needs_terms=(session["consent_collection"] or {}).get("terms_of_service") == "required",
        may_go_without_card=paying.may_go_without_card(session),
        code=str(form.get("code", "")) if code_problem or session["discounts"] else "",
        typed=form,
        problem=problem,
        code_problem=code_problem,
    )


def _way_on(session: Object) -> str:
    return session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])


def _nothing() -> Response:
    return message("Nothing here", "There is no such checkout.", 404)
