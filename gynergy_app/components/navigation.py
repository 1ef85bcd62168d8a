"""The places of the product, drawn as a rail, a bottom bar and a desk's rail, and found by name."""

from dataclasses import dataclass

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.closed import lacks
from gynergy_app.components.dialogs import menu, menu_item, menu_line, menu_link
from gynergy_app.components.forms.native import native_form
from gynergy_app.components.links import link
from gynergy_app.components.media import avatar, brand, icon, mark
from gynergy_app.components.scripts import script
from gynergy_app.matrix import needed
from gynergy_app.state.shell import ShellState

SIGN_OUT = "/auth/sign-out"


@dataclass(frozen=True)
class Place:
    name: str
    href: str
    symbol: str = ""
    children: tuple["Place", ...] = ()
    own_name: str = ""
    """What it is called beside its children."""

    def holds(self, here: str) -> bool:
        return here == self.href or any(child.href == here for child in self.children)


PLACES = (
    Place("Today", routes.TODAY, "lamp-desk"),
    Place(
        "Journey",
        routes.HISTORY,
        "route",
        (
            Place("Weekly pages", routes.WEEKS),
            Place("Meditation", routes.MEDITATION),
            Place("Vision", routes.VISIONS),
            Place("Patterns", routes.INSIGHT),
        ),
        own_name="45 days",
    ),
    Place(
        "Cohort",
        routes.COHORT,
        "users",
        (Place("Members", routes.COHORT_MEMBERS), Place("Leaderboard", routes.LEADERBOARD)),
        own_name="Feed",
    ),
    Place(
        "Me",
        routes.ME,
        "circle-user-round",
        (
            Place("Points", routes.POINTS),
            Place("Badges", routes.BADGES),
            Place("Friend codes", routes.FRIEND_CODES),
            Place("Invite", routes.INVITE),
            Place("Billing", routes.BILLING),
            Place("Preferences", routes.PREFERENCES),
            Place("Security", routes.SECURITY),
            Place("Your data", routes.DATA),
            Place("Who has looked", routes.ACCESS),
        ),
        own_name="Profile",
    ),
)
DESKS = (
    ("", (Place("Overview", routes.ADMIN, "layout-grid"),)),
    (
        "People",
        (
            Place("Members", routes.ADMIN_MEMBERS, "user"),
            Place("Cohorts", routes.ADMIN_COHORTS, "users"),
            Place("Reports", routes.ADMIN_REPORTS, "flag"),
        ),
    ),
    (
        "Money",
        (
            Place("Payments", routes.ADMIN_PAYMENTS, "chart-line"),
            Place("Purchases", routes.ADMIN_PURCHASES, "credit-card"),
            Place("Subscriptions", routes.ADMIN_SUBSCRIPTIONS, "repeat"),
            Place("Inbox", routes.ADMIN_INBOX, "inbox"),
            Place("Invitations", routes.ADMIN_INVITATIONS, "user-plus"),
        ),
    ),
    (
        "Programme",
        (
            Place("Programs", routes.ADMIN_PROGRAMS, "book-open"),
            Place("Points and badges", routes.ADMIN_GAMIFICATION, "award"),
        ),
    ),
)


class CommandPalette(rx.Component):
    library = script("command_palette.jsx", __name__)
    tag = "CommandPalette"

    places: rx.Var[list[dict[str, str]]]
    lacks: rx.Var[list[str]]
    has_shortcuts: rx.Var[bool]


class SubNav(rx.Component):
    library = script("sub_nav.jsx", __name__)
    tag = "SubNav"

    label: rx.Var[str]


def _found(name: str, href: str, hint: str, key: str = "") -> dict[str, str]:
    return {"name": name, "href": href, "hint": hint, "key": key, "needs": needed(href) or ""}


FINDABLE = [
    _found("Today", routes.TODAY, "Place", "t"),
    _found("Write this morning’s page", routes.MORNING_JOURNAL, "Action", "m"),
    _found("Open today’s gratitude action", routes.GRATITUDE_ACTION, "Action", "g"),
    _found("Write this evening’s page", routes.EVENING_JOURNAL, "Action", "e"),
    _found("Look back on the week", routes.WEEKLY_REFLECTION, "Action", "w"),
    _found("Open this week’s challenge", routes.WEEKLY_CHALLENGE, "Action"),
    _found("Sit still: the meditation timer", routes.MEDITATION, "Action"),
    _found("Journey: history", routes.HISTORY, "Place"),
    _found("Weekly pages", routes.WEEKS, "Place"),
    _found("Graduation", routes.GRADUATION, "Place"),
    _found("Yearbook", routes.YEARBOOK, "Place"),
    _found("Vision: highest self, mantra, creed, discovery", routes.VISIONS, "Place"),
    _found("Life map", routes.LIFE_MAP, "Place"),
    _found("Patterns: mood, weekdays, words", routes.INSIGHT, "Place"),
    _found("Cohort: feed", routes.COHORT, "Place", "c"),
    _found("Cohort: members", routes.COHORT_MEMBERS, "Place"),
    _found("Leaderboard", routes.LEADERBOARD, "Place"),
    _found("Points", routes.POINTS, "Place"),
    _found("Badges", routes.BADGES, "Place"),
    _found("Friend codes: places to give away", routes.FRIEND_CODES, "Place"),
    _found("Use a friend code", routes.REDEEM, "Action"),
    _found("Invite: your own link", routes.INVITE, "Place"),
    _found("Notifications", routes.NOTIFICATIONS, "Place"),
    _found("Me: profile, settings", routes.ME, "Place"),
    _found("Billing: subscription, card, invoices", routes.BILLING, "Place"),
    _found("Preferences: reminders, privacy, theme", routes.PREFERENCES, "Place"),
    _found("Security: password, sign out", routes.SECURITY, "Place"),
    _found("Your data: archive, consents, deletion", routes.DATA, "Place"),
    _found("Who has looked at my account", routes.ACCESS, "Place"),
]
FINDABLE_AT_DESK = [
    _found("Overview", routes.ADMIN, "Desk"),
    _found("Members", routes.ADMIN_MEMBERS, "Desk"),
    _found("Cohorts", routes.ADMIN_COHORTS, "Desk"),
    _found("Reports: posts that somebody reported", routes.ADMIN_REPORTS, "Desk"),
    _found("Payments: revenue, recurring, friend codes", routes.ADMIN_PAYMENTS, "Desk"),
    _found("Purchases and refunds", routes.ADMIN_PURCHASES, "Desk"),
    _found("Subscriptions", routes.ADMIN_SUBSCRIPTIONS, "Desk"),
    _found("Inbox: payment events, comparing with Stripe", routes.ADMIN_INBOX, "Desk"),
    _found("Invitations to decide", routes.ADMIN_INVITATIONS, "Desk"),
    _found("Programs", routes.ADMIN_PROGRAMS, "Desk"),
    _found("Points and badges", routes.ADMIN_GAMIFICATION, "Desk"),
    _found("Today", routes.TODAY, "Leave the desk"),
]


def palette(places: list[dict[str, str]] | None = None) -> rx.Component:
    """Ctrl/Cmd-K over every place and action, and the keys behind `?`."""
    return CommandPalette.create(
        places=places if places is not None else FINDABLE,
        lacks=ShellState.lacks,
        has_shortcuts=ShellState.shortcuts_enabled,
    )


def find_button(words: str = "Find anything") -> rx.Component:
    """Opens the palette."""
    return rx.el.button(
        icon("search", 16),
        words,
        rx.el.kbd("Ctrl K", class_name="kbd"),
        type="button",
        class_name="rail-find",
        custom_attrs={"commandfor": "palette", "command": "show-modal"},
    )


def bell() -> rx.Component:
    """Leads to the notifications and says how many are new."""
    has_new = ShellState.unread_count > 0
    return link(
        icon("bell"),
        href=routes.NOTIFICATIONS,
        class_name=rx.cond(has_new, "icon-btn dot-new", "icon-btn"),
        aria_label=rx.cond(has_new, f"Notifications, {ShellState.unread_count} new", "Notifications"),
    )


def _lock(href: str) -> rx.Component:
    """A place that is closed to her stays where it is, and says so."""
    right = needed(href)
    if right is None:
        return rx.fragment()
    lock = rx.el.span(icon("lock", 14), rx.el.span("closed", class_name="lock-word"), class_name="nav-lock")
    return rx.cond(lacks(right), lock)


def _current(place: Place, here: str) -> dict[str, str]:
    return {"aria_current": "page"} if place.href == here else {}


def _child(place: Place, here: str) -> rx.Component:
    return link(place.name, _lock(place.href), href=place.href, **_current(place, here))


def _rail_place(place: Place, here: str) -> rx.Component:
    is_here = place.holds(here)
    children = rx.el.ul(*[rx.el.li(_child(child, here)) for child in place.children])
    return rx.el.li(
        link(
            icon(place.symbol),
            place.name,
            _lock(place.href),
            href=place.href,
            class_name="is-here" if is_here else "",
            **_current(place, here),
        ),
        children if is_here and place.children else rx.fragment(),
    )


def sign_out_form(*children: rx.Component) -> rx.Component:
    return native_form(*children, action=SIGN_OUT)


def member_card() -> rx.Component:
    """Who is signed in, with what belongs to her."""
    opener = rx.el.button(
        avatar(ShellState.member_initial, ShellState.member_picture, size="s"),
        rx.el.span("Your account: ", class_name="vh"),
        rx.el.span(
            rx.el.span(ShellState.member_name, class_name="label"),
            rx.el.span(ShellState.cohort_name, class_name="tiny"),
        ),
        type="button",
        class_name="rail-who",
        custom_attrs={"popoverTarget": "account"},
    )
    return menu(
        menu_link("Me", href=routes.ME, icon="circle-user-round"),
        menu_link("Preferences", href=routes.PREFERENCES, icon="sliders-horizontal"),
        rx.cond(ShellState.is_admin, menu_link("The desk", href=routes.ADMIN, icon="layout-grid")),
        menu_line(),
        sign_out_form(menu_item("Sign out", menu_id="account", icon="log-out", type="submit")),
        menu_id="account",
        label="Your account",
        trigger=opener,
        at_end=False,
    )


def rail(here: str) -> rx.Component:
    return rx.el.header(
        brand(routes.TODAY),
        find_button(),
        rx.el.nav(rx.el.ul(*[_rail_place(place, here) for place in PLACES]), aria_label="Places"),
        rx.el.div(member_card(), bell(), class_name="rail-foot"),
        class_name="rail",
    )


def top_bar(title: str | rx.Var[str]) -> rx.Component:
    """The phone's slim bar. Not a heading: the page has its own."""
    return rx.el.header(
        rx.el.p(mark(), title, class_name="topbar-name"),
        bell(),
        class_name="topbar",
    )


def bottom_bar(here: str) -> rx.Component:
    """The phone's places, where the thumb is. Gone while the keyboard is open."""
    return rx.el.nav(
        *[
            link(
                icon(place.symbol, 24),
                place.name,
                _lock(place.href),
                href=place.href,
                **({"aria_current": "page"} if place.holds(here) else {}),
            )
            for place in PLACES
        ],
        aria_label="Places",
        class_name="bottombar",
    )


def sub_bar(here: str) -> rx.Component:
    """The phone's children of the place one is in."""
    place = next((place for place in PLACES if place.children and place.holds(here)), None)
    if place is None:
        return rx.fragment()
    own = Place(place.own_name, place.href)
    return SubNav.create(
        *[_child(child, here) for child in (own, *place.children)],
        label=place.name,
    )


def desk_nav(here: str) -> rx.Component:
    groups: list[rx.Component] = [brand(routes.ADMIN)]
    for name, places in DESKS:
        groups.append(rx.el.p(name, class_name="tiny") if name else rx.fragment())
        links = [link(icon(p.symbol, 16), p.name, href=p.href, **_current(p, here)) for p in places]
        groups.append(rx.el.ul(*[rx.el.li(each) for each in links]))
    groups.append(rx.el.p("Yourself", class_name="tiny"))
    groups.append(rx.el.ul(rx.el.li(link(icon("arrow-left", 16), "Back to Today", href=routes.TODAY))))
    return rx.el.nav(*groups, aria_label="Desks")
