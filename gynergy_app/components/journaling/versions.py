"""The earlier versions of what is written: a list, one of them to read, and a way to bring it back."""

import reflex as rx

from gynergy_app.components.buttons import button
from gynergy_app.components.media import icon
from gynergy_app.components.privacy import only_you
from gynergy_app.state.journaling.remembering import Part, RememberingState, VersionRow


def versions(state: type[RememberingState]) -> rx.Component:
    """Under the paper, once there is something to go back to."""
    rows = rx.foreach(state.versions, lambda row: _version(state, row))
    return rx.cond(
        state.versions,
        rx.el.section(
            rx.el.div(
                rx.el.h2("Earlier versions", id="versions", class_name="heading"),
                only_you("only-you-versions"),
                class_name="sec-head",
            ),
            rx.el.p(
                "Each sitting leaves one. Bring one back, and what stands here now joins the list.",
                class_name="meta measure",
            ),
            rx.el.ol(rows, class_name="rows versions-list"),
            aria_labelledby="versions",
            class_name="section versions in-use",
        ),
    )


def _version(state: type[RememberingState], row: VersionRow) -> rx.Component:
    is_open = state.reading.id == row.id
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                rx.el.span(row.saved, class_name="label"),
                rx.cond(row.begins, rx.el.span(row.begins, dir="auto", class_name="version-begins")),
                class_name="grow",
            ),
            icon("chevron-down", 20, "text-ink-soft"),
            type="button",
            aria_expanded=rx.cond(is_open, "true", "false"),
            on_click=state.look_at(row.id),
            class_name="version-row",
        ),
        rx.cond(is_open, _reading(state)),
    )


def _reading(state: type[RememberingState]) -> rx.Component:
    reading = state.reading
    return rx.el.div(
        rx.cond(
            reading.emblem,
            rx.el.img(src=reading.emblem, alt="The emblem of this version", class_name="emblem"),
        ),
        rx.foreach(reading.parts, _part),
        rx.cond(reading.note, rx.el.p(reading.note, class_name="meta mt-4")),
        rx.cond(
            state.sheet.is_writable,
            button(
                "Bring this version back",
                icon="undo-2",
                busy=state.is_restoring,
                busy_label="Bringing it back…",
                on_click=state.restore(reading.id),
                class_name="mt-6",
            ),
        ),
        class_name="version-reading",
    )


def _part(part: Part) -> rx.Component:
    return rx.el.section(
        rx.el.h3(part.title, class_name="label"),
        rx.el.p(part.text, dir="auto", class_name="words whitespace-pre-wrap"),
        class_name="kept",
    )
