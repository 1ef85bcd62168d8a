"""The site map: every page by its module.

A page module has ROUTE, TITLE, DESCRIPTION, ON_LOAD, ACCESS ("public", "member", "admin") and `page()`.
"""

from importlib import import_module
from types import ModuleType

import reflex as rx

from gynergy_app.settings import settings

MODULES: tuple[str, ...] = (
    "accounts.access",
    "accounts.check_mail",
    "accounts.data",
    "accounts.forgot_password",
    "accounts.preferences",
    "accounts.profile",
    "accounts.reset_password",
    "accounts.security",
    "accounts.sign_in",
    "accounts.sign_up",
    "admin.book",
    "admin.cohort",
    "admin.cohorts",
    "admin.gamification",
    "admin.inbox",
    "admin.invitations",
    "admin.member",
    "admin.members",
    "admin.overview",
    "admin.payments",
    "admin.programs",
    "admin.purchase",
    "admin.purchases",
    "admin.reports",
    "admin.subscriptions",
    "cohorts.members",
    "community.feed",
    "forbidden",
    "home",
    "gamification.badges",
    "gamification.leaderboard",
    "gamification.points",
    "journaling.evening",
    "journaling.gratitude_action",
    "journaling.life_map",
    "journaling.meditation",
    "journaling.missed_day",
    "journaling.morning",
    "journaling.vision_creed",
    "journaling.vision_discovery",
    "journaling.vision_highest_self",
    "journaling.vision_mantra",
    "journaling.visions",
    "journaling.weekly",
    "journaling.weekly_challenge",
    "not_found",
    "notifications",
    "payments.billing",
    "payments.pricing",
    "payments.success",
    "payments.codes",
    "payments.join",
    "payments.redeem",
    "privacy",
    "programs.graduation",
    "programs.history",
    "programs.history_day",
    "programs.insight",
    "programs.milestone",
    "programs.today",
    "programs.weeks",
    "programs.welcome",
    "programs.yearbook",
    "referrals.invite",
    "terms",
)
DEV_MODULES = ("dev.components",)
"""Never part of a production build."""

NAME = "GYNERGY"
CARD = "/og.png"


def modules() -> list[ModuleType]:
    names = MODULES if settings.is_production else MODULES + DEV_MODULES
    return [import_module(f"{__name__}.{name}") for name in names]


def _head(page: ModuleType) -> list[dict[str, str] | rx.Component]:
    """What search engines and link previews read. Only what strangers may open is announced to them, and no
    address that somebody was given."""
    if page.ACCESS != "public" or "[" in page.ROUTE:
        return [{"name": "robots", "content": "noindex"}]
    address = f"{settings.public_url.rstrip('/')}{page.ROUTE}"
    return [
        rx.el.link(rel="canonical", href=address),
        {"property": "og:url", "content": address},
        *[{"property": name, "content": said} for name, said in announcement(page).items()],
        {"name": "twitter:card", "content": "summary_large_image"},
    ]


def announcement(page: ModuleType) -> dict[str, str]:
    """What a preview of its link says, wherever that is drawn."""
    return {
        "og:title": page.TITLE,
        "og:description": page.DESCRIPTION,
        "og:type": "website",
        "og:site_name": NAME,
    }


def card() -> str:
    """The picture beside it."""
    return f"{settings.public_url.rstrip('/')}{CARD}"


def register(app: rx.App) -> None:
    for page in modules():
        app.add_page(
            page.page,
            route=page.ROUTE,
            title=f"{page.TITLE} · {NAME}",
            description=page.DESCRIPTION,
            image=card(),
            on_load=page.ON_LOAD,
            meta=_head(page),
        )
