"""Friend codes at the desk, and what an admin may do with one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gynergy_app import routes
from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.services.payments.codes import state_of
from gynergy_app.state.admin.money_words import CODES, TAKEN_BACK_BY, on_day


@dataclass(frozen=True)
class CodeRow:
    """`can_change`: nobody has used it, and nobody has taken it back."""

    id: str
    code: str
    state: str
    kind: str
    more: str
    href: str
    can_change: bool


def code_rows(codes: Sequence[Any], names: Mapping[UUID, str], zone: str, now: datetime) -> list[CodeRow]:
    return [_row(code, names, zone, now) for code in codes]


def _row(code: Any, names: Mapping[UUID, str], zone: str, now: datetime) -> CodeRow:
    stands = state_of(code, now)
    state, kind = CODES[stands]
    return CodeRow(
        id=str(code.id),
        code=code.code,
        state=state,
        kind=kind,
        more=_more(code, stands, names, zone, now),
        href=routes.admin_member(str(code.used_by_id)) if code.used_by_id else "",
        can_change=stands in (CodeState.open, CodeState.expired),
    )


def _more(code: Any, stands: CodeState, names: Mapping[UUID, str], zone: str, now: datetime) -> str:
    match stands:
        case CodeState.used:
            return (
                f"by {names.get(code.used_by_id, 'somebody who has left')}, {on_day(code.used_at, zone, now)}"
            )
        case CodeState.revoked:
            by = f", {TAKEN_BACK_BY[code.revoked_by]}" if code.revoked_by else ""
            return f"{on_day(code.revoked_at, zone, now)}{by}"
        case CodeState.expired:
            return f"since {on_day(code.expires_at, zone, now)}"
        case _:
            return f"until {on_day(code.expires_at, zone, now)}"
