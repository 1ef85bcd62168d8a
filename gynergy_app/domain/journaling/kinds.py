"""The kinds of pages a member writes. The values are stored."""

from enum import StrEnum


class JournalType(StrEnum):
    morning = "morning"
    evening = "evening"
    weekly = "weekly"


class EntryType(StrEnum):
    affirmation = "affirmation"
    gratitude = "gratitude"
    excitement = "excitement"
    dream = "dream"


class VisionType(StrEnum):
    highest_self = "highest-self"
    mantra = "mantra"
    creed = "creed"
    discovery = "discovery"


class VisionSubject(StrEnum):
    """What keeps its earlier versions: each vision, and the map of a life."""

    highest_self = "highest-self"
    mantra = "mantra"
    creed = "creed"
    discovery = "discovery"
    life_map = "life-map"


class LoggedActionType(StrEnum):
    gratitude = "gratitude"
    weekly_challenge = "weekly-challenge"
