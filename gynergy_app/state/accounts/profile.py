"""How a member is known: a name and a face."""

from typing import Any

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.guard import member
from gynergy_app.integrations import supabase_storage
from gynergy_app.repositories import users
from gynergy_app.services import accounts, cookies, sessions
from gynergy_app.state.session import MemberState, picture_url
from gynergy_app.state.shell import ShellState


class ProfileState(rx.State):
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    picture: str = ""
    is_anonymous: bool = False
    is_loaded: bool = False
    is_saving: bool = False
    problems: dict[str, str] = {}

    @rx.event
    async def open(self):
        who = member()
        async with as_member(who.id) as db:
            user = await users.get(db, who.id)
        self.first_name, self.last_name = user.first_name, user.last_name
        self.email, self.is_anonymous = user.email or "", user.is_anonymous
        self.picture = picture_url(user.profile_image)
        self.problems, self.is_loaded, self.is_saving = {}, True, False

    @rx.event
    async def save(self, form: dict[str, Any]):
        first, last = str(form.get("first_name", "")), str(form.get("last_name", ""))
        self.problems = accounts.name_problems(first, last)
        if self.problems:
            return
        self.is_saving = True
        yield
        who = member()
        async with as_member(who.id) as db:
            await accounts.rename(db, who, first, last)
        sessions.forget_member(who.id)
        self.is_saving = False
        yield ShellState.say("Your name is saved.", "success")
        yield MemberState.enter
        yield ProfileState.open

    @rx.event
    def picture_arrived(self):
        """The upload route has kept it; the frame shows it too."""
        yield MemberState.enter
        yield ProfileState.open

    @rx.event
    async def remove_picture(self):
        who = member()
        token = await sessions.access_token(
            cookies.read(self.router.headers.cookie, sessions.COOKIE), clock.now()
        )
        async with as_member(who.id) as db:
            removed = await accounts.change_picture(db, who, None)
        if removed:
            await supabase_storage.delete(token, removed)
        yield ShellState.say("Your picture is gone.", "success")
        yield MemberState.enter
        yield ProfileState.open
