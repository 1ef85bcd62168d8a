"""Words on this device that were never saved, where their page is closed."""

import reflex as rx

from gynergy_app.components.scripts import script
from gynergy_app.state.shell import ShellState

script("draft_store.js", __name__)

NAMES = {
    "morning": "Morning journal",
    "evening": "Evening journal",
    "weekly": "Weekly reflection",
    "action": "Gratitude action",
    "challenge": "Weekly challenge",
    "meditation": "Meditation",
    "missed": "A short page",
    "vision-highest-self": "Highest self",
    "vision-mantra": "Mantra",
    "vision-creed": "Creed",
    "vision-discovery": "Discovery",
    "life-map": "Life map",
    "post": "A post",
    "page": "A page",
}
"""By the kind that ends the address of a draft."""


class LeftOnDevice(rx.Component):
    library = script("left_on_device.jsx", __name__)
    tag = "LeftOnDevice"

    writer: rx.Var[str]
    names: rx.Var[dict[str, str]]
    title: rx.Var[str]
    words: rx.Var[str]


def left_on_device() -> rx.Component:
    """Nothing, where there are none."""
    return LeftOnDevice.create(
        writer=ShellState.member_id,
        names=NAMES,
        title="Words on this device",
        words="They were not saved before this closed. They stay here for thirty days after you wrote them.",
        class_name="card card-pad left-words",
    )
