"""A device that shows another clock than the one the days are counted by: asked once, calmly."""

from typing import Any

import reflex as rx
from reflex.event import passthrough_event_spec

from gynergy_app.components.forms.fields import Text
from gynergy_app.components.media import icon
from gynergy_app.components.scripts import script
from gynergy_app.state.programs.zone import ZoneState


class DeviceZone(rx.Component):
    library = script("device_zone.jsx", __name__)
    tag = "DeviceZone"

    kept: rx.Var[str]
    on_look: rx.EventHandler[passthrough_event_spec(str, str)]


def zone_card() -> rx.Component:
    """Nothing while both clocks agree, or once she has decided about this one on this device."""
    asked = ZoneState.asked
    card = rx.el.section(
        rx.el.h2(asked.title, id="zone", class_name="heading"),
        rx.el.p(asked.words, class_name="measure mt-2"),
        rx.el.div(
            _choice("plane", asked.change_label, asked.change_words, ZoneState.change),
            _choice("house", asked.keep_label, asked.keep_words, ZoneState.keep),
            class_name="two-choices",
        ),
        rx.el.p(
            "Days already written stay as they are. Reminders come by the clock you choose.",
            class_name="meta mt-4",
        ),
        aria_labelledby="zone",
        class_name="card card-pad kind",
    )
    return rx.fragment(
        DeviceZone.create(kept=ZoneState.kept, on_look=ZoneState.look), rx.cond(asked.title, card)
    )


def _choice(symbol: str, label: Text, words: Text, does: Any) -> rx.Component:
    return rx.el.button(
        icon(symbol), rx.el.b(label), rx.el.span(words), type="button", on_click=does, class_name="choice"
    )
