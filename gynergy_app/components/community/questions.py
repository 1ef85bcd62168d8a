"""What the feed asks over itself: new words for a post, why it is reported, why it is hidden."""

import reflex as rx

from gynergy_app.components.buttons import button, submit
from gynergy_app.components.dialogs import closes, dialog, dialog_actions
from gynergy_app.components.forms import radio_group, text_area, text_field
from gynergy_app.domain.community import DETAIL_LIMIT
from gynergy_app.state.community.feed import FeedState
from gynergy_app.state.community.words import REASONS

EDIT, REPORT, HIDE = "edit-post", "report-post", "hide-post"
REPORTED = [(reason.value, words) for reason, words in REASONS.items()]


def editing() -> rx.Component:
    row = FeedState.editing
    return dialog(
        rx.cond(row.title, rx.el.p(row.title, class_name="mt-2 text-ink-soft")),
        rx.el.form(
            text_area(
                "Your post",
                "edited",
                value=row.words,
                hint="Your cohort sees that it was edited.",
                error=FeedState.edit_problem,
                dir="auto",
            ),
            dialog_actions(button("Cancel", **closes(EDIT)), submit("Save")),
            on_submit=FeedState.save,
            class_name="mt-4",
        ),
        title="Edit your post",
        dialog_id=EDIT,
        open=row.id != "",
        on_close=FeedState.leave_edit,
        sheet=True,
        asks_before_leaving=True,
    )


def reporting() -> rx.Component:
    row, problems = FeedState.reporting, FeedState.problems
    return dialog(
        rx.el.p(
            f"One of our admins reads it, the most urgent first. {row.name} never learns who reported it,"
            " and you get no answer. Until it is decided the post stays where it is.",
            class_name="mt-2 text-ink-soft",
        ),
        rx.el.form(
            radio_group("What is it about?", "reason", REPORTED, error=problems.get("reason", "")),
            rx.el.p(
                "Reports are not read around the clock. If somebody is in danger now, call the emergency"
                " number where they are.",
                class_name="meta",
            ),
            text_area(
                "Anything else we should know",
                "details",
                rows=2,
                hint=f"Up to {DETAIL_LIMIT} characters. Read by our admins alone.",
                error=problems.get("details", ""),
                dir="auto",
            ),
            dialog_actions(button("Cancel", **closes(REPORT)), submit("Report")),
            on_submit=FeedState.report,
            class_name="mt-4 grid gap-4",
        ),
        title="Report this post",
        dialog_id=REPORT,
        open=row.id != "",
        on_close=FeedState.leave_question,
        sheet=True,
        asks_before_leaving=True,
    )


def hiding() -> rx.Component:
    row = FeedState.hiding
    return dialog(
        rx.el.p(
            f"The cohort no longer sees it. {row.name} still does, and reads your reason. "
            "It can be shown again.",
            class_name="mt-2 text-ink-soft",
        ),
        rx.el.form(
            text_field(
                "Reason",
                "hide_reason",
                hint="One kind sentence. Name nobody in it.",
                error=FeedState.problems.get("reason", ""),
                auto_complete="off",
            ),
            dialog_actions(button("Cancel", **closes(HIDE)), submit("Hide it", kind="danger")),
            on_submit=FeedState.hide,
            class_name="mt-4",
        ),
        title="Hide this post?",
        dialog_id=HIDE,
        open=row.id != "",
        on_close=FeedState.leave_question,
        sheet=True,
        asks_before_leaving=True,
    )
