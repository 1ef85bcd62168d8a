"""The lock that stands on everything only its writer can read."""

import reflex as rx

from gynergy_app.components.buttons import button
from gynergy_app.components.dialogs import closes, dialog, dialog_actions, opens
from gynergy_app.components.media import icon


def only_you(dialog_id: str = "only-you") -> rx.Component:
    """A button that says who could ever see this. Give another id when two stand on one page."""
    return rx.fragment(
        rx.el.button(icon("lock", 16), "Only you", type="button", class_name="lock", **opens(dialog_id)),
        dialog(
            rx.el.p(
                "Nobody else can read this. Not your cohort, not a moderator, not an admin: no page, export "
                "or log of GYNERGY shows it to them. Your cohort may see that you wrote, never what.",
                class_name="mt-2 text-ink-soft",
            ),
            dialog_actions(button("Close", **closes(dialog_id))),
            title="Only you",
            dialog_id=dialog_id,
            sheet=True,
        ),
    )
