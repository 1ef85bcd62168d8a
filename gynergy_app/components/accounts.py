"""Pieces of the pages for signing in, and of a member's own pages."""

from typing import Any

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button, submit
from gynergy_app.components.dial import SAMPLE, dial
from gynergy_app.components.feedback import banner
from gynergy_app.components.forms import hidden, native_form
from gynergy_app.components.layout import entrance_layout
from gynergy_app.components.links import link, outside_link
from gynergy_app.state.accounts import EntranceState
from gynergy_app.state.accounts.security import SignInRow


def entrance(*children: Any, title: str, lede: str | rx.Component | None = None) -> rx.Component:
    """One column beside the dial, and what the last form had to say."""
    scene = rx.fragment(
        dial(SAMPLE), rx.el.p("Forty-five days, one ray for each. The more you write, the longer it grows.")
    )
    news = last_word(EntranceState.note, EntranceState.is_good_news)
    return entrance_layout(news, *children, title=title, lede=lede, scene=scene)


def last_word(note: rx.Var[str] | str, is_good_news: rx.Var[bool] | bool) -> rx.Component:
    """What came of the form before this page; nothing most of the time."""
    return rx.cond(
        note,
        rx.el.div(
            rx.cond(
                is_good_news,
                banner(note, tone="accent", symbol="check"),
                rx.el.div(
                    banner(note, tone="warm", symbol="circle-alert"),
                    tab_index=-1,
                    custom_attrs={"data-news": "true"},
                ),
            ),
            class_name="mt-6",
        ),
    )


def entrance_form(*children: Any, action: str, **props: Any) -> rx.Component:
    """Leads on to where somebody was going. The server looks at every field, so the browser need not."""
    where_to = hidden("next", EntranceState.next_path)
    return native_form(
        *children, where_to, action=action, no_validate=True, class_name="fill-in mt-7", **props
    )


PROVIDER_NAMES = [("apple", "Apple"), ("azure", "Microsoft"), ("facebook", "Facebook"), ("google", "Google")]


def provider_buttons() -> rx.Component:
    """One for each house the auth service works with; most of the time none."""
    return rx.fragment(
        rx.foreach(EntranceState.providers, _provider_button),
        rx.cond(
            EntranceState.providers,
            rx.el.p(
                "Whoever comes this way for the first time makes an account and agrees to the ",
                link("terms", href=routes.TERMS),
                " and the ",
                link("privacy notice", href=routes.PRIVACY),
                ".",
                class_name="hint",
            ),
        ),
    )


def _provider_button(provider: rx.Var[str]) -> rx.Component:
    name = rx.match(provider, *PROVIDER_NAMES, provider)
    return outside_link(
        "Go on with ",
        name,
        href=f"/auth/oauth/{provider}?next={EntranceState.next_path}",
        class_name="btn btn-wide",
    )


def after_a_minute(early: rx.Component, late: rx.Component) -> rx.Component:
    """The second appears sixty seconds after the page, without a script."""
    return rx.el.div(
        rx.el.div(early, class_name="until-a-minute"),
        rx.el.div(late, class_name="after-a-minute"),
        class_name="a-minute",
    )


def sign_in_row(row: SignInRow, end: rx.EventHandler | rx.event.EventCallback) -> rx.Component:
    """One place where the member is signed in."""
    words = rx.el.div(
        rx.el.p(
            row.device, rx.cond(row.is_this_one, rx.el.span("This device", class_name="tag tag-good ml-2"))
        ),
        rx.el.p(row.seen, class_name="meta"),
        class_name="grow",
    )
    leave = button("Sign out", aria_label=f"Sign out {row.device}", on_click=end(row.id))
    return rx.el.li(words, rx.cond(row.is_this_one, rx.fragment(), leave), class_name="set-row")


def leaving_form(
    action: str, label: str, *, busy_label: str = "One moment…", kind: str = "secondary"
) -> rx.Component:
    """A button that is a whole form: signing out."""
    return native_form(submit(label, kind=kind, busy_label=busy_label), action=action)
