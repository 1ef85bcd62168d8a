"""The four visions in words: their names, what each is for, and what it asks."""

from dataclasses import dataclass

from gynergy_app import routes
from gynergy_app.domain.journaling import VisionType


@dataclass(frozen=True)
class Asked:
    """A question: the field it fills, how it is put, and how its answer is headed afterwards."""

    field: str
    title: str
    hint: str
    kept: str


@dataclass(frozen=True)
class VisionWords:
    name: str
    purpose: str
    length: str
    href: str
    questions: tuple[Asked, ...]


VISIONS: dict[VisionType, VisionWords] = {
    VisionType.highest_self: VisionWords(
        "Highest self",
        "Who you are on your best days, with a name and an emblem.",
        "About fifteen minutes",
        routes.HIGHEST_SELF,
        (
            Asked(
                "name",
                "What is this self called?",
                "A name, a title, an animal: whatever you would recognise.",
                "Name",
            ),
            Asked(
                "abilities",
                "What can this self do?",
                "What comes easily to it that is hard for you today.",
                "What it can do",
            ),
            Asked(
                "purpose",
                "What is it here for?",
                "What would be missing if it were not there.",
                "What it is here for",
            ),
            Asked("traits", "How is it?", "How others feel when it comes into the room.", "How it is"),
        ),
    ),
    VisionType.mantra: VisionWords(
        "Mantra",
        "A sentence or two to come back to.",
        "Five minutes, or a few days",
        routes.MANTRA,
        (
            Asked(
                "mantra",
                "Which sentence brings you back?",
                "Say it aloud once. If it is too long to remember, it is too long. Up to 1,000 words fit.",
                "Your mantra",
            ),
        ),
    ),
    VisionType.creed: VisionWords(
        "Creed",
        "What you stand by, also when it costs something.",
        "About twenty minutes",
        routes.CREED,
        (
            Asked(
                "creed",
                "What do you stand by?",
                "Sentence by sentence. It is yours alone, so nothing in it has to sound good.",
                "Your creed",
            ),
        ),
    ),
    VisionType.discovery: VisionWords(
        "Discovery",
        "Fifteen questions, in any order and over several days.",
        "About an hour in all",
        routes.DISCOVERY,
        (
            Asked(
                "qualities",
                "Which qualities do you admire in others?",
                "Think of two or three people, known to you or not.",
                "Qualities you admire",
            ),
            Asked(
                "achievements",
                "Which five achievements mean most to you?",
                "Nobody else needs to have noticed them.",
                "Your five achievements",
            ),
            Asked(
                "importance",
                "What matters most to you?",
                "What you would save first, people left aside.",
                "What matters most",
            ),
            Asked(
                "self_values",
                "Which values are yours?",
                "Those you would defend, not those you were given.",
                "Your values",
            ),
            Asked(
                "lifestyle",
                "Do you live by them?",
                "Where you do, and where you would like to.",
                "Living by them",
            ),
            Asked(
                "foreseen",
                "If you had six months left, what would you do?",
                "Begin with an ordinary Tuesday.",
                "With six months left",
            ),
            Asked(
                "relationships",
                "With whom would you spend them?",
                "Names are enough.",
                "With whom",
            ),
            Asked(
                "legacy",
                "How would you like to be remembered?",
                "By one person who knew you well.",
                "How you are remembered",
            ),
            Asked(
                "improvement",
                "What would you like to get better at?",
                "Because you want to, not because you should.",
                "To get better at",
            ),
            Asked(
                "self_evaluation",
                "What would you see if you met yourself?",
                "As a kind stranger would see it.",
                "Seen from outside",
            ),
            Asked(
                "interests",
                "What do you love doing?",
                "Even badly, even without a reason.",
                "What you love doing",
            ),
            Asked(
                "triggers",
                "What do you fear, or keep putting off?",
                "Written down it is often smaller.",
                "What you put off",
            ),
            Asked(
                "envision",
                "What would you do without fear?",
                "The first thing, and the one after it.",
                "Without fear",
            ),
            Asked(
                "milestones",
                "What makes a life a good one, for you?",
                "How you would know it from the inside.",
                "A good life",
            ),
            Asked(
                "contributions",
                "What would you like to give back?",
                "To whom, and what you already have for it.",
                "To give back",
            ),
        ),
    ),
}
