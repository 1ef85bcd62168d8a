"""The dialog in which a phase of a program is worded."""

import reflex as rx

from gynergy_app.components.buttons import button, submit
from gynergy_app.components.dialogs import closes, dialog, dialog_actions
from gynergy_app.components.forms import text_area, text_field
from gynergy_app.state.admin.phases import PhaseState

DIALOG = "phase"


def phase_editor() -> rx.Component:
    form = rx.el.form(
        _text("Name", "name"),
        _text("Subtitle", "subtitle"),
        text_area(
            "Description",
            "description",
            field_id="phase-description",
            value=PhaseState.typed.get("description", ""),
            error=PhaseState.problems.get("description", ""),
            rows=3,
        ),
        dialog_actions(button("Cancel", **closes(DIALOG)), submit("Save")),
        on_submit=PhaseState.save,
        no_validate=True,
        class_name="mt-4 grid gap-4",
    )
    return dialog(
        rx.el.p("Its nine days stay: rings and milestones follow them.", class_name="mt-2 text-ink-soft"),
        rx.cond(PhaseState.order > 0, form),
        title=PhaseState.title,
        dialog_id=DIALOG,
        open=PhaseState.order > 0,
        on_close=PhaseState.close,
        sheet=True,
        wide=True,
        asks_before_leaving=True,
    )


def _text(label: str, name: str) -> rx.Component:
    return text_field(
        label,
        name,
        field_id=f"phase-{name}",
        value=PhaseState.typed.get(name, ""),
        error=PhaseState.problems.get(name, ""),
        auto_complete="off",
    )
