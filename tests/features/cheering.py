"""A member who encourages somebody of her cohort, each time a transaction, as a click would be."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import psycopg

from gynergy_app.db import as_member
from gynergy_app.domain.encouragements import EncouragementKind, Words
from gynergy_app.services import encouragements
from gynergy_app.services.gamification import UnlockedBadge
from tests.features.cohorts import cohort_of
from tests.features.conftest import Living

GO_ON = Words(EncouragementKind.keep_going)


@dataclass
class Cheering:
    sender: Living
    owner_db: psycopg.AsyncConnection

    async def send(
        self,
        to: Living,
        at: datetime,
        words: Words = GO_ON,
        *,
        key: UUID | None = None,
        cohort: UUID | None = None,
    ) -> tuple[UnlockedBadge, ...]:
        """In the cohort of the sender's session, unless another is named."""
        where = cohort or await cohort_of(self.owner_db, self.sender.session_id)
        async with as_member(self.sender.member.id) as db:
            return await encouragements.send(
                db, self.sender.member, to.member.id, where, words, key=key or uuid4(), now=at
            )
