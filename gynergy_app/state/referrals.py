"""Inviting: a link of one's own, how far it has come, and what counts."""

from dataclasses import dataclass, field

import reflex as rx

from gynergy_app import routes
from gynergy_app.db import as_member
from gynergy_app.domain.referrals import POINTS
from gynergy_app.domain.text import counted
from gynergy_app.drawing.qr import BLANK, Qr, qr
from gynergy_app.guard import member
from gynergy_app.services import referrals
from gynergy_app.services.referrals import Inviting, Step
from gynergy_app.settings import settings


@dataclass(frozen=True)
class Mark:
    """A milestone of inviting, with the badge it brings."""

    name: str
    asks: str
    bonus: str
    icon: str
    rarity: str
    note: str
    is_reached: bool


@dataclass(frozen=True)
class InviteView:
    """`shown_link` is the link as one reads it out."""

    link: str = ""
    shown_link: str = ""
    qr: Qr = BLANK
    joined: int = 0
    on_the_way: int = 0
    points: str = ""
    next: str = ""
    marks: list[Mark] = field(default_factory=list)
    is_new: bool = False


class InviteState(rx.State):
    is_loading: bool = True
    view: InviteView = InviteView()

    @rx.event
    async def open(self):
        who = member()
        async with as_member(who.id) as db:
            inviting = await referrals.read(db, who)
        self.view = _view(inviting)
        self.is_loading = False


def _view(inviting: Inviting) -> InviteView:
    link = f"{settings.public_url.rstrip('/')}{routes.invited(inviting.code)}"
    return InviteView(
        link=link,
        shown_link=link.split("://")[-1],
        qr=qr(link),
        joined=inviting.joined,
        on_the_way=inviting.on_the_way,
        points=f"{inviting.all_points:,}",
        next=f"{_given_back(inviting)}{_next(inviting)}",
        marks=[_mark(step, inviting.joined) for step in inviting.steps],
        is_new=_is_new(inviting),
    )


def _is_new(inviting: Inviting) -> bool:
    """Whether nobody has ever come. Who has left since was here."""
    came = inviting.joined or inviting.on_the_way or inviting.given_back or inviting.all_points
    return not came and not any(step.is_reached for step in inviting.steps)


def _given_back(inviting: Inviting) -> str:
    many = inviting.given_back
    if not many:
        return ""
    return f"{counted(many, 'place').capitalize()} {'was' if many == 1 else 'were'} given back. "


def _next(inviting: Inviting) -> str:
    if inviting.ahead is None:
        return f"Every milestone is reached. Each further person still brings {POINTS} points."
    step = next(step for step in inviting.steps if step.needed == inviting.ahead)
    more = "more " if inviting.joined else ""
    missing = counted(step.needed - inviting.joined, f"{more}person", f"{more}people").capitalize()
    if step.is_reached:
        return f"{missing} with a place, and the {step.points:,} points of “{step.name}” are back."
    return f"{missing} with a place, and “{step.name}” is yours."


def _mark(step: Step, joined: int) -> Mark:
    is_given_back = step.is_reached and joined < step.needed
    return Mark(
        name=step.name,
        asks=counted(step.needed, "person", "people").capitalize(),
        bonus="" if is_given_back else f"+{step.points:,}",
        icon=step.icon,
        rarity=step.rarity,
        note=_note(step, joined),
        is_reached=step.is_reached,
    )


def _note(step: Step, joined: int) -> str:
    if not step.is_reached:
        return f"{min(joined, step.needed)} of {step.needed}"
    if joined < step.needed:
        return "Reached. A place was given back, and with it these points; the badge stays."
    return "Reached"
