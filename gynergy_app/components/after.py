"""What Today says once the last day has come."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link, more_link
from gynergy_app.state.programs.today import TodayState


def after_card() -> rx.Component:
    """Where the way goes on from here; nothing on it leads nowhere."""
    after = TodayState.view.after
    written = rx.fragment(
        rx.cond(after.has_graduation, button_link("Your graduation", href=routes.GRADUATION)),
        button_link("Your yearbook", href=routes.YEARBOOK),
    )
    return rx.el.section(
        rx.el.h2(after.title, id="after", class_name="heading"),
        rx.el.p(after.words, class_name="text-ink-soft mt-2"),
        rx.el.div(rx.cond(after.has_written, written), class_name="row flex-wrap mt-4"),
        rx.el.div(
            more_link("Read your days", href=routes.HISTORY),
            rx.cond(after.has_other_books, more_link("All your yearbooks", href=routes.YEARBOOK)),
            more_link("Take everything with you", href=routes.DATA),
            rx.cond(after.opens_href, more_link("See what opens writing again", href=after.opens_href)),
            class_name="row flex-wrap mt-2",
        ),
        rx.cond(
            after.next_words,
            rx.el.p(
                after.next_words,
                " ",
                more_link(after.next_label, href=after.next_href),
                class_name="meta mt-2",
            ),
        ),
        rx.cond(after.journal, _journal()),
        aria_labelledby="after",
        class_name="card card-pad after",
    )


def _journal() -> rx.Component:
    return rx.el.p(
        rx.el.b("A journal of your own, if you like. "),
        TodayState.view.after.journal,
        " ",
        more_link("See how it is paid", href=routes.BILLING),
        class_name="meta mt-4",
    )
