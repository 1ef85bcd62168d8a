"""For a page whose answer is being made elsewhere."""

import reflex as rx

from gynergy_app.components.scripts import script


class Waiting(rx.Component):
    """While `is_waiting`, `on_look` is asked every `seconds` (2), but not by a page in the background."""

    library = script("waiting.jsx", __name__)
    tag = "Waiting"

    is_waiting: rx.Var[bool]
    seconds: rx.Var[int]
    on_look: rx.EventHandler[rx.event.no_args_event_spec]
