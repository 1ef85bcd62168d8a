"""The parts of a writing page that live in the browser, so that words survive a lost line.

`DraftKeeper` stands around everything; the others find it by themselves. Each script beside this file is one
idea: `draft.js` what is being written, `draft_flight.js` what is on its way, `draft_hearing.js` what returns,
`draft_versions.js` versions meeting, `draft_store.js` what the device holds.
"""

from typing import Any

import reflex as rx
from reflex.event import passthrough_event_spec

from gynergy_app.components.buttons import spinner
from gynergy_app.components.media import icon
from gynergy_app.components.scripts import script
from gynergy_app.state.journaling.sheet import Sheet

SCRIPTS = (
    "draft.js",
    "draft_flight.js",
    "draft_hearing.js",
    "draft_merge.js",
    "draft_pace.js",
    "draft_refusals.js",
    "draft_store.js",
    "draft_versions.js",
    "draft_clash.jsx",
    "draft_keeper.jsx",
    "paper.jsx",
    "paper_fields.js",
    "question_steps.jsx",
    "step_history.js",
)
_libraries = {name: script(name, __name__) for name in SCRIPTS}


class DraftKeeper(rx.Component):
    """`sheet` is what the server has, `mode` what the page shows. Messages name page and attempt.

    `is_loaded` is Reflex's word that the page's ON_LOAD has run; until then a tab shows what it remembers.
    `refused_attempt` names the message that its writer was not allowed to send. While she `is_signed_out`,
    words wait as they do while the line is down.
    """

    library = _libraries["draft_keeper.jsx"]
    tag = "DraftKeeper"

    sheet: rx.Var[Sheet]
    mode: rx.Var[str]
    is_loaded: rx.Var[bool]
    stays_on_device: rx.Var[bool]
    refused_attempt: rx.Var[str]
    is_signed_out: rx.Var[bool]
    on_keep: rx.EventHandler[passthrough_event_spec(str, dict[str, str], int, str)]
    on_finish: rx.EventHandler[passthrough_event_spec(str, dict[str, str], int, str)]
    on_reopen: rx.EventHandler[passthrough_event_spec(str)]


class _SavedState(rx.Component):
    library = _libraries["draft_keeper.jsx"]
    tag = "SavedState"


class TypedElsewhere(rx.Component):
    """Shown while another tab holds words of this page that are not saved yet."""

    library = _libraries["draft_keeper.jsx"]
    tag = "TypedElsewhere"


class CarryOver(rx.Component):
    """A button that takes the words along to today's page."""

    library = _libraries["draft_keeper.jsx"]
    tag = "CarryOver"


class DraftClash(rx.Component):
    library = _libraries["draft_clash.jsx"]
    tag = "DraftClash"


class QuestionSteps(rx.Component):
    library = _libraries["question_steps.jsx"]
    tag = "QuestionSteps"

    titles: rx.Var[list[str]]
    has_choice: rx.Var[bool]


class PaceChoice(rx.Component):
    """One question at a time, or all of them: for pages with many."""

    library = _libraries["question_steps.jsx"]
    tag = "PaceChoice"


class StepName(rx.Component):
    library = _libraries["question_steps.jsx"]
    tag = "StepName"

    name: rx.Var[str]


class StepBar(rx.Component):
    library = _libraries["question_steps.jsx"]
    tag = "StepBar"


class Question(rx.Component):
    library = _libraries["question_steps.jsx"]
    tag = "Question"

    index: rx.Var[int]


class Paper(rx.Component):
    library = _libraries["paper.jsx"]
    tag = "Paper"


class Problem(rx.Component):
    """The sentence beside an answer that keeps the page from being finished."""

    library = _libraries["paper.jsx"]
    tag = "Problem"

    name: rx.Var[str]


def saved_state() -> rx.Component:
    """On this device · Saving… · Saved 21:04; the icon follows the words."""
    return _SavedState.create(
        rx.el.span(icon("smartphone", 16), class_name="only-device"),
        rx.el.span(icon("check", 16), class_name="only-saved"),
        rx.el.span(icon("cloud-off", 16), class_name="only-unsafe"),
        rx.el.span(spinner(small=True), class_name="only-saving"),
        class_name="state",
    )


def problem(name: str) -> rx.Component:
    return Problem.create(icon("circle-alert", 16), name=name, class_name="error mt-3")


def question(*children: Any, index: int, title: str | rx.Var[str], hint: str | rx.Var[str]) -> rx.Component:
    return Question.create(
        rx.el.legend(title, class_name="q-title"),
        rx.el.p(hint, class_name="hint"),
        *children,
        index=index,
        class_name="q",
    )
