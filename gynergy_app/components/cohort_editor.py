"""The dialog of a cohort: taking somebody in, what happens to a member, the cohort itself."""

import reflex as rx

from gynergy_app.components.buttons import button, submit
from gynergy_app.components.dialogs import closes, dialog, dialog_actions
from gynergy_app.components.forms import checkbox, email_field, select_field, text_area, text_field
from gynergy_app.components.forms.choices import ChoiceInput
from gynergy_app.state.admin.cohort_acts import DISMISS, MODERATE, MOVE, REMOVE, CohortActState

DIALOG = "cohort"


def cohort_editor() -> rx.Component:
    fields = rx.match(
        CohortActState.kind,
        ("add", _adding()),
        ("about", _about()),
        ("person", _person()),
        rx.fragment(),
    )
    red = submit("Take out", kind="danger")
    return dialog(
        rx.cond(
            CohortActState.kind,
            rx.el.form(
                fields,
                dialog_actions(
                    button("Cancel", **closes(DIALOG)),
                    rx.cond(CohortActState.act == REMOVE, red, submit("Save")),
                ),
                on_submit=CohortActState.save,
                no_validate=True,
                class_name="mt-4 grid gap-4",
            ),
        ),
        title=CohortActState.title,
        dialog_id=DIALOG,
        open=CohortActState.kind != "",
        on_close=CohortActState.close,
        sheet=True,
        wide=True,
        asks_before_leaving=True,
    )


def _error(name: str) -> str:
    return CohortActState.problems.get(name, "")


def _typed(name: str) -> str:
    return CohortActState.typed.get(name, "")


def _tick(label: str, name: str) -> rx.Component:
    return checkbox(label, name, checked=_typed(name) != "")


def _reason() -> rx.Component:
    return text_field(
        "Reason",
        "reason",
        field_id="cohort-reason",
        value=_typed("reason"),
        hint="Kept in the record, with your name.",
        error=_error("reason"),
        auto_complete="off",
    )


def _adding() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "Somebody who has signed up already. She takes one of the places and is told by the bell.",
            class_name="text-ink-soft",
        ),
        email_field(
            "E-mail",
            "email",
            field_id="cohort-email",
            value=_typed("email"),
            error=_error("email"),
            auto_complete="off",
        ),
        _reason(),
    )


def _about() -> rx.Component:
    return rx.fragment(
        text_area(
            "Description",
            "description",
            field_id="cohort-description",
            value=_typed("description"),
            error=_error("description"),
            rows=3,
        ),
        rx.cond(
            CohortActState.has_places,
            text_field(
                "Places",
                "places",
                field_id="cohort-places",
                value=_typed("places"),
                hint=CohortActState.taken,
                error=_error("places"),
                input_mode="numeric",
                auto_complete="off",
            ),
        ),
        checkbox(
            "Takes people in: offered to whoever chooses a start",
            "is_active",
            checked=_typed("is_active") != "",
        ),
        checkbox(
            "Public: the description stands beside that start", "is_public", checked=_typed("is_public") != ""
        ),
    )


def _act(value: str, words: str) -> rx.Component:
    return rx.el.label(
        ChoiceInput.create(
            type="radio",
            name="act",
            value=value,
            checked=CohortActState.act == value,
            on_choose=CohortActState.choose,
        ),
        rx.el.span(words),
        class_name="check",
    )


def _person() -> rx.Component:
    target = select_field(
        "To",
        "to",
        CohortActState.target_options,
        field_id="cohort-to",
        value=_typed("to"),
        hint="Cohorts that still take people in.",
        error=_error("to"),
    )
    return rx.fragment(
        rx.el.fieldset(
            rx.el.legend("What should happen", class_name="label"),
            rx.cond(
                CohortActState.is_moderator,
                _act(DISMISS, "No longer a moderator"),
                _act(MODERATE, "Make a moderator"),
            ),
            _act(MOVE, "Move to another cohort"),
            _act(REMOVE, "Take out of this cohort"),
        ),
        rx.el.p(CohortActState.consequence, role="status", class_name="text-ink-soft"),
        rx.cond(CohortActState.act == MOVE, target),
        _reason(),
    )
