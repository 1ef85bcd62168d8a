"""What a member chooses; each choice is in force, and kept, at once."""

from dataclasses import dataclass, fields
from datetime import time
from typing import Any

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import timezone_problem
from gynergy_app.domain.accounts.preferences import choice_problem
from gynergy_app.domain.notifications import is_quiet
from gynergy_app.guard import member
from gynergy_app.repositories import profile_settings
from gynergy_app.services import accounts, sessions, travel
from gynergy_app.state.session import MemberState
from gynergy_app.state.shell import ShellState


@dataclass(frozen=True)
class Choices:
    """As the page shows them; times as a clock says them."""

    timezone: str = ""
    morning_reminder_enabled: bool = True
    morning_reminder_time: str = ""
    evening_reminder_enabled: bool = True
    evening_reminder_time: str = ""
    streak_warning_enabled: bool = True
    email_reminders_enabled: bool = True
    push_enabled: bool = True
    email_digest_frequency: str = "weekly"
    quiet_from: str = ""
    quiet_to: str = ""
    show_on_leaderboard: bool = True
    show_points: bool = True
    show_streak: bool = True
    show_badges: bool = True
    allow_encouragements: bool = True
    shortcuts_enabled: bool = True

    @classmethod
    def of(cls, row: Any) -> "Choices":
        return cls(**{field.name: _shown(getattr(row, field.name)) for field in fields(cls)})


def _shown(value: Any) -> Any:
    return f"{value:%H:%M}" if isinstance(value, time) else value if isinstance(value, bool) else str(value)


class PreferencesState(rx.State):
    choices: Choices = Choices()
    problems: dict[str, str] = {}
    is_loaded: bool = False

    @rx.var
    def silenced(self) -> str:
        """Which reminders the quiet hours keep from coming, in a sentence."""
        chosen = self.choices
        if not chosen.quiet_from or not chosen.quiet_to:
            return ""
        quiet_from, quiet_to = map(time.fromisoformat, (chosen.quiet_from, chosen.quiet_to))
        reminders = {"morning": chosen.morning_reminder_time, "evening": chosen.evening_reminder_time}
        silent = [
            name for name, at in reminders.items() if is_quiet(time.fromisoformat(at), quiet_from, quiet_to)
        ]
        return f"Your {' and '.join(silent)} time lies in these hours and stays silent." if silent else ""

    @rx.event
    async def open(self):
        who = member()
        async with as_member(who.id) as db:
            self.choices = Choices.of(await profile_settings.get(db, who.id))
        self.problems, self.is_loaded = {}, True

    @rx.event
    async def choose(self, name: str, said: bool | str):
        """Keep one choice, named as its column is."""
        if not self._holds(name, choice_problem(name, said)) or said == getattr(self.choices, name, None):
            return None
        who = member()
        async with as_member(who.id) as db:
            self.choices = Choices.of(await accounts.choose(db, who, **{name: said}))
        return MemberState.enter if name == "shortcuts_enabled" else None

    @rx.event
    async def move_to(self, timezone: str):
        """Count the days on another clock from now on."""
        if not self._holds("timezone", timezone_problem(timezone)) or timezone == self.choices.timezone:
            return None
        who = member()
        async with as_member(who.id) as db:
            await travel.change_timezone(db, who, timezone, now=clock.now())
            self.choices = Choices.of(await profile_settings.get(db, who.id))
        sessions.forget_member(who.id)
        return ShellState.say(f"Your days now follow {timezone.replace('_', ' ')}.", "success")

    def _holds(self, name: str, problem: str | None) -> bool:
        others = {field: sentence for field, sentence in self.problems.items() if field != name}
        self.problems = {**others, name: problem} if problem else others
        return problem is None
