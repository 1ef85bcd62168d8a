"""The dialog of the cohorts desk: taking somebody in, what happens to a member, and the cohort itself."""

from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.cohorts import CohortDraft
from gynergy_app.errors import Invalid
from gynergy_app.guard import admin_only, member
from gynergy_app.services.desks import cohort_people, cohorts
from gynergy_app.services.desks.cohort_people import Place
from gynergy_app.state.admin.cohort import CohortState
from gynergy_app.state.admin.words import as_id, id_in, short_date
from gynergy_app.state.shell import ShellState

ADD, ABOUT, PERSON = "add", "about", "person"
MODERATE, DISMISS, MOVE, REMOVE = "moderate", "dismiss", "move", "remove"
CONSEQUENCES = {
    MODERATE: "{name} will moderate this cohort. No moderator can read what a member wrote.",
    DISMISS: "{name} stays in the cohort as a member.",
    MOVE: "{name} takes a place in the other cohort and its days.",
    REMOVE: "{name} leaves the cohort and its board.",
}
PLACES = {
    Place.stays: " {name} wrote here: the place and its days stay, with every page and point. "
    "Pages can still be written in it, and it counts as taken.",
    Place.goes: " Nothing was written yet, so the place here is given back.",
    Place.none: " This cohort has no days of its own; every page stays where it is.",
}


@admin_only
class CohortActState(rx.State):
    """Without a `kind` the dialog is closed. The browser keeps what is typed."""

    kind: str = ""
    act: str = ""
    title: str = ""
    consequence: str = ""
    is_moderator: bool = False
    has_places: bool = True
    taken: str = ""
    typed: dict[str, str] = {}
    problems: dict[str, str] = {}
    target_options: list[tuple[str, str]] = []

    _user_id: UUID | None = None
    _name: str = ""
    _place: Place = Place.stays

    @rx.event
    def ask_to_add(self):
        self._start(ADD, "Take somebody in")

    @rx.event
    async def ask_about(self):
        """The cohort's own words, places and switches."""
        cohort_id = id_in(self.router.url.path)
        if cohort_id is None:
            return
        async with as_member(member().id) as db:
            cohort = (await cohorts.read(db, cohort_id, now=clock.now())).cohort
        self._start(ABOUT, f"About {cohort.name}")
        self.has_places = cohort.session_id is not None
        self.taken = f"{cohort.taken:,} taken. Empty: no limit."
        places = "" if cohort.places is None else str(cohort.places)
        self.typed = CohortDraft(
            cohort.description, places, "on" if cohort.is_active else "", "on" if cohort.is_public else ""
        ).typed()

    @rx.event
    async def ask_of(self, user_id: str):
        """What may happen to one member."""
        wanted, cohort_id = as_id(user_id), id_in(self.router.url.path)
        row = next((row for row in (await self.get_state(CohortState)).rows if row.id == user_id), None)
        if wanted is None or cohort_id is None or row is None:
            return
        now = clock.now()
        async with as_member(member().id) as db:
            place = await cohort_people.place_of(db, cohort_id, wanted)
            others = await cohort_people.others(db, cohort_id, now=now)
        self._start(PERSON, row.name)
        self._user_id, self._name, self._place = wanted, row.name, place
        self.is_moderator = row.is_moderator
        today = clock.day_in(member().timezone, now)
        self.target_options = [
            ("", "Please choose"),
            *(
                (str(other.id), f"{other.name}, from {short_date(other.start_date, today)}")
                for other in others
            ),
        ]
        self._choose(DISMISS if row.is_moderator else MODERATE)

    @rx.event
    def choose(self, act: str):
        if act in CONSEQUENCES:
            self._choose(act)

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Do it, or say beside each field why not."""
        cohort_id = id_in(self.router.url.path)
        if not self.kind or cohort_id is None:
            return None
        try:
            said = await self._do(cohort_id, form)
        except Invalid as refused:
            self.typed = {**self.typed, **{name: str(value) for name, value in form.items()}}
            self.problems = refused.problems
            return None
        self._close()
        return [CohortState.open, ShellState.say(said, "success")]

    @rx.event
    def close(self):
        self._close()

    async def _do(self, cohort_id: UUID, form: dict[str, Any]) -> str:
        who, now, reason = member(), clock.now(), str(form.get("reason", ""))
        async with as_member(who.id) as db:
            if self.kind == ADD:
                email = str(form.get("email", ""))
                name = await cohort_people.add(db, who, cohort_id, email, reason, now=now)
                return f"{name} has a place now, and was told."
            if self.kind == ABOUT:
                is_changed = await cohorts.change(db, who, cohort_id, form, now=now)
                return "Saved." if is_changed else "Nothing was changed."
            return await self._do_to_member(db, cohort_id, reason, as_id(form.get("to", "")))

    async def _do_to_member(self, db: Any, cohort_id: UUID, reason: str, to: UUID | None) -> str:
        who, now, user_id = member(), clock.now(), self._user_id
        if user_id is None:
            return ""
        match self.act:
            case "moderate":
                await cohort_people.appoint(db, who, cohort_id, user_id, reason, now=now)
                return f"{self._name} moderates this cohort now."
            case "dismiss":
                await cohort_people.dismiss(db, who, cohort_id, user_id, reason, now=now)
                return f"{self._name} is a member as before."
            case "move":
                if to is None:
                    raise Invalid({"to": "Please choose the cohort."})
                where = await cohort_people.move(db, who, cohort_id, user_id, to, reason, now=now)
                return f"{self._name} is in {where} now, and was told."
            case _:
                await cohort_people.remove(db, who, cohort_id, user_id, reason, now=now)
                return f"{self._name} is no longer in this cohort, and was told."

    def _choose(self, act: str) -> None:
        place = PLACES[self._place] if act in (MOVE, REMOVE) else ""
        self.act, self.problems = act, {}
        self.consequence = (CONSEQUENCES[act] + place).format(name=self._name)

    def _start(self, kind: str, title: str) -> None:
        self._close()
        self.kind, self.title = kind, title

    def _close(self) -> None:
        self.kind = self.act = self.title = self.consequence = self._name = self.taken = ""
        self.typed, self.problems, self.target_options, self._user_id = {}, {}, [], None
