"""After day 45: what starts by itself, which is nothing that costs, and how each thing ends."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import more_link
from gynergy_app.components.media import icon
from gynergy_app.state.payments.pricing import PricingState

COLUMNS = ("Read only", "Monthly journal", "Yearly journal")


def afterwards() -> rx.Component:
    prices = PricingState.prices
    year = rx.fragment(
        prices.year,
        " a year",
        rx.cond(prices.year_saves, rx.fragment(", ", prices.year_saves, " less than twelve months")),
    )
    rows = (
        _row("Price", "Free", rx.fragment(prices.month, " a month"), year),
        _row("Read and export everything", _yes(), _yes(), _yes()),
        _row("Write new pages", _no(), _yes(), _yes()),
        _row("How it starts", "By itself, when your session is over", _chosen(), _chosen()),
        _row("How it ends", "It does not", _ends(), _ends()),
    )
    head = rx.el.tr(
        rx.el.th(rx.el.span("What", class_name="vh"), scope="col"),
        *[rx.el.th(name, scope="col") for name in COLUMNS],
    )
    table = rx.el.table(rx.el.thead(head), rx.el.tbody(*rows), class_name="table table-list price-after")
    return rx.el.section(
        rx.el.h2("After day 45", id="afterwards", class_name="title"),
        rx.el.p(
            "Nothing that costs starts by itself. The journal goes on only for whoever chooses it.",
            class_name="price-lead",
        ),
        table,
        rx.el.p(more_link("Choose a journal under Billing", href=routes.BILLING), class_name="mt-4"),
        aria_labelledby="afterwards",
        class_name="home-band",
    )


def _row(what: str, *cells: str | rx.Component) -> rx.Component:
    drawn = [rx.el.td(rx.el.span(cell), data_label=name) for name, cell in zip(COLUMNS, cells, strict=True)]
    return rx.el.tr(rx.el.th(what, scope="row"), *drawn)


def _yes() -> rx.Component:
    return rx.el.span(icon("check", 18), "Yes", class_name="with-icon price-yes")


def _no() -> rx.Component:
    return rx.el.span("No", class_name="text-ink-soft")


def _chosen() -> str:
    return "Only when you choose it"


def _ends() -> str:
    return "When you cancel it under Billing: it stays open until the paid date"
