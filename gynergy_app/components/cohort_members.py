"""The pieces of the page about a cohort's members: who they are, and what they sent."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button
from gynergy_app.components.data_table import show_more
from gynergy_app.components.dialogs import menu, menu_item
from gynergy_app.components.feedback import empty_state, skeleton_rows, tag
from gynergy_app.components.forms import text_field
from gynergy_app.components.links import link
from gynergy_app.components.media import avatar
from gynergy_app.components.seal import seal
from gynergy_app.state.cohorts.blocking import BlockingState
from gynergy_app.state.cohorts.encouraging import EncouragingState
from gynergy_app.state.cohorts.members import GroupLink, MateRow, MembersState, Seal
from gynergy_app.state.cohorts.received import ReceivedState, WordsRow

TYPING_ENDS_AFTER = 250


def group_choice() -> rx.Component:
    """Which of her cohorts is shown. Nothing, for somebody who has one."""
    groups = MembersState.view.groups
    choice = rx.el.nav(
        rx.el.p("Your cohorts", aria_hidden="true", class_name="label"),
        rx.el.ul(rx.foreach(groups, _group), class_name="sessions"),
        aria_label="Your cohorts",
        class_name="session-choice",
    )
    return rx.cond(groups, choice)


def _group(one: GroupLink) -> rx.Component:
    return rx.el.li(
        link(
            rx.el.span(one.name),
            rx.el.span(one.about, class_name="tiny"),
            href=one.href,
            custom_attrs={"aria-current": rx.cond(one.is_open, "page", "false")},
            class_name="session-link",
        )
    )


def members() -> rx.Component:
    view = MembersState.view
    return rx.fragment(
        rx.cond(view.is_alone, _alone(), _list()),
        rx.el.p(
            "What stands beside a name is what its owner shows. ",
            link("What others see of you", href=f"{routes.PREFERENCES}#privacy", class_name="link"),
            class_name="meta mt-6",
        ),
    )


def _list() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            text_field(
                "Find by name",
                "search",
                type="search",
                value=MembersState.search,
                hint="From two letters on.",
                auto_complete="off",
                on_change=MembersState.look.debounce(TYPING_ENDS_AFTER),
            ),
            class_name="mates-search",
        ),
        rx.el.p(MembersState.nothing, role="status", class_name="meta"),
        rx.el.ul(rx.foreach(MembersState.rows, _mate), aria_label=MembersState.view.title, class_name="rows"),
        rx.cond(
            MembersState.rows,
            show_more(
                has_more=MembersState.has_more,
                busy=MembersState.is_fetching,
                end="By first name, to the last.",
                on_click=MembersState.more,
            ),
        ),
    )


def _alone() -> rx.Component:
    return empty_state(
        "You are the only one here",
        "Whoever joins this cohort appears on this page, and can be sent a few words from here.",
    )


def _mate(row: MateRow) -> rx.Component:
    return rx.el.li(
        avatar(row.initial, row.picture, tone=row.tone),
        rx.el.div(
            rx.el.p(
                rx.el.span(row.name, class_name="list-name"),
                rx.cond(row.is_me, tag("You")),
                rx.cond(row.role, tag(row.role)),
                class_name="mate-name",
            ),
            rx.cond(row.streak, rx.el.p(row.streak, class_name="meta")),
            class_name="mate-who",
        ),
        rx.cond(
            row.badges,
            rx.el.ul(
                rx.foreach(row.badges, _seal), aria_label=f"Badges of {row.name}", class_name="mate-badges"
            ),
        ),
        rx.cond(row.is_me, rx.fragment(), _acts(row)),
        key=row.id,
        class_name="mate",
        custom_attrs={"data-row": "true"},
    )


def _seal(badge: Seal) -> rx.Component:
    return rx.el.li(
        seal(badge.icon, badge.rarity, class_name="seal-s"),
        rx.el.span(badge.name, class_name="vh"),
        title=badge.name,
    )


def _acts(row: MateRow) -> rx.Component:
    words = button(
        "Encourage",
        on_click=EncouragingState.ask(row.id),
        aria_label=f"Encourage {row.name}",
        aria_haspopup="dialog",
    )
    return rx.el.div(
        rx.cond(row.takes_words, words, rx.el.span("Takes no words just now", class_name="meta")),
        _more_of(row.id, row.name, f"of-{row.id}"),
        class_name="mate-acts",
    )


def _more_of(user_id: str | rx.Var[str], name: str | rx.Var[str], menu_id: str | rx.Var[str]) -> rx.Component:
    return menu(
        menu_item(
            f"Block {name}", menu_id=menu_id, icon="ban", is_danger=True, on_click=BlockingState.ask(user_id)
        ),
        menu_id=menu_id,
        label=f"More about {name}",
    )


def received() -> rx.Component:
    """What was sent to her, to be read again."""
    return rx.cond(
        ReceivedState.is_loading,
        skeleton_rows(3, says="Fetching what was sent to you"),
        rx.cond(ReceivedState.rows, _words(), _no_words()),
    )


def _words() -> rx.Component:
    return rx.fragment(
        rx.el.ul(rx.foreach(ReceivedState.rows, _word), aria_label="Sent to you", class_name="rows"),
        show_more(
            has_more=ReceivedState.has_more,
            busy=ReceivedState.is_fetching,
            end="That is everything so far. You and whoever sent it can read this, and nobody else.",
            on_click=ReceivedState.more,
        ),
    )


def _word(row: WordsRow) -> rx.Component:
    return rx.el.li(
        avatar(row.initial, row.picture, tone=row.tone),
        rx.el.div(
            rx.el.p(row.words, class_name="quote", dir="auto"),
            rx.el.p(row.name, class_name="meta"),
            rx.el.p(row.sent_at, class_name="tiny"),
            class_name="mate-who",
        ),
        _more_of(row.sender_id, row.name, f"word-{row.id}"),
        key=row.id,
        class_name="mate is-words",
        custom_attrs={"data-row": "true"},
    )


def _no_words() -> rx.Component:
    return empty_state(
        "Nothing has come yet",
        "When somebody in your cohort encourages you, the words stand here. You need not answer them.",
    )
