"""The pieces of Today: the thread of pages, the cohort's pulse, the words of the day."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link, more_link
from gynergy_app.components.feedback import note
from gynergy_app.components.links import link
from gynergy_app.components.media import icon
from gynergy_app.components.privacy import only_you
from gynergy_app.state.programs.today import PageCard, TodayState


def keeps() -> rx.Component:
    """Streak and freezes in words, under the dial."""
    return rx.el.div(
        rx.cond(
            TodayState.view.streak,
            rx.el.span(icon("flame", 16), TodayState.view.streak, class_name="with-icon text-warm"),
        ),
        rx.cond(
            TodayState.view.freezes,
            rx.el.span(icon("snowflake", 16), TodayState.view.freezes, class_name="with-icon text-ink-soft"),
        ),
        class_name="keeps",
    )


def thread() -> rx.Component:
    """The three pages in the order of the clock. Only the next one is open, with the one filled button."""
    return rx.el.ol(rx.foreach(TodayState.view.cards, _page_item), class_name="pages")


def _page_item(card: PageCard) -> rx.Component:
    return rx.el.li(
        rx.el.span(_symbol(card), aria_hidden="true", class_name="node"),
        rx.cond(card.is_next, _open_page(card), _page_row(card)),
        class_name=f"page-item {card.style}",
    )


def _symbol(card: PageCard) -> rx.Component:
    own = rx.match(
        card.symbol,
        ("sunrise", icon("sunrise")),
        ("heart-handshake", icon("heart-handshake")),
        icon("moon-star"),
    )
    return rx.cond(card.is_done, icon("check"), own)


def _open_page(card: PageCard) -> rx.Component:
    return rx.el.div(
        rx.el.p(card.name, class_name="meta"),
        rx.el.h3(card.prompt, class_name="prompt"),
        rx.el.p(card.note, class_name="meta"),
        button_link(card.action, href=card.href, kind="primary"),
        class_name="page-next",
    )


def _page_row(card: PageCard) -> rx.Component:
    return link(
        rx.el.span(
            rx.el.span(card.name, class_name="page-name"),
            rx.el.br(),
            rx.el.span(card.note, class_name="meta"),
            class_name="grow",
        ),
        rx.cond(card.points, rx.el.span(card.points, class_name="points")),
        icon("chevron-right", class_name="text-ink-soft"),
        href=card.href,
        custom_attrs={"data-row": "true"},
        class_name="page-row",
    )


def kind_card() -> rx.Component:
    """A day is empty: what is safe comes first; its ways on are equal, none of them filled."""
    missed = TodayState.view.missed
    return rx.el.section(
        rx.el.h2(missed.title, id="missed", class_name="heading"),
        rx.el.p(missed.words, class_name="measure mt-2"),
        rx.cond(missed.repair_href, rx.fragment(), rx.el.p(missed.repair_words, class_name="meta mt-2")),
        rx.el.div(
            rx.cond(
                missed.repair_href,
                link(
                    icon("feather"),
                    rx.el.b("Write a short page for it"),
                    rx.el.span(missed.repair_words),
                    href=missed.repair_href,
                    class_name="choice",
                ),
            ),
            rx.cond(
                missed.begin_href,
                link(
                    icon("feather"),
                    rx.el.b("Begin with today"),
                    rx.el.span(missed.begin_words),
                    href=missed.begin_href,
                    class_name="choice",
                ),
            ),
            rx.cond(missed.rest_label, _let_it_rest()),
            class_name="two-choices",
        ),
        aria_labelledby="missed",
        class_name="card card-pad kind",
    )


def _let_it_rest() -> rx.Component:
    missed = TodayState.view.missed
    return rx.el.button(
        icon("cloud-moon"),
        rx.el.b(missed.rest_label),
        rx.el.span(missed.rest_words),
        type="button",
        on_click=TodayState.let_yesterday_rest,
        class_name="choice",
    )


def start_note() -> rx.Component:
    """Her own days go on; a place in the challenge waits for her to say when it begins."""
    return rx.el.div(
        note(
            "A place in the challenge is yours.",
            link("Choose your start", href=routes.WELCOME, class_name="link"),
            symbol="calendar-days",
        ),
        class_name="mb-6",
    )


def pulse_card() -> rx.Component:
    return rx.el.section(
        rx.el.h2(TodayState.view.pulse.words, id="pulse", class_name="label"),
        rx.el.div(
            rx.foreach(TodayState.view.pulse.dots, _dot),
            aria_hidden="true",
            class_name="pulse",
        ),
        rx.el.p(
            f"{TodayState.view.cohort} cohort. Nobody sees what you write, only that you did.",
            class_name="meta",
        ),
        more_link("See the cohort", href=routes.COHORT),
        aria_labelledby="pulse",
        class_name="card",
    )


def _dot(has_written: bool) -> rx.Component:
    return rx.el.i(class_name=rx.cond(has_written, "on", ""))


def quote_of_the_day() -> rx.Component:
    return rx.el.figure(
        rx.el.blockquote(TodayState.view.quote),
        rx.el.figcaption(TodayState.view.quoted),
        class_name="quote today-quote",
    )


def finished() -> rx.Component:
    """Nothing is asked any more; the largest thing is what she wrote."""
    return rx.fragment(
        rx.el.section(
            rx.el.h2(TodayState.view.closing, id="done", class_name="title"),
            rx.el.p(
                "All three pages are written. Nothing is left to do today.", class_name="mt-2 text-ink-soft"
            ),
            aria_labelledby="done",
        ),
        _own_words(),
        _tally(),
        _tomorrow(),
    )


def _own_words() -> rx.Component:
    return rx.el.section(
        rx.el.figure(
            rx.el.figcaption(
                rx.el.h2(TodayState.view.own_words_at, id="own-words", class_name="label"),
                only_you("only-you-today"),
                class_name="row spread",
            ),
            rx.el.blockquote(TodayState.view.own_words, class_name="words"),
            more_link("Read today’s pages", href=TodayState.view.today_href),
            class_name="own-words",
        ),
        aria_labelledby="own-words",
        class_name="mt-7",
    )


def _tally() -> rx.Component:
    return rx.el.section(
        rx.el.h2("What you kept today", id="tally", class_name="vh"),
        rx.el.div(rx.foreach(TodayState.view.cards, _tallied), class_name="card tally"),
        rx.el.p(
            TodayState.view.points_today,
            " ",
            link("See why", href=routes.POINTS),
            class_name="meta mt-3 text-center",
        ),
        aria_labelledby="tally",
        class_name="mt-3",
    )


def _tallied(card: PageCard) -> rx.Component:
    symbol = rx.match(
        card.symbol,
        ("sunrise", icon("sunrise")),
        ("heart-handshake", icon("heart-handshake")),
        icon("moon-star"),
    )
    return link(
        symbol,
        rx.el.span(card.short_name, class_name="label"),
        rx.el.span(card.kept_at, class_name="meta"),
        rx.el.span(card.points_figure, class_name="points"),
        href=card.href,
    )


def _tomorrow() -> rx.Component:
    return rx.cond(
        TodayState.view.tomorrow,
        rx.el.section(
            rx.el.h2(TodayState.view.tomorrow, id="tomorrow", class_name="label"),
            rx.el.p(TodayState.view.tomorrow_action, class_name="prompt mt-1"),
            rx.el.p("Your morning page will be here when you wake.", class_name="meta mt-1"),
            aria_labelledby="tomorrow",
            class_name="mt-10",
        ),
    )
