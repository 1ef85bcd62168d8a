"""The pieces of a feed: the composer, the posts, and what stands beside them."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button, chip, more_link, submit
from gynergy_app.components.community.post_words import audience_chip, post_words
from gynergy_app.components.dialogs import menu, menu_item
from gynergy_app.components.feedback import tag
from gynergy_app.components.media import avatar, icon
from gynergy_app.state.community.feed import Choice, FeedState
from gynergy_app.state.community.words import KINDS, STARTERS, PostRow
from gynergy_app.state.shell import ShellState

SYMBOLS = {
    "win": "trophy",
    "reflection": "feather",
    "milestone": "flag",
    "encouragement": "hand-heart",
    "question": "message-circle-question-mark",
    "celebration": "party-popper",
    "shared": "leaf",
}


def composer() -> rx.Component:
    view = FeedState.view
    kinds = [
        chip(
            KINDS[kind][0],
            pressed=FeedState.kind == kind.value,
            icon=SYMBOLS[kind.value],
            on_click=FeedState.choose_kind(kind.value),
        )
        for kind in KINDS
    ]
    return rx.el.section(
        rx.el.h2("Write to your cohort", id="composer", class_name="vh"),
        rx.el.form(
            rx.el.div(
                avatar(ShellState.member_initial, ShellState.member_picture),
                post_words(
                    "Your post",
                    draft=view.draft,
                    given=FeedState.given,
                    taken=FeedState.taken,
                    asks=FeedState.hint,
                    error=FeedState.problem,
                    field_id="post",
                ),
                class_name="row items-start",
            ),
            rx.el.div(*kinds, role="group", aria_label="Kind of post", class_name="types"),
            rx.el.div(
                audience_chip(view.audience),
                submit("Post", busy_label="Posting…", busy=FeedState.is_posting),
                class_name="spread",
            ),
            on_submit=FeedState.post,
        ),
        aria_labelledby="composer",
        class_name="card composer",
    )


def cohort_choice() -> rx.Component:
    """For somebody who is in several."""
    return rx.cond(
        FeedState.view.choices,
        rx.el.div(
            rx.foreach(FeedState.view.choices, _choice),
            role="group",
            aria_label="Which cohort",
            class_name="types mb-4",
        ),
    )


def _choice(one: Choice) -> rx.Component:
    return chip(one.name, pressed=one.is_open, on_click=FeedState.choose(one.id))


def new_posts() -> rx.Component:
    """Somebody else has posted since this was read."""
    is_new = (FeedState.heard_at > FeedState.read_at) & (FeedState.heard_by != ShellState.member_id)
    again = rx.el.button(
        icon("arrow-up", 16), "New posts", type="button", on_click=FeedState.open, class_name="pill"
    )
    return rx.el.div(rx.cond(is_new, again), role="status", class_name="pill-place")


def posts() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Posts", id="posts", class_name="vh"),
        new_posts(),
        rx.cond(
            FeedState.rows,
            rx.fragment(rx.foreach(FeedState.rows, _post), _end()),
            _nothing(),
        ),
        aria_labelledby="posts",
        class_name="posts",
    )


def _post(row: PostRow) -> rx.Component:
    return rx.el.article(
        rx.el.header(
            avatar(row.initial, row.picture, tone=row.tone),
            rx.el.div(
                rx.el.h3(row.name, class_name="label"),
                rx.el.p(
                    _kind(row),
                    rx.el.span(row.when, class_name="tiny"),
                    rx.cond(row.is_edited, rx.el.span("edited", class_name="tiny")),
                    class_name="post-line",
                ),
                class_name="grow",
            ),
            rx.cond(row.is_hidden, tag("Hidden", kind="wait", symbol="eye-off")),
            _acts(row),
            class_name="row",
        ),
        rx.cond(row.title, rx.el.p(row.title, dir="auto", class_name="post-title")),
        rx.cond(row.words, rx.el.p(row.words, dir="auto", class_name="words")),
        rx.cond(row.hidden, rx.el.p(icon("eye-off", 16), row.hidden, class_name="meta post-hidden")),
        key=row.id,
        id=f"p-{row.id}",
        custom_attrs={"data-row": "true"},
        class_name="card post",
    )


def _kind(row: PostRow) -> rx.Component:
    drawn = [(kind, icon(symbol, 16)) for kind, symbol in SYMBOLS.items()]
    return rx.el.span(
        rx.match(row.kind, *drawn, rx.fragment()), row.kind_words, class_name=f"post-type pt-{row.kind}"
    )


def _acts(row: PostRow) -> rx.Component:
    """One's own words are changed and deleted; somebody else's are reported, and hidden by who moderates."""
    menu_id = f"post-{row.id}"
    hidden = rx.cond(
        row.is_hidden,
        menu_item("Show again", menu_id=menu_id, icon="eye", on_click=FeedState.show(row.id)),
        menu_item("Hide", menu_id=menu_id, icon="eye-off", on_click=FeedState.ask_hide(row.id)),
    )
    mine = rx.fragment(
        menu_item("Edit", menu_id=menu_id, icon="pencil", on_click=FeedState.edit(row.id)),
        menu_item(
            "Delete", menu_id=menu_id, icon="trash-2", is_danger=True, on_click=FeedState.take_away(row.id)
        ),
    )
    theirs = menu_item("Report", menu_id=menu_id, icon="flag", on_click=FeedState.ask_report(row.id))
    return rx.el.div(
        menu(
            rx.cond(row.is_mine, mine, rx.cond(row.is_hidden, rx.fragment(), theirs)),
            rx.cond(FeedState.view.may_moderate, hidden),
            menu_id=menu_id,
            label=f"More about the post of {row.name}",
        ),
        class_name="post-more",
    )


def _end() -> rx.Component:
    more = button(
        "Show earlier", busy=FeedState.is_fetching, busy_label="Fetching…", on_click=FeedState.show_earlier
    )
    return rx.el.div(
        rx.cond(FeedState.has_earlier, more, rx.el.p(FeedState.end, class_name="meta")), class_name="end"
    )


def _nothing() -> rx.Component:
    starters = [
        chip(label, words=True, on_click=FeedState.begin(number))
        for number, (_, _, label) in enumerate(STARTERS)
    ]
    return rx.el.div(
        rx.el.p("Nobody has said anything yet", class_name="prompt"),
        rx.el.p("A first line is read by everyone. One of these may help to begin:", class_name="meta"),
        rx.el.div(*starters, role="group", aria_label="Starters: tap to insert", class_name="starters"),
        class_name="empty",
    )


def beside() -> rx.Component:
    view = FeedState.view
    pulse = rx.el.section(
        rx.el.h2(view.pulse, id="pulse", class_name="label"),
        rx.el.div(
            rx.foreach(view.dots, lambda on: rx.el.i(class_name=rx.cond(on, "on", ""))),
            aria_hidden="true",
            class_name="pulse",
        ),
        rx.el.p("How many, never who or what.", class_name="meta"),
        more_link("Your cohort by points", href=routes.LEADERBOARD),
        aria_labelledby="pulse",
        class_name="card",
    )
    readers = rx.el.section(
        rx.el.h2("Who reads this", id="readers", class_name="label"),
        rx.el.p(
            f"Everybody in {view.cohort}, and our admins where something is reported. "
            "Your pages stay yours alone: nothing comes here from them by itself.",
            class_name="meta mt-1",
        ),
        aria_labelledby="readers",
        class_name="card",
    )
    return rx.fragment(rx.cond(view.pulse, pulse), readers)
