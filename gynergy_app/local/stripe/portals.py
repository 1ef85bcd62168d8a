"""Portal sessions: a short-lived address where somebody looks after her subscription herself."""

from typing import Any

from gynergy_app.local.stripe import ids
from gynergy_app.local.stripe.account import Account, Object
from gynergy_app.local.stripe.blanks import blank
from gynergy_app.local.stripe.errors import Invalid

LIVES_SECONDS = 3_600
FLOWS = {
    "payment_method_update", "subscription_cancel", "subscription_update", "subscription_update_confirm",
}  # fmt: skip


async def create(account: Account, said: dict[str, Any]) -> Object:
    if "customer" not in said:
        raise Invalid("Missing required param: customer.", "customer", "parameter_missing")
    customer = await account.get(said["customer"], "customer", "customer")
    portal = blank(
        "billing_portal.Session", id=ids.new("billing_portal.session"), object="billing_portal.session",
        configuration="bpc_practice", created=account.now, customer=customer["id"], livemode=False,
        locale=said.get("locale"), return_url=said.get("return_url"),
        flow=await _flow(account, customer, said),
    )  # fmt: skip
    portal["url"] = f"{account.config.external_url}/p/session/{portal['id']}"
    return await account.add(portal)


def has_expired(account: Account, portal: Object) -> bool:
    return portal["created"] + LIVES_SECONDS < account.now


async def _flow(account: Account, customer: Object, said: dict[str, Any]) -> Object | None:
    wanted = said.get("flow_data")
    if wanted is None:
        return None
    if wanted["type"] not in FLOWS:
        raise Invalid(f"The local payment server has no flow `{wanted['type']}`.", "flow_data[type]")
    about = wanted.get(wanted["type"], {})
    if "subscription" in about:
        param = f"flow_data[{wanted['type']}][subscription]"
        subscription = await account.get(about["subscription"], "subscription", param)
        if subscription["customer"] != customer["id"]:
            raise Invalid("This subscription belongs to another customer.", param)
    elif wanted["type"] != "payment_method_update":
        raise Invalid(f"Missing required param: flow_data[{wanted['type']}].", f"flow_data[{wanted['type']}]")
    after = {"hosted_confirmation": None, "redirect": None, "type": "portal_homepage"}
    after |= wanted.get("after_completion", {})
    return blank("billing_portal.Session.Flow", type=wanted["type"], after_completion=after) | {
        wanted["type"]: _about(wanted["type"], about)
    }


def _about(kind: str, said: dict[str, Any]) -> Object | None:
    match kind:
        case "subscription_cancel":
            return {"retention": None, **said}
        case "subscription_update_confirm":
            return {"discounts": None, **said}
    return said or None
