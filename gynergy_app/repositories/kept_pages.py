"""What a member's session has kept, as one dated list: finished pages, forgiven days, days she sat still.

Streaks, badges and rings are made of it, so everything that asks about them asks this once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Row, text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import Activity, StreakEventKind
from gynergy_app.domain.journaling import local_time

_KEPT = text("""
    select k.kind, k.day, k.at, k.mood, k.source_id, k.words, t.final_points,
           t.metadata ->> 'local_at' as local_at
    from (
        select case journal_type when 'morning' then 'morning_journal' when 'evening' then 'evening_journal'
                    else 'weekly_reflection' end as kind,
               entry_date as day, completed_at as at, mood_score as mood, id as source_id,
               case when journal_type = 'evening' and entry_date = cast(:words_of as date)
                    then coalesce(nullif(success, ''), insight) end as words
        from journals where user_id = :user_id and session_id = :session_id and is_completed
        union all
        select case action_type when 'gratitude' then 'gratitude_action' else 'weekly_challenge' end,
               entry_date, completed_at, null, id, null
        from action_logs where user_id = :user_id and session_id = :session_id and is_completed
        union all
        select kind, day, null, null, null, null
        from streak_events where user_id = :user_id and session_id = :session_id
        union all
        select 'sitting', entry_date, null, null, null, null
        from meditations where user_id = :user_id and session_id = :session_id
        union all
        select 'finished_vision', null, null, null, null, null
        from user_visions where user_id = :user_id and session_id = :session_id and is_completed
        union all
        select 'filled_area', null, null, null, null, null
        from journey, lateral (values
            (num_nulls(romantic_relationship_situation, romantic_relationship_vision,
                       romantic_relationship_why, romantic_relationship_strategy)),
            (num_nulls(family_friend_situation, family_friend_vision,
                       family_friend_why, family_friend_strategy)),
            (num_nulls(quality_of_life_situation, quality_of_life_vision,
                       quality_of_life_why, quality_of_life_strategy)),
            (num_nulls(spiritual_situation, spiritual_vision, spiritual_why, spiritual_strategy)),
            (num_nulls(health_fitness_situation, health_fitness_vision,
                       health_fitness_why, health_fitness_strategy)),
            (num_nulls(personal_dev_situation, personal_dev_vision, personal_dev_why, personal_dev_strategy)),
            (num_nulls(career_business_situation, career_business_vision,
                       career_business_why, career_business_strategy)),
            (num_nulls(financial_situation, financial_vision, financial_why, financial_strategy))
        ) as area(missing)
        where user_id = :user_id and session_id = :session_id and missing = 0
        union all
        select 'invited', null, null, null, null, null
        from referrals where referrer_id = :user_id and status = 'converted'
        union all
        select 'encouraged', null, null, null, null, null
        from (
            select distinct recipient_id, sent_on from encouragements
            where sender_id = :user_id and session_id = :session_id
        ) once_a_day
        union all
        select 'shared', null, null, null, null, null
        from community_posts p
        join action_logs a on a.id = p.linked_action_id and a.session_id = :session_id
        where p.user_id = :user_id and p.is_approved and p.deleted_at is null
    ) k
    left join points_transactions t
        on t.user_id = :user_id and t.source_id = k.source_id and t.activity_type = k.kind
        and t.source_type = 'page' and t.reverses_id is null
    order by k.day, k.at
""")


@dataclass(frozen=True)
class KeptPage:
    """One finished page. `points` is None where none were given.

    `at` is when it was finished, in UTC; `local_at` what the member's clock showed then, wherever she was.
    `words`, her success or else her insight, come with the evening that was asked for and with no other page.
    """

    activity: Activity
    day: date
    at: datetime
    mood: int | None
    source_id: UUID
    points: int | None
    local_at: datetime | None
    words: str

    def shown_at(self, timezone: str) -> datetime:
        """What a clock showed at its end: hers where that is remembered, else one in this zone."""
        return self.local_at or local_time(self.at, timezone)


@dataclass(frozen=True)
class KeptDays:
    """Pages oldest first; forgiven days by why; days with a meditation; finished visions, filled areas.

    `invited` are people who came by her link and took a place, in this session or before it; `encouragements`
    the people she encouraged in it, each once a day; `shared` the gratitude actions of it that stand in her
    cohort: deleted or hidden, they are not counted.
    """

    pages: tuple[KeptPage, ...]
    forgiven: Mapping[StreakEventKind, frozenset[date]]
    sittings: frozenset[date]
    visions: int
    areas: int
    invited: int
    encouragements: int
    shared: int


async def of_session(
    db: AsyncSession, session_id: UUID, user_id: UUID, *, words_of: date | None = None
) -> KeptDays:
    """Everything, in one question. `words_of` is the day whose evening is to come with its words."""
    asked = {"user_id": user_id, "session_id": session_id, "words_of": words_of}
    rows = (await (await db.connection()).execute(_KEPT, asked)).all()
    return KeptDays(
        pages=tuple(_page(row) for row in rows if row.kind in set(Activity)),
        forgiven={kind: frozenset(row.day for row in rows if row.kind == kind) for kind in StreakEventKind},
        sittings=frozenset(row.day for row in rows if row.kind == "sitting"),
        visions=sum(row.kind == "finished_vision" for row in rows),
        areas=sum(row.kind == "filled_area" for row in rows),
        invited=sum(row.kind == "invited" for row in rows),
        encouragements=sum(row.kind == "encouraged" for row in rows),
        shared=sum(row.kind == "shared" for row in rows),
    )


def _page(row: Row) -> KeptPage:
    return KeptPage(
        activity=Activity(row.kind),
        day=row.day,
        at=row.at,
        mood=row.mood,
        source_id=row.source_id,
        points=row.final_points,
        local_at=datetime.fromisoformat(row.local_at) if row.local_at else None,
        words=row.words or "",
    )
