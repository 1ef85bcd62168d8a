"""Reminders on a member's devices, and installing the product on one."""

import reflex as rx
from reflex.event import no_args_event_spec, passthrough_event_spec

from gynergy_app.components.buttons import text_button
from gynergy_app.components.scripts import script
from gynergy_app.state.accounts import DevicesState
from gynergy_app.state.accounts.devices import DeviceRow

script("installing.js", __name__)
"""Shared by the scripts below."""


class DeviceNotices(rx.Component):
    library = script("device_notices.jsx", __name__)
    tag = "DeviceNotices"

    application_key: rx.Var[str]
    is_here: rx.Var[bool]
    on_look: rx.EventHandler[passthrough_event_spec(str)]
    on_allow: rx.EventHandler[passthrough_event_spec(str, str, str)]
    on_stop: rx.EventHandler[no_args_event_spec]


class InstallOffer(rx.Component):
    library = script("install_offer.jsx", __name__)
    tag = "InstallOffer"


def this_device() -> rx.Component:
    return DeviceNotices.create(
        application_key=DevicesState.key,
        is_here=DevicesState.is_here,
        on_look=DevicesState.look,
        on_allow=DevicesState.add,
        on_stop=DevicesState.stop_here,
    )


def other_devices() -> rx.Component:
    """Named as browsers name themselves, each with a way out."""
    return rx.cond(
        DevicesState.has_others,
        rx.fragment(
            rx.el.h3("Other devices", class_name="label mt-4"),
            rx.el.ul(rx.foreach(DevicesState.others, _device), class_name="set"),
        ),
    )


def _device(row: DeviceRow) -> rx.Component:
    return rx.el.li(
        rx.el.div(rx.el.b(row.name), rx.el.p(row.since, class_name="meta")),
        text_button("Remove", aria_label=f"Remove {row.name}", on_click=DevicesState.remove(row.id)),
        class_name="set-row",
    )


def install_offer() -> rx.Component:
    return InstallOffer.create()
