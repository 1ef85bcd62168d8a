"""What its reader posted, with the way to take it back."""

import reflex as rx

from gynergy_app.components.buttons import button
from gynergy_app.components.layout import section
from gynergy_app.state.community.own_posts import OwnPost, OwnPostsState


def own_posts() -> rx.Component:
    """Nothing for somebody who never posted."""
    more = button(
        "Show earlier", busy=OwnPostsState.is_fetching, busy_label="Fetching…", on_click=OwnPostsState.more
    )
    return rx.cond(
        OwnPostsState.rows,
        section(
            rx.el.p(
                "Your cohort reads these also when a page of it is closed to you. You can delete them here.",
                class_name="measure",
            ),
            rx.el.ul(rx.foreach(OwnPostsState.rows, _row), class_name="rows mt-4"),
            rx.cond(OwnPostsState.has_more, rx.el.div(more, class_name="end")),
            title="What you posted",
            section_id="posts",
        ),
    )


def _row(row: OwnPost) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(row.title, rx.el.p(row.title, dir="auto", class_name="label")),
            rx.cond(row.words, rx.el.p(row.words, dir="auto", class_name="words")),
            rx.el.p(row.kind, ", ", row.when, class_name="tiny"),
            class_name="grow",
        ),
        button(
            "Delete", kind="quiet", on_click=OwnPostsState.take_away(row.id), aria_label=f"Delete: {row.when}"
        ),
        key=row.id,
        class_name="spread items-start py-3",
    )
