"""Sharing a gratitude action: a button, and the sheet that shows what would be posted."""

from typing import Any

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button, button_link, submit, text_button
from gynergy_app.components.celebration import unlocked
from gynergy_app.components.closed import lacks
from gynergy_app.components.community.post_words import audience_chip, post_words
from gynergy_app.components.dialogs import closes, dialog, dialog_actions
from gynergy_app.components.media import icon
from gynergy_app.domain.payments.access import Right
from gynergy_app.state.community.sharing import SharingState
from gynergy_app.state.shell import ShellState

SHARE = "share-action"


def share_button(day: str | rx.Var[str]) -> rx.Component:
    """Nothing, for somebody who has no cohort or may not meet it."""
    return rx.cond(
        _can_share(), button("Share with your cohort", icon="users", on_click=SharingState.open(day))
    )


def share_link(day: str | rx.Var[str], **props: Any) -> rx.Component:
    """The same from a page without the sheet: it opens on the day's own page."""
    href = f"{routes.HISTORY}/{day}?share=1"
    return rx.cond(_can_share(), button_link("Share with your cohort", icon="users", href=href, **props))


def _can_share() -> Any:
    return (ShellState.cohort_name != "") & ~lacks(Right.meet)


def share_sheet() -> rx.Component:
    offer = SharingState.offer
    return dialog(
        rx.match(SharingState.step, ("asking", _asking()), ("shared", _shared()), _nothing()),
        title=rx.cond(SharingState.step == "asking", f"Share with {offer.cohort}", "Your gratitude action"),
        dialog_id=SHARE,
        open=SharingState.is_open,
        on_close=SharingState.leave,
        sheet=True,
    )


def _asking() -> rx.Component:
    offer = SharingState.offer
    return rx.el.form(
        rx.el.p(
            "This is posted: what the day asked, and your words beneath it. Your page stays private, "
            "and changing it later changes no post.",
            class_name="mt-2 text-ink-soft",
        ),
        rx.el.p(offer.title, class_name="post-title"),
        post_words(
            "Your words for it",
            draft=offer.draft,
            given=SharingState.given,
            taken=SharingState.taken,
            asks="In your own words, if you like",
            error=SharingState.problem,
            field_id="share",
        ),
        rx.el.div(
            audience_chip(offer.audience),
            rx.cond(
                offer.has_note,
                text_button("Use my note", icon="feather", on_click=SharingState.use_note),
            ),
            class_name="spread",
        ),
        dialog_actions(
            button("Cancel", **closes(SHARE)),
            submit("Share", busy_label="Sharing…", busy=SharingState.is_posting),
        ),
        on_submit=SharingState.share,
        class_name="share",
    )


def _shared() -> rx.Component:
    offer = SharingState.offer
    was_there = rx.cond(
        SharingState.was_already,
        f"You have shared this action already. It stands in {offer.cohort}.",
        f"It stands in {offer.cohort} now.",
    )
    return rx.el.div(
        rx.el.p(icon("check", 16), was_there, role="status", class_name="with-icon mt-2 text-ink-soft"),
        rx.el.div(rx.foreach(SharingState.badges, unlocked), class_name="unlocked-all"),
        dialog_actions(
            button("Close", **closes(SHARE)),
            button_link("See it in the feed", href=routes.COHORT, kind="primary"),
        ),
    )


def _nothing() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "There is nothing here that your cohort could read about yet. An action can be shared once it is"
            " done and its page is kept.",
            class_name="mt-2 text-ink-soft",
        ),
        dialog_actions(button("Close", **closes(SHARE))),
    )
