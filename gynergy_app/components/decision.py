"""The dialog over a desk: what will follow, why it is done, and the button that does it."""

from typing import Any

import reflex as rx

from gynergy_app.components.buttons import button, submit
from gynergy_app.components.dialogs import closes, dialog, dialog_actions
from gynergy_app.components.forms import text_field
from gynergy_app.state.admin.deciding import DecidingState


def decision(state: type[DecidingState], *, on_submit: Any, dialog_id: str = "decision") -> rx.Component:
    asked = state.question
    form = rx.el.form(
        text_field(
            "Reason",
            "reason",
            field_id=f"{dialog_id}-reason",
            hint=asked.hint,
            error=state.problems.get("reason", ""),
            auto_complete="off",
        ),
        dialog_actions(
            button("Cancel", **closes(dialog_id)),
            rx.cond(asked.is_red, submit(asked.action, kind="danger"), submit(asked.action)),
        ),
        on_submit=on_submit,
        no_validate=True,
        class_name="mt-4",
    )
    return dialog(
        rx.el.p(asked.consequence, class_name="mt-2 text-ink-soft"),
        rx.cond(asked.act, form),
        title=asked.title,
        dialog_id=dialog_id,
        open=asked.act != "",
        on_close=state.leave,
        sheet=True,
        asks_before_leaving=True,
    )
