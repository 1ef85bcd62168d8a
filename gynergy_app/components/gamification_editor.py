"""The dialog of the gamification desk: a badge, a band, a value, points by hand."""

import reflex as rx

from gynergy_app.components.buttons import button, submit
from gynergy_app.components.dialogs import closes, dialog, dialog_actions
from gynergy_app.components.feedback import note
from gynergy_app.components.forms import checkbox, email_field, select_field, text_field
from gynergy_app.components.seal import SIGNS
from gynergy_app.state.admin.gamification import PRICED_NAMES
from gynergy_app.state.admin.gamification_acts import TAKE_BACK, WITHDRAW, GamificationActState

DIALOG = "gamification"


def gamification_editor() -> rx.Component:
    acts = GamificationActState
    fields = rx.match(
        acts.kind,
        ("badge", _badge()),
        ("band", _band()),
        ("value", _value()),
        ("award", _award()),
        ("take_back", _taking_back()),
        ("withdraw", rx.el.p("The value before it holds on.", class_name="text-ink-soft")),
        rx.fragment(),
    )
    takes = (acts.kind == TAKE_BACK) | (acts.kind == WITHDRAW)
    form = rx.el.form(
        fields,
        dialog_actions(
            button("Cancel", **closes(DIALOG)),
            rx.cond(takes, submit("Take back", kind="danger"), submit("Save")),
        ),
        on_submit=acts.save,
        no_validate=True,
        class_name="mt-4 grid gap-4",
    )
    return dialog(
        rx.cond(acts.kind, form),
        title=acts.title,
        dialog_id=DIALOG,
        open=acts.kind != "",
        on_close=acts.close,
        sheet=True,
        wide=True,
        asks_before_leaving=True,
    )


def _text(label: str, name: str, **props) -> rx.Component:
    return text_field(
        label,
        name,
        field_id=f"desk-{name}",
        value=GamificationActState.typed.get(name, ""),
        error=GamificationActState.problems.get(name, ""),
        auto_complete="off",
        **props,
    )


def _tick(label: str, name: str) -> rx.Component:
    return checkbox(label, name, checked=GamificationActState.typed.get(name, "") != "")


def _select(label: str, name: str, options: list[tuple[str, str]]) -> rx.Component:
    return select_field(
        label,
        name,
        options,
        field_id=f"desk-{name}",
        value=GamificationActState.typed.get(name, ""),
        error=GamificationActState.problems.get(name, ""),
    )


def _badge() -> rx.Component:
    signs = [(sign, sign.replace("-", " ").capitalize()) for sign in SIGNS]
    return rx.fragment(
        note("It takes:", GamificationActState.words),
        _text("Name", "name"),
        _text("Description", "description", hint="For whoever keeps the desk. Members read what it takes."),
        rx.el.div(
            _select("Sign", "icon", signs),
            _text("Points", "points_reward", input_mode="numeric", hint="For whoever earns it from now on."),
            class_name="two-col",
        ),
        _text("Place on the shelf", "sort_order", input_mode="numeric"),
        _tick("Hidden until it is earned", "is_hidden"),
    )


def _band() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "For pages finished from now on. Rows in a ledger keep what they were given by.",
            class_name="text-ink-soft",
        ),
        rx.el.div(
            _text("From a streak of", "shortest", input_mode="numeric", hint="In days."),
            _text("To a streak of", "longest", input_mode="numeric", hint="Empty: no end."),
            class_name="two-col",
        ),
        _text("Multiplies by", "multiplier", input_mode="decimal", hint="From 1 to 9.99."),
        _tick("Switched on", "is_active"),
    )


def _value() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "It holds for pages of that day and later, until the next value. What is in a ledger stays. "
            "What is added is never multiplied; 0 adds nothing.",
            class_name="text-ink-soft",
        ),
        _select("For", "activity", [("", "Please choose"), *PRICED_NAMES]),
        rx.el.div(
            _text("Points", "points", input_mode="numeric"),
            _text("Effective from", "effective_on", type="date"),
            class_name="two-col",
        ),
    )


def _award() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "One row in the ledger of one member, with the reason. She sees both, and is told by the bell.",
            class_name="text-ink-soft",
        ),
        email_field(
            "E-mail",
            "email",
            field_id="desk-email",
            value=GamificationActState.typed.get("email", ""),
            error=GamificationActState.problems.get("email", ""),
            auto_complete="off",
        ),
        _text("Points", "points", hint="With a minus they are taken off."),
        _text("Reason", "reason", hint="She reads it, and the record keeps it."),
    )


def _taking_back() -> rx.Component:
    return rx.fragment(
        rx.el.p("A second row reverses the first. Both stay in the ledger.", class_name="text-ink-soft"),
        _text("Reason", "reason", hint="She reads it, and the record keeps it."),
    )
