"""/invite: a member's link, how far it has come, and what counts."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.feedback import note, skeleton_card
from gynergy_app.components.layout import member_layout, section
from gynergy_app.components.links import link
from gynergy_app.components.referrals import link_card, marks, progress
from gynergy_app.domain.referrals import POINTS
from gynergy_app.state.referrals import InviteState
from gynergy_app.state.session import MemberState

ROUTE = routes.INVITE
TITLE = "Invite"
DESCRIPTION = "Your link, who came by it, and what that brings."
ON_LOAD = [MemberState.enter, InviteState.open]
ACCESS = "member"


def page() -> rx.Component:
    return member_layout(
        rx.cond(InviteState.is_loading, _loading(), _invite()),
        title=TITLE,
        here=ROUTE,
        lede="A link of your own. It gives nobody a place; it remembers that they came because of you.",
        reading=True,
    )


def _loading() -> rx.Component:
    return rx.el.div(skeleton_card(6, says="Opening your link"), skeleton_card(5), class_name="grid gap-10")


def _invite() -> rx.Component:
    return rx.fragment(
        section(link_card(), title="Your link", section_id="link", hidden_title=True),
        section(progress(), title="So far", section_id="so-far"),
        section(marks(), title="Milestones", section_id="milestones"),
        _what_counts(),
    )


def _what_counts() -> rx.Component:
    return section(
        rx.el.dl(
            _rule(
                "Counts",
                "Somebody who opens your link, makes an account and then has a place in the "
                f"challenge: bought, or by a friend code. That brings you {POINTS} points, once.",
            ),
            _rule(
                "Does not count",
                "Yourself, somebody who had bought before, and whoever came by "
                "another link first. The first link stays with a browser for 90 days.",
            ),
            _rule(
                "Waits", "Where both accounts look like the same person, somebody of the staff looks first."
            ),
            _rule("Goes back", "When a place is refunded, its points are taken off again. A badge stays."),
            class_name="fact-list",
        ),
        rx.el.div(
            note(
                "You are told how many, never who.",
                "The link opens nothing by itself, and nobody pays less or more because of it.",
                symbol="lock",
            ),
            class_name="mt-6",
        ),
        rx.el.p(
            "A place to give away is a ",
            link("friend code", href=routes.FRIEND_CODES),
            ".",
            class_name="meta mt-3",
        ),
        title="What counts",
        section_id="counts",
    )


def _rule(name: str, words: str) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(words))
