"""Over every page: what is about to happen to a subscription, and where to do something about it."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import icon_button, more_link
from gynergy_app.components.media import icon
from gynergy_app.state.shell import ShellState


def billing_banner() -> rx.Component:
    notice = ShellState.notice
    symbol = rx.cond(notice.is_urgent, icon("circle-alert"), icon("calendar-days"))
    aside = icon_button("x", "Put this aside", on_click=ShellState.put_notice_aside)
    return rx.cond(
        notice.headline,
        rx.el.div(
            symbol,
            rx.el.p(rx.el.b(notice.headline), " ", notice.words, class_name="grow basis-56"),
            rx.el.div(
                more_link(notice.opens, href=routes.BILLING),
                rx.cond(notice.is_urgent, rx.fragment(), aside),
                class_name="row",
            ),
            role="status",
            class_name="banner tone-warm flex-wrap mb-6",
        ),
    )
