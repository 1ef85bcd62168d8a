"""What returns of a member's choices: which lines, badges and photos stand in a yearbook, and her theme.

A choice names the place its words stand in, and a page that comes back has a new name: so has its place.
"""

import re
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member, Theme
from gynergy_app.domain.yearbooks import MOST, Choices, Leaf
from gynergy_app.models.programs import Yearbook
from gynergy_app.repositories import profile_settings, restored_rows, yearbooks
from gynergy_app.services.archives.place import AFTER_ALL, Place, Step
from gynergy_app.services.archives.rows import Row, choice_in

_LINE = re.compile(r"([0-9a-f-]{36})\.([a-z]{1,20})\.([0-9]{1,4})")
_KEY = re.compile(r"[a-z0-9-]{1,60}")


def steps_of(place: Place) -> Iterator[Step]:
    for row in place.rows("yearbooks"):
        chosen = row.get("chosen")
        if isinstance(chosen, Mapping):
            yield Step(place.now, AFTER_ALL, "yearbooks", _yearbook(place, Choices.read(chosen)))


def _yearbook(place: Place, choices: Choices) -> Callable[[], Awaitable[None]]:
    async def do() -> None:
        if await yearbooks.find(place.db, place.session_id, place.member.id):
            return
        here = await restored_rows.page_ids(place.db, place.session_id, place.member.id)
        pages = {**{page: page for page in here}, **place.moved}
        mapped = {leaf: _mapped(place, pages, leaf, items) for leaf, items in (choices.items or {}).items()}
        # A page chosen empty stays empty; one whose items are all gone is suggested anew.
        items = {leaf: mapped[leaf] for leaf in mapped if mapped[leaf] or not (choices.items or {})[leaf]}
        restored = Choices(choices.left_out, items).as_stored()
        place.db.add(Yearbook(**place.hers, chosen=restored, revision=1))
        await place.db.flush()

    return do


def _mapped(place: Place, pages: Mapping[str, str], leaf: Leaf, items: Collection[str]) -> tuple[str, ...]:
    name = {Leaf.badges: _badge, Leaf.photos: _photo}.get(leaf, _line)
    found = (name(place, pages, item) for item in items)
    return tuple(item for item in found if item)[: MOST[leaf]]


def _line(place: Place, pages: Mapping[str, str], item: str) -> str:
    said = _LINE.fullmatch(item)
    page = pages.get(said[1]) if said else None
    return f"{page}.{said[2]}.{said[3]}" if said and page else ""


def _badge(place: Place, pages: Mapping[str, str], item: str) -> str:
    return item if _KEY.fullmatch(item) else ""


def _photo(place: Place, pages: Mapping[str, str], item: str) -> str:
    return next(iter(place.images({"images": [item]})), "")


async def take_theme(db: AsyncSession, member: Member, tables: Mapping[str, list[Row]]) -> None:
    """Only where nothing was chosen yet."""
    former: Row = next(iter(tables.get("profile_settings", [])), {})
    theme = choice_in(Theme, former, "theme")
    if theme and (await profile_settings.get(db, member.id)).theme is Theme.system:
        await profile_settings.change(db, member.id, {"theme": theme})
