"""The demo people as tests meet them: what each may open, and which parts of the site are theirs to see."""

from types import ModuleType

from gynergy_app import pages
from gynergy_app.operator.demo.people import ANA, BEN, CARLA, DEV, IRIS, NORA, PASSWORD, TESS, Person

__all__ = [
    "ANA",
    "BEN",
    "CARLA",
    "DEV",
    "IRIS",
    "NORA",
    "PASSWORD",
    "TESS",
    "VISITORS",
    "Person",
    "pages_for",
]

VISITORS: dict[str, Person | None] = {
    "stranger": None,
    **{person.first_name.lower(): person for person in (ANA, BEN, CARLA, DEV, IRIS, NORA, TESS)},
}
"""Everybody who comes by, by name. The stranger has not signed in."""


def pages_for(who: Person | None) -> list[ModuleType]:
    """The pages drawn for this person. The public ones look the same to everybody, and are the stranger's."""
    if who is None:
        return [page for page in pages.modules() if page.ACCESS == "public"]
    theirs = {"member", "admin"} if who.is_admin else {"member"}
    return [page for page in pages.modules() if page.ACCESS in theirs]
