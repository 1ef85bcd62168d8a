"""The page around the questions: bar, notes above the paper, the paper, the kept page and what follows it."""

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button, button_link, submit, text_button
from gynergy_app.components.celebration import celebration
from gynergy_app.components.closed import closed_note, not_saved, unless_closed, way_to_a_place
from gynergy_app.components.feedback import empty_state, note, skeleton
from gynergy_app.components.journaling.draft_keeper import (
    CarryOver,
    DraftClash,
    DraftKeeper,
    PaceChoice,
    Paper,
    QuestionSteps,
    StepBar,
    StepName,
    TypedElsewhere,
    saved_state,
)
from gynergy_app.components.layout import writing_layout
from gynergy_app.components.media import icon
from gynergy_app.components.privacy import only_you
from gynergy_app.state.journaling.writing import PAPER_TITLE, WritingState
from gynergy_app.state.shell import ShellState


@dataclass(frozen=True)
class Words:
    """What a kind of page says about itself. `titles` name its questions, in order.

    `keep_practice` and `practice` are said before day 1 instead.
    """

    name: str
    title: str
    length: str
    titles: Sequence[str]
    keep: str = "Keep this page"
    once: str = " Points are given once."
    keep_practice: str = "Finish this practice page"
    practice: str = "it earns nothing, and your words stay on this device."
    back: str | rx.Var[str] = routes.TODAY
    back_label: str = "Back to Today"


def writing_page(
    state: type[WritingState],
    said: Words,
    questions: Sequence[rx.Component],
    kept: rx.Component,
    *,
    below: rx.Component | None = None,
    also: rx.Component | None = None,
    stays_on_device: bool = False,
    has_choice: bool = False,
) -> rx.Component:
    """`kept` shows what was written once the page is finished; the questions stay, out of sight.

    `below` stands under the paper, `also` in the celebration. `stays_on_device`: nothing is sent before it is
    finished, as on every practice page. `has_choice`: so many questions that the writer decides how many she
    sees at once.
    """
    choice = PaceChoice.create(class_name="seg seg-wide pace") if has_choice else rx.fragment()
    layout = writing_layout(
        rx.el.div(
            _head(state, said),
            rx.cond(state.aside, rx.el.div(note(state.aside), role="status", class_name="paper-notes")),
            _opening(),
            _closed(state, said),
            rx.el.div(_notes(state, said), choice, _paper(state, said, questions), class_name="in-writing"),
            _kept_page(state, said, kept),
            class_name="paper",
        ),
        below or rx.fragment(),
        DraftClash.create(),
        celebration(state, also),
        state=saved_state(),
        lock=only_you(),
        back=said.back,
        back_label=said.back_label,
        steps=StepName.create(name=said.name, class_name="label only-phone in-writing"),
    )
    return DraftKeeper.create(
        QuestionSteps.create(layout, titles=list(said.titles), has_choice=has_choice),
        sheet=state.sheet,
        mode=state.mode,
        is_loaded=rx.State.is_hydrated,
        stays_on_device=stays_on_device or state.heading.is_practice,
        refused_attempt=ShellState.refused_attempt,
        is_signed_out=ShellState.is_signed_out,
        on_keep=state.keep,
        on_finish=state.finish,
        on_reopen=state.reopen,
        class_name="desk-of-one",
    )


def _head(state: type[WritingState], said: Words) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.p(state.heading.day_line, class_name="meta"),
            rx.el.h1(said.title, id=PAPER_TITLE, tab_index=-1, class_name="title mt-1"),
        ),
        rx.el.p(said.length, class_name="meta only-desk in-writing"),
        class_name="paper-head",
    )


def _opening() -> rx.Component:
    widths = ("32%", "56%", "100%", "100%", "82%")
    rows = [rx.el.div(skeleton(width, "18px"), class_name="py-4") for width in widths]
    return rx.el.div(*rows, role="status", aria_label="Opening your page", class_name="sk-wait in-opening")


def _closed(state: type[WritingState], said: Words) -> rx.Component:
    way_on = rx.cond(
        state.can_enroll,
        way_to_a_place(),
        rx.el.div(
            rx.cond(state.read_href, button_link("Read that day", href=state.read_href)),
            button_link(said.back_label, href=said.back),
            class_name="row flex-wrap justify-center",
        ),
    )
    closed = empty_state(state.notice, "Nothing you have written is affected.", way_on)
    return rx.el.div(unless_closed(closed), class_name="in-closed")


def _paper(state: type[WritingState], said: Words, questions: Sequence[rx.Component]) -> rx.Component:
    steps = StepBar.create(class_name="steps only-phone")
    return rx.fragment(steps, Paper.create(*questions, _foot(state, said), class_name="paper-form"))


def _notes(state: type[WritingState], said: Words) -> rx.Component:
    """What is different about this page, if anything is."""
    return rx.el.div(
        rx.cond(
            state.heading.is_practice,
            note(
                "A practice page.",
                f"Your session starts on {state.heading.starts_on}. Until then you can try everything here: "
                f"{said.practice}",
            ),
        ),
        rx.cond(state.heading.may_change_day, _which_day(state)),
        rx.cond(
            state.heading.is_completed,
            note(
                "You are changing a kept page.",
                f"Open until the end of {state.heading.open_until}.{said.once}",
            ),
        ),
        rx.cond(state.notice, _notice(state)),
        not_saved(),
        cannot_save(state),
        TypedElsewhere.create(
            note("Also being written in another tab.", "What is saved there appears here.", symbol="copy")
        ),
        class_name="paper-notes",
    )


def cannot_save(state: type[WritingState]) -> rx.Component:
    """The server answers, and has no room for anything new. The browser sends again by itself."""
    said = rx.el.p(
        rx.el.b("Nothing can be saved on our side just now."),
        " Your words stay on this device, and are sent again by themselves until they are saved.",
        class_name="grow",
    )
    return rx.cond(
        state.cannot_save, rx.el.div(icon("cloud-off"), said, role="alert", class_name="banner unsaved")
    )


def _notice(state: type[WritingState]) -> rx.Component:
    carry = CarryOver.create("Take these words to today’s page", class_name="link")
    return rx.el.div(
        icon("info", 18),
        rx.el.p(rx.el.b(state.notice), " Your words are still on this page.", class_name="grow"),
        rx.cond(state.can_carry, carry),
        role="alert",
        class_name="note items-center flex-wrap",
    )


def _which_day(state: type[WritingState]) -> rx.Component:
    return rx.el.div(
        icon("moon", 18),
        rx.el.p(
            rx.el.b(f"This page counts for {state.heading.day_name}. "),
            "Until 03:00 you may choose.",
            class_name="grow",
        ),
        text_button(f"Write for {state.heading.other_day_name} instead", on_click=state.change_day),
        class_name="note items-center flex-wrap",
    )


def _foot(state: type[WritingState], said: Words) -> rx.Component:
    keep = rx.cond(state.heading.is_practice, said.keep_practice, said.keep)
    label = rx.cond(state.heading.is_completed, "Keep the changes", keep)
    return rx.el.div(
        rx.el.p(
            icon("lock", 16),
            "Nobody else can open this page: no coach, no admin.",
            class_name="meta only-desk flex items-center gap-1.5",
        ),
        button("Back", class_name="only-phone step-back", custom_attrs={"data-turn": "-1"}),
        button("Next", kind="primary", class_name="only-phone step-next", custom_attrs={"data-turn": "1"}),
        submit(label, busy_label="Keeping…", class_name="step-keep"),
        class_name="write-foot",
    )


def _kept_page(state: type[WritingState], said: Words, kept: rx.Component) -> rx.Component:
    return rx.el.article(
        closed_note(),
        rx.cond(
            state.heading.kept_line,
            rx.el.p(icon("check", 16), state.heading.kept_line, class_name="meta kept-line"),
        ),
        kept,
        rx.cond(state.heading.open_until, _edit_foot(state, said)),
        class_name="in-reading",
    )


def _edit_foot(state: type[WritingState], said: Words) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            f"You can change this page until the end of {state.heading.open_until}.{said.once}",
            class_name="meta",
        ),
        button("Edit", icon="pencil", on_click=state.edit),
        class_name="spread kept-foot",
    )
