"""The frames around a page. Each brings a skip link, the landmarks and the page's one h1."""

from typing import Any

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.billing_banner import billing_banner
from gynergy_app.components.buttons import button_link, submit
from gynergy_app.components.closed import closed_panel
from gynergy_app.components.forms.native import native_form
from gynergy_app.components.links import link, outside_link
from gynergy_app.components.media import brand, icon
from gynergy_app.components.navigation import (
    FINDABLE_AT_DESK,
    bottom_bar,
    desk_nav,
    find_button,
    palette,
    rail,
    sub_bar,
    top_bar,
)
from gynergy_app.matrix import needed
from gynergy_app.state.home import HomeState
from gynergy_app.state.shell import ShellState

Text = str | rx.Var[str]


def skip_link() -> rx.Component:
    return outside_link("Skip to the page", href="#main", class_name="skip")


def main(*children: Any, class_name: str) -> rx.Component:
    return rx.el.main(*children, id="main", tab_index=-1, class_name=class_name)


def page_head(title: Text, lede: Text | None = None, action: rx.Component | None = None) -> rx.Component:
    """The page's h1, a line under it, and at most one thing to do beside it."""
    words = rx.el.div(
        rx.el.h1(title, class_name="title"),
        rx.el.p(lede, class_name="meta measure") if lede is not None else rx.fragment(),
    )
    if action is None:
        return rx.el.div(words, class_name="page-head")
    return rx.el.div(words, action, class_name="page-head spread")


def section(
    *children: Any,
    title: Text,
    section_id: str,
    aside: Text | rx.Component | None = None,
    hidden_title: bool = False,
) -> rx.Component:
    """A part of a page under its own h2; sections stand 40 pixels apart."""
    beside = rx.el.p(aside, class_name="meta") if isinstance(aside, str | rx.Var) else aside
    head = rx.el.h2(title, id=section_id, class_name="vh" if hidden_title else "heading")
    return rx.el.section(
        head if hidden_title else rx.el.div(head, beside or rx.fragment(), class_name="sec-head"),
        *children,
        aria_labelledby=section_id,
        class_name="section",
    )


def leaving_banner() -> rx.Component:
    """Over every page, while its owner has asked for the account to be deleted."""
    words = rx.el.p(
        rx.el.b(f"This account will be deleted on {ShellState.leaves_on}."),
        " Until then everything is as it was, and you can keep it.",
        class_name="grow basis-56",
    )
    keep = native_form(
        submit("Keep my account", kind="secondary", busy_label="Keeping it…"), action="/auth/stay"
    )
    return rx.cond(
        ShellState.leaves_on,
        rx.el.div(words, keep, role="status", class_name="banner tone-warm flex-wrap mb-6"),
    )


def member_layout(
    *children: Any,
    title: Text,
    here: str,
    lede: Text | None = None,
    action: rx.Component | None = None,
    own_heading: bool = False,
    reading: bool = False,
) -> rx.Component:
    """A member's page. `here` is its route, so that navigation knows where it stands.

    `own_heading` for a page whose h1 is something else, such as the dial. `reading` keeps the column at 720.
    """
    head = rx.fragment() if own_heading else page_head(title, lede, action)
    return rx.fragment(
        skip_link(),
        rx.el.div(
            rail(here),
            rx.el.div(
                top_bar(title),
                sub_bar(here),
                main(
                    leaving_banner(),
                    rx.fragment() if here == routes.BILLING else billing_banner(),
                    _content(*children, here=here, title=title, head=head),
                    class_name="page page-reading" if reading else "page",
                ),
            ),
            class_name="shell",
        ),
        bottom_bar(here),
        palette(),
    )


def _content(*children: Any, here: str, title: Text, head: rx.Component) -> rx.Component:
    """A page that may be closed to its reader says so under its name, and shows nothing else."""
    if needed(here) is None:
        return rx.fragment(head, *children)
    closed = rx.fragment(page_head(title), closed_panel())
    return rx.cond(ShellState.closed.title, closed, rx.fragment(head, *children))


def writing_layout(
    *children: Any,
    state: rx.Component,
    lock: rx.Component,
    back: Text = routes.TODAY,
    back_label: str = "Back to Today",
    steps: rx.Component | None = None,
) -> rx.Component:
    """A page to write on: nothing but the way back, whether it is saved, and who can read it.

    `children` bring the h1. `state` is a `saved_state(...)`, `lock` usually `only_you()`; `steps` stands in
    the bar's middle.
    """
    return rx.fragment(
        skip_link(),
        rx.el.header(
            link(icon("arrow-left"), href=back, aria_label=back_label, class_name="icon-btn"),
            rx.el.div(steps if steps is not None else rx.fragment(), class_name="grow"),
            state,
            lock,
            class_name="writing-bar",
        ),
        main(leaving_banner(), billing_banner(), *children, class_name="writing"),
        palette(),
    )


def footer() -> rx.Component:
    return rx.el.footer(
        rx.el.div(
            brand(),
            rx.el.nav(
                link("Price", href=routes.PRICING),
                link("Privacy", href=routes.PRIVACY),
                link("Terms", href=routes.TERMS),
                aria_label="Small print",
                class_name="row",
            ),
        ),
        class_name="foot",
    )


def public_layout(
    *children: Any,
    action: Text | None = None,
    action_href: Text = routes.TODAY,
    filled: bool = False,
) -> rx.Component:
    """What strangers see: a bar with one action. `children` bring the h1.

    Without another action it is the way in; `HomeState.open` in ON_LOAD makes it Today for who is in already.
    """
    if action is None:
        action = rx.cond(HomeState.is_signed_in, "Open Today", "Sign in")
        action_href = rx.cond(HomeState.is_signed_in, routes.TODAY, routes.SIGN_IN)
    return rx.fragment(
        skip_link(),
        rx.el.header(
            rx.el.div(
                brand(),
                link("Price", href=routes.PRICING, class_name="public-link"),
                button_link(action, href=action_href, kind="primary" if filled else "secondary"),
            ),
            class_name="public-bar",
        ),
        main(*children, class_name="public"),
        footer(),
    )


def entrance_layout(
    *children: Any, title: Text, lede: Text | rx.Component | None = None, scene: rx.Component | None = None
) -> rx.Component:
    """Signing in and up: one column, one filled button; on a desktop a drawing stands beside it."""
    beside = rx.el.div(scene, aria_hidden="true", class_name="scene") if scene is not None else rx.fragment()
    words = rx.el.p(lede, class_name="mt-2 text-ink-soft") if lede is not None else rx.fragment()
    return rx.fragment(
        skip_link(),
        rx.el.div(
            beside,
            main(brand(), rx.el.h1(title, class_name="title"), words, *children, class_name=""),
            class_name="entrance",
        ),
    )


def admin_layout(
    *children: Any,
    title: Text,
    here: str,
    lede: Text | rx.Component | None = None,
    actions: rx.Component | None = None,
    zone: Text = "UTC",
    portrait: rx.Component | None = None,
) -> rx.Component:
    """A desk: denser, with the zone of its times always in sight. `portrait` stands before the h1."""
    bar = rx.el.header(
        _desk_menu(here),
        find_button("Find a desk"),
        rx.el.p(icon("globe", 16), rx.el.span("All times ", class_name="only-desk"), zone, class_name="zone"),
        class_name="desk-bar",
    )
    words = rx.el.div(
        rx.el.h1(title, class_name="title"),
        rx.el.p(lede, class_name="text-ink-soft") if lede is not None else rx.fragment(),
    )
    head = rx.el.div(
        words if portrait is None else rx.el.div(portrait, words, class_name="desk-who"),
        actions if actions is not None else rx.fragment(),
        class_name="desk-head",
    )
    return rx.fragment(
        skip_link(),
        rx.el.div(
            rx.el.div(desk_nav(here), class_name="desk-rail"),
            rx.el.div(bar, main(leaving_banner(), head, *children, class_name="desk")),
            class_name="desk-shell",
        ),
        palette(FINDABLE_AT_DESK),
    )


def _desk_menu(here: str) -> rx.Component:
    """On a phone the desk's rail is a menu."""
    return rx.el.div(
        rx.el.button(
            icon("menu"),
            type="button",
            aria_label="Desks",
            class_name="icon-btn",
            custom_attrs={"popoverTarget": "desks"},
        ),
        rx.el.div(desk_nav(here), id="desks", custom_attrs={"popover": "auto"}, class_name="menu"),
        class_name="desk-menu",
    )
