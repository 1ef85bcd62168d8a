"""The dialogs beside a member's name: a few words to send, what they brought, and blocking."""

from typing import Any, cast

import reflex as rx

from gynergy_app.components.buttons import button, submit
from gynergy_app.components.celebration import unlocked
from gynergy_app.components.dialogs import closes, confirmation, dialog, dialog_actions
from gynergy_app.components.forms import problem, text_area
from gynergy_app.components.forms.inputs import ChoiceInput
from gynergy_app.domain.encouragements import LONGEST, READY, EncouragementKind
from gynergy_app.state.cohorts.blocking import BlockingState
from gynergy_app.state.cohorts.encouraging import EncouragingState

ENCOURAGE, BLOCK, BROUGHT = "encourage", "block", "brought"


def encouraging() -> rx.Component:
    state = EncouragingState
    return dialog(
        rx.cond(
            state.name,
            rx.el.form(
                rx.el.fieldset(
                    rx.el.legend("What would you like to say?", class_name="label"),
                    *[_choice(kind.value, f"“{words}”") for kind, words in READY.items()],
                    _choice(EncouragementKind.custom.value, "In my own words"),
                    problem(state.problems["kind"], "kind"),
                    aria_describedby="kind-error",
                ),
                rx.el.div(_own_words(), hidden=state.kind != EncouragementKind.custom.value),
                rx.el.p(state.refusal, role="alert", class_name="error"),
                rx.el.p("It comes with your name, and only the two of you can read it.", class_name="meta"),
                dialog_actions(button("Cancel", **closes(ENCOURAGE)), submit("Send")),
                on_submit=state.send,
                no_validate=True,
                class_name="mt-4 grid gap-3",
            ),
        ),
        title=f"A few words to {state.name}",
        dialog_id=ENCOURAGE,
        open=state.name != "",
        on_close=state.close,
        sheet=True,
        asks_before_leaving=True,
    )


def _choice(value: str, words: str) -> rx.Component:
    return rx.el.label(
        ChoiceInput.create(
            type="radio",
            name="kind",
            value=value,
            checked=EncouragingState.kind == value,
            on_choose=EncouragingState.choose,
        ),
        rx.el.span(words),
        class_name="check",
    )


def _own_words() -> rx.Component:
    return text_area(
        "Your words",
        "own",
        rows=3,
        hint=f"Up to {LONGEST} characters.",
        error=EncouragingState.problems["own"],
    )


def brought() -> rx.Component:
    """A badge that came with what was sent."""
    return dialog(
        rx.el.p("Your words are on their way.", class_name="meta mt-1"),
        rx.el.div(rx.foreach(EncouragingState.badges, unlocked), class_name="unlocked-all brought"),
        dialog_actions(button("Close", kind="primary", **closes(BROUGHT))),
        title="Sent",
        dialog_id=BROUGHT,
        open=cast(Any, EncouragingState.badges).length() > 0,
        on_close=EncouragingState.put_away,
        sheet=True,
    )


def blocking() -> rx.Component:
    name = BlockingState.name
    return confirmation(
        dialog_id=BLOCK,
        title=f"Block {name}?",
        consequence=(
            f"You and {name} do not see each other among the members, and neither can send the other words. "
            "What has come from there is not shown to you. On the leaderboard both names stay. "
            "Nobody is told, and you can take it back in your preferences."
        ),
        action="Block",
        keep="Leave it",
        open=name != "",
        on_close=BlockingState.close,
        on_click=BlockingState.block,
    )
