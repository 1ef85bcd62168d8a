"""The life map: eight areas, written in at any time of a session."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link, submit
from gynergy_app.components.celebration import celebration
from gynergy_app.components.closed import closed_note, not_saved, unless_closed, way_to_a_place
from gynergy_app.components.feedback import empty_state, note, skeleton
from gynergy_app.components.journaling.draft_keeper import (
    DraftClash,
    DraftKeeper,
    Paper,
    QuestionSteps,
    TypedElsewhere,
    saved_state,
)
from gynergy_app.components.journaling.life_map import layouts, lock_line, overview, read_only, table
from gynergy_app.components.journaling.versions import versions
from gynergy_app.components.journaling.writing_page import cannot_save
from gynergy_app.components.layout import writing_layout
from gynergy_app.components.privacy import only_you
from gynergy_app.components.session_choice import in_this_session
from gynergy_app.state.journaling import LifeMapState
from gynergy_app.state.journaling.writing import PAPER_TITLE
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState
from gynergy_app.state.shell import ShellState

ROUTE = routes.LIFE_MAP
TITLE = "Life map"
DESCRIPTION = "Eight areas of your life: how each is, how you would like it, why, and how you get there."
ON_LOAD = [MemberState.enter, SessionsState.open, LifeMapState.open]
ACCESS = "member"


def page() -> rx.Component:
    state = LifeMapState
    layout = writing_layout(
        rx.el.div(
            rx.el.div(
                rx.el.h1(TITLE, id=PAPER_TITLE, tab_index=-1, class_name="title"),
                rx.el.p(
                    "Eight areas of a life. One line in one of them is a beginning.",
                    class_name="meta measure",
                ),
                class_name="map-title",
            ),
            _opening(),
            _closed(),
            rx.el.div(overview(), _notes(), layouts(), _paper(), class_name="in-writing"),
            rx.el.div(closed_note(), overview(), read_only(), class_name="in-reading"),
            class_name="life-map",
            on_mount=state.cover,
            on_unmount=state.cover,
        ),
        versions(state),
        DraftClash.create(),
        celebration(state),
        state=saved_state(),
        lock=only_you(),
        back=in_this_session(routes.VISIONS),
        back_label="Back to your visions",
    )
    return DraftKeeper.create(
        QuestionSteps.create(layout, titles=[TITLE], has_choice=False),
        sheet=state.sheet,
        mode=state.mode,
        is_loaded=rx.State.is_hydrated,
        stays_on_device=False,
        refused_attempt=ShellState.refused_attempt,
        is_signed_out=ShellState.is_signed_out,
        on_keep=state.keep,
        on_finish=state.finish,
        on_reopen=state.reopen,
        class_name="desk-of-one desk-wide",
    )


def _opening() -> rx.Component:
    rows = [rx.el.div(skeleton(width, "18px"), class_name="py-4") for width in ("40%", "100%", "100%", "72%")]
    return rx.el.div(*rows, role="status", aria_label="Opening your map", class_name="sk-wait in-opening")


def _closed() -> rx.Component:
    way_on = rx.cond(
        LifeMapState.can_enroll,
        way_to_a_place(),
        button_link("Back to your visions", href=in_this_session(routes.VISIONS)),
    )
    closed = empty_state(LifeMapState.notice, "Nothing you have written is affected.", way_on)
    return rx.el.div(unless_closed(closed), class_name="in-closed")


def _notes() -> rx.Component:
    elsewhere = note("Also being written in another tab.", "What is saved there appears here.", symbol="copy")
    return rx.el.div(
        not_saved(), cannot_save(LifeMapState), TypedElsewhere.create(elsewhere), class_name="paper-notes"
    )


def _paper() -> rx.Component:
    done = submit("Done for now", busy_label="Keeping…", class_name="step-keep")
    foot = rx.el.div(lock_line(), done, class_name="write-foot")
    return Paper.create(table(), foot, class_name="paper-form")
