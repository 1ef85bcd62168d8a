"""The people of the demonstration, whom the tests know too. Each has a story one can tell at a glance."""

import random
from dataclasses import dataclass

PASSWORD = "lamplight at six"
"""Everybody's here. They exist only on the machine that made them."""

RUNNING, NEXT, EARLIER, LIVED = "Aurora", "Birch", "Meridian", "Larch"
DAY_OF_RUNNING, DAYS_UNTIL_NEXT, DAY_OF_EARLIER, DAY_OF_LIVED = 9, 12, 34, 49

MORNING, ACTION, EVENING, CHALLENGE, REFLECTION = "m", "a", "e", "c", "w"


@dataclass(frozen=True)
class Person:
    """`days` holds, for each programme day from the first, the pages she finished: "mae", "m", "", "maew"."""

    first_name: str
    last_name: str
    timezone: str
    cohort: str = ""
    days: tuple[str, ...] = ()
    story: str = ""
    is_admin: bool = False
    given_by: str = ""
    """Whose friend code she used, instead of buying."""
    subscribes: bool = False
    is_new: bool = False
    """She signed up today, and has not been asked anything yet."""

    @property
    def email(self) -> str:
        return f"{self.first_name.lower()}@example.com"


def _steady(first_name: str, last_name: str, timezone: str, diligence: float) -> Person:
    """A cohort-mate who writes as often as `diligence` says, the same days on every machine."""
    chance = random.Random(first_name)  # noqa: S311 a habit, not a secret
    days = ["".join(page for page in "mae" if chance.random() < diligence) for _ in range(DAY_OF_RUNNING)]
    for week_page, day in ((CHALLENGE, 7), (REFLECTION, 8)):
        days[day - 1] += week_page if chance.random() < diligence else ""
    return Person(first_name, last_name, timezone, RUNNING, tuple(days))


ANA = Person(
    "Ana",
    "Reyes",
    "Europe/Lisbon",
    RUNNING,
    ("mae", "", "mae", "me", "mae", "ma", "maec", "maew"),
    "day 9, a streak of seven days, one freeze used",
)
BEN = Person(
    "Ben",
    "Okafor",
    "Europe/London",
    RUNNING,
    ("ma", "mae", "me", "mae", "m", "mae", "ew", "ma"),
    "Ana’s cohort-mate, by one of her friend codes",
    given_by="Ana",
)
CARLA = Person("Carla", "Winter", "Europe/Berlin", is_admin=True, story="admin: open /admin")
DEV = Person(
    "Dev",
    "Malhotra",
    "America/New_York",
    EARLIER,
    (
        *("mae", "mae", "me", "mae", "ma", "mae", "maec"),
        *("mew", "mae", "", "mae", "m", "me", "maew"),
        *("", "ma", "m", "e", "m", "e"),
    ),
    "stopped after day 20, two weeks ago",
)
TESS = Person(
    "Tess",
    "Moreau",
    "Europe/Paris",
    LIVED,
    (
        *("mae", "mae", "me", "mae", "ma", "mae", "maec", "maew", "m"),
        *("mae", "me", "", "mae", "maec", "maew", "m", "me", "mae"),
        *("mae", "ma", "mc", "mew", "mae", "m", "mae", "me", "mae"),
        *("mac", "mew", "", "mae", "m", "mae", "me", "mae", "mae"),
        *("m", "mae", "me", "mae", "mac", "mew", "m", "mae", "mae"),
    ),
    "graduated four days ago, keeps a journal by the month",
    subscribes=True,
)
NORA = Person("Nora", "Lindqvist", "Europe/Stockholm", NEXT, (), "a newcomer before day 1")

IRIS = Person("Iris", "Aalto", "Europe/Helsinki", story="signed up today, with no place yet", is_new=True)

COHORT = (
    ANA,
    BEN,
    _steady("Chidi", "Balogun", "Africa/Lagos", 0.9),
    _steady("Elif", "Kaya", "Europe/Istanbul", 0.85),
    _steady("Freya", "Dahl", "Europe/Oslo", 0.7),
    _steady("Giulia", "Conti", "Europe/Rome", 0.95),
    _steady("Hana", "Novak", "Europe/Prague", 0.6),
    _steady("Imre", "Szabo", "Europe/Budapest", 0.45),
    _steady("Jonas", "Weber", "Europe/Zurich", 0.8),
    _steady("Kofi", "Mensah", "Africa/Accra", 0.75),
    _steady("Lucia", "Moreno", "Europe/Madrid", 0.88),
    _steady("Marek", "Zielinski", "Europe/Warsaw", 0.3),
    _steady("Niamh", "Byrne", "Europe/Dublin", 0.65),
    _steady("Oskar", "Virtanen", "Europe/Helsinki", 0.55),
)
"""The fourteen who live the running session together."""

EVERYBODY = (*COHORT, CARLA, DEV, IRIS, NORA, TESS)
NAMED = (ANA, BEN, CARLA, DEV, IRIS, NORA, TESS)
"""Those one is told about, each with her story."""
