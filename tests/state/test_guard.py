"""Who may call what: the rules of the guard, and that every handler of the product is under them."""

import ast
import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from reflex.state import State
from reflex_base.event import EventHandler
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_event_handler

from gynergy_app import guard, pages, routes
from gynergy_app.domain.accounts import Member
from gynergy_app.errors import NotSignedIn
from gynergy_app.guard import Access, access_to, acting_as, caller, member
from gynergy_app.settings import ROOT
from gynergy_app.state.session import AdminState, MemberState

OPEN_TO_STRANGERS = {
    "EntranceState.look_for_doors",
    "EntranceState.open",
    "HomeState.open",
    "PricingState.ask_for_prices",
    "PricingState.choose",
    "PricingState.open",
    "JoinState.open",
    "RedeemState.find",
    "RedeemState.open",
    "ShellState.ask_to_sign_in",
    "ShellState.find_records",
    "ShellState.let_go",
    "ShellState.lose_records",
    "ShellState.say",
    "ShellState.stay_signed_out",
    "ShellState.undo",
    "SuccessState.look_again",
    "SuccessState.open",
}
"""Adding one is a decision: it runs for anybody who sends its name."""

FRAMEWORK = ("reflex.", "reflex_")
SOURCES = [path for path in (ROOT / "gynergy_app").rglob("*.py") if "local" not in path.parts]


def a_member(name: str = "Ana") -> Member:
    return Member(uuid4(), f"{name}@example.com", name, "", "UTC")


@pytest.fixture(scope="module")
def handlers() -> dict[str, str]:
    """Every handler of ours that a page can bring, `Class.method` by its registered name."""
    pages.modules()
    registered = RegistrationContext.get().event_handlers
    return {
        name: f"{entry.states[0].__name__}.{name.rsplit('.', 1)[-1]}"
        for name, entry in registered.items()
        if not entry.states[0].__module__.startswith(FRAMEWORK)
        and entry.states[0].__module__.startswith("gynergy_app.")
        and "components_demo" not in entry.states[0].__module__
    }


class TestTheHouse:
    def test_strangers_may_call_what_is_listed_and_nothing_else(self, handlers: dict[str, str]):
        opened = {handlers[name] for name in handlers if access_to(name) is Access.anyone}

        assert opened <= OPEN_TO_STRANGERS

    def test_nobody_sets_a_variable_by_its_name(self):
        setters = [name for name in RegistrationContext.get().event_handlers if name.endswith(".setvar")]

        assert setters
        assert {access_to(name) for name in setters} == {Access.nobody}

    def test_what_reflex_brings_is_closed_unless_it_must_be_open(self):
        registered = RegistrationContext.get().event_handlers
        brought = {
            name for name, entry in registered.items() if entry.states[0].__module__.startswith(FRAMEWORK)
        }
        opened = {name.rsplit(".", 1)[-1] for name in brought if access_to(name) is Access.anyone}

        assert opened == {
            "handle_frontend_exception",
            "hydrate",
            "hydrate_and_load",
            "on_load_internal",
            "set_is_hydrated",
            "update_vars_internal",
        }

    def test_desks_are_for_admins(self, handlers: dict[str, str]):
        registered = RegistrationContext.get().event_handlers
        desks = [name for name in handlers if ".state.admin" in registered[name].states[0].__module__]

        assert {access_to(name) for name in desks} <= {Access.admin, Access.nobody}

    def test_every_page_begins_by_asking_who_is_there(self):
        """A page without such a handler would be drawn for strangers, empty but open."""
        needed = {"member": {Access.member}, "admin": {Access.admin}}
        closed = {page.ROUTE: needed[page.ACCESS] for page in pages.modules() if page.ACCESS != "public"}
        asks = {page.ROUTE: {_access(page.ON_LOAD[0])} for page in pages.modules() if page.ACCESS != "public"}

        assert asks == closed

    def test_every_page_but_today_fills_the_frame_first(self):
        """Today reads the frame through its own door; a page that forgets is drawn for nobody."""
        closed = {page.ROUTE: page.ON_LOAD[0] for page in pages.modules() if page.ACCESS != "public"}
        bare = {
            route for route, first in closed.items() if first not in (MemberState.enter, AdminState.enter)
        }

        assert bare == {routes.TODAY}

    @pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
    def test_a_method_without_an_underscore_is_a_declared_handler(self, path: Path):
        assert list(_undeclared(path)) == []

    def test_the_browser_keeps_nothing_of_a_state(self):
        """Cookies and storage of Reflex live in JavaScript, and whoever runs there can write them."""
        kept = {"Cookie", "LocalStorage", "SessionStorage"}
        using = [
            path.name
            for path in SOURCES
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Attribute) and node.attr in kept and getattr(node.value, "id", "") == "rx"
        ]

        assert using == []


def _access(handler: EventHandler) -> Access:
    return access_to(format_event_handler(handler))


def _undeclared(path: Path) -> Iterator[str]:
    """Reflex makes a handler of every public method of a state, decorated or not."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ClassDef) or "State" not in {
            ast.unparse(b).split(".")[-1] for b in node.bases
        }:
            continue
        for method in node.body:
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and not method.name.startswith("_"):
                declared = {ast.unparse(d).split("(")[0] for d in method.decorator_list}
                if not declared & {"rx.event", "rx.var", "classmethod", "staticmethod", "property"}:
                    yield f"{node.name}.{method.name}"


class TestTheCaller:
    def test_is_nobody_outside_an_event(self):
        with pytest.raises(NotSignedIn):
            member()

        assert caller() is None

    def test_is_gone_when_the_block_ends(self):
        ana = a_member()

        with acting_as(ana):
            assert member() is ana

        assert caller() is None

    async def test_is_never_another_tasks(self):
        async def act(who: Member) -> bool:
            with acting_as(who):
                await asyncio.sleep(0)
                return member() is who

        assert all(await asyncio.gather(*(act(a_member(str(n))) for n in range(20))))


class TestMarks:
    def test_the_default_is_members_only(self, handlers: dict[str, str]):
        [name] = [name for name, said in handlers.items() if said == "ProfileState.open"]

        assert access_to(name) is Access.member

    def test_an_unknown_name_is_for_nobody(self):
        assert access_to("gynergy_app.no_such_state.handler") is Access.nobody

    def test_a_role_written_as_a_variable_still_closes_the_state(self):
        assert access_to(f"{CarelessDesk.get_full_name()}.act") is Access.admin

    def test_a_state_for_admins_has_no_handler_for_others(self):
        assert access_to(f"{StrictDesk.get_full_name()}.act") is Access.admin


class CarelessDesk(State):
    """Without `ClassVar` this becomes a variable of the state, and is sent to browsers."""

    required_role: str = "admin"

    def act(self) -> None: ...


@guard.admin_only
class StrictDesk(State):
    @guard.public
    def act(self) -> None: ...
