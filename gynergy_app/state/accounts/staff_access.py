"""Who of the staff opened or changed a member's account."""

from dataclasses import dataclass

import reflex as rx

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import local_time
from gynergy_app.domain.text import spoken_day
from gynergy_app.guard import member
from gynergy_app.repositories import audit_log
from gynergy_app.repositories.audit_log import StaffAccess
from gynergy_app.services import staff_acts

SHOWN = 200


@dataclass(frozen=True)
class Access:
    who: str
    when: str
    what: str
    why: str


class StaffAccessState(rx.State):
    rows: list[Access] = []
    has_rows: bool = False
    is_loaded: bool = False

    @rx.event
    async def open(self):
        who = member()
        async with as_member(who.id) as db:
            found = await audit_log.staff_access_to_caller(db, SHOWN)
        self.rows = [_row(who, each) for each in found]
        self.has_rows, self.is_loaded = bool(found), True


def _row(who: Member, access: StaffAccess) -> Access:
    local = local_time(access.happened_at, who.timezone)
    by = f"{access.first_name}, admin" if access.role == "admin" else "The operator, or an admin who has left"
    return Access(
        who=by,
        when=f"{spoken_day(local.date())} {local.year} at {local:%H:%M}",
        what=staff_acts.told(access.action, access.before, access.after),
        why=access.reason,
    )
