"""What the demo people write: small, exact, and the same on every machine."""

import random

from gynergy_app.domain.journaling import (
    ActionDraft,
    ChallengeDraft,
    EveningDraft,
    MeditationDraft,
    MorningDraft,
    WeeklyDraft,
)

DREAMS = (
    "",
    "",
    "A house with one more room than I remembered.",
    "",
    "My grandmother's kitchen, and everyone talking at once.",
    "A train that stopped at the sea.",
    "",
    "I could read a language I do not know.",
)
AFFIRMATIONS = (
    "I am allowed to begin again without an apology.",
    "I am patient with the slow parts.",
    "I am someone who answers kindly, even at 06:40.",
    "I am learning to leave the last word unsaid.",
    "I am at ease with an empty hour.",
    "I am careful with other people's time.",
    "I am enough for what today asks.",
    "I am stronger than my first reaction.",
    "I am still curious.",
    "I am a good friend to the person I was last year.",
    "I am able to ask for help before it is urgent.",
    "I am present at my own table.",
    "I am not in a hurry.",
    "I am glad to be corrected.",
    "I am keeping one promise to myself today.",
)
GRATITUDES = (
    "The neighbour's boy who carried my bag up without a word.",
    "Rain on the tin roof of the bus stop, ten whole minutes.",
    "That I said no to the late call, and nothing fell down.",
    "Warm bread at seven, and nobody else awake.",
    "My sister's voice message, the one where she only laughs.",
    "The colleague who took the blame that was half mine.",
    "Clean sheets.",
    "A letter that came by hand.",
    "The dentist who explained everything before he did it.",
    "The blackbird on the crane.",
    "That my knee let me run again.",
    "Marta, who remembered the name of my first teacher.",
    "The bus driver who waited.",
    "A joke that my father has told for thirty years.",
    "The light in the stairwell at four in the afternoon.",
    "Soup that tasted better on the second day.",
    "Two hours without a screen.",
    "The smell of the wood shop on the corner.",
    "That the baby slept, and so did we.",
    "A question in the meeting that nobody else dared to ask.",
    "The old coat that still fits.",
    "My neighbour's key, and what it means that I have it.",
)
EXCITEMENTS = (
    "Soup with Marta at one.",
    "The last forty pages.",
    "Walking home the long way.",
    "A phone call to my brother.",
    "Planting the bulbs before it rains.",
    "An empty calendar after four.",
    "The new recipe with the lemons.",
    "Swimming, if the lane is free.",
    "Giving back the borrowed ladder.",
    "An early night.",
    "Choir.",
    "The market, and its one good cheese.",
)
MANTRAS = (
    "Slowly, and then it is done.",
    "One thing, with both hands.",
    "Listen first.",
    "Nothing today is an emergency.",
    "Kind, and clear.",
    "Leave the door open.",
    "Half the list, whole attention.",
    "Begin where I am.",
)
SHAPED_BY = (
    "A slow start and good coffee.",
    "I slept badly, but the morning was quiet.",
    "Worried about the appointment at ten.",
    "The sun was in the kitchen.",
    "A message I was afraid of turned out to be kind.",
    "Too many things at once, until I wrote them down.",
    "A walk before anyone asked for anything.",
)
INSIGHTS = (
    "I listen better when I am not tired of myself.",
    "Most of what I feared today did not notice me.",
    "The short answer was the honest one.",
    "I do not have to finish a thing to be proud of it.",
    "People say yes more easily when I ask plainly.",
    "Rest is not what is left over.",
)
IMPACTS = (
    "Tomorrow I can begin there.",
    "I want to say it to my team.",
    "It makes the week look smaller.",
    "I will try it at home first.",
    "I can stop rehearsing arguments.",
)
SUCCESSES = (
    "I told Marta about the night on the ferry. She laughed so hard she put the phone down.",
    "The letter went out.",
    "I left at five and nobody minded.",
    "I asked for help with the figures and got it.",
    "We ate together, all of us, for the first time this week.",
    "I did not check the phone until nine.",
    "I finished the shelf. It is almost level.",
)
CHANGES = (
    "Put the phone away at ten.",
    "Start with the hard call.",
    "Walk there instead of driving.",
    "Say thank you before I say but.",
    "Eat lunch away from the desk.",
)
LIVED = (
    "I am writing at a table by the sea.",
    "I am on time, and not out of breath.",
    "I am the one who calls first.",
    "I am sleeping through the night.",
    "I am playing the piano badly and often.",
    "I am known for being calm.",
    "I am debt free, and I remember how.",
    "I am cooking for twelve.",
    "I am reading to somebody small.",
    "I am walking to work.",
)
FELT = (
    "Lighter than I thought. She wrote back before I had put the phone away.",
    "A little shy, and then glad.",
    "Like finding a room in my own house.",
    "It took three minutes and stayed all day.",
    "He did not say much. He did not need to.",
    "I noticed how seldom I say it aloud.",
)
OBSTACLES = (
    "The day ran ahead of me. I noticed, and that is something.",
    "I wrote the message and did not send it. Tomorrow.",
)


WINS = (
    "Six mornings out of seven, and the seventh I forgave.",
    "I told my brother what I have meant to say since spring.",
    "The report went out without the third round of polishing.",
    "I ate lunch away from the desk, four times.",
)
TRIALS = (
    "Thursday was long and I was short. I went back and said so.",
    "I wanted to skip it on Saturday; two lines were enough.",
    "The plan fell through. I made a smaller one.",
    "I slept badly twice, and did less instead of worse.",
)
LESSONS = (
    "Write before the phone.",
    "A small page still counts.",
    "Ask a day earlier than feels polite.",
    "Leave ten minutes between things.",
)
REWARDS = ("An hour that was mine.", "A lighter step on the stairs.", "She called back the same evening.")
REASONS = ("That it was small enough to begin.", "Not wanting to tell you I had not.", "Curiosity, mostly.")
MEANINGS = ("It is how I want to be at sixty.", "It makes room at home.", "I like who I am afterwards.")
PICTURES = (
    "I do it without a reminder.",
    "Somebody else notices first.",
    "It is what Sundays are for.",
)
NEXT_STEPS = ("The first ten minutes.", "Saying it out loud.", "Doing it before noon.")
STAYED = (
    "The kettle, the street, and then for a moment neither.",
    "I counted to four many times. It was enough.",
    "My shoulders had been up since Monday.",
)


def morning(name: str, day: int) -> MorningDraft:
    chance = _chance(name, day, "morning")
    return MorningDraft(
        captured_essence=chance.choice(DREAMS),
        affirmations=tuple(chance.sample(AFFIRMATIONS, 5)),
        gratitudes=tuple(chance.sample(GRATITUDES, 3)),
        excitements=tuple(chance.sample(EXCITEMENTS, 3)),
        mantra=chance.choice(MANTRAS),
        mood_score=_mood(chance, day),
        mood_contribution=chance.choice(SHAPED_BY),
    )


def evening(name: str, day: int) -> EveningDraft:
    chance = _chance(name, day, "evening")
    return EveningDraft(
        insight=chance.choice(INSIGHTS),
        insight_impact=chance.choice(IMPACTS),
        success=chance.choice(SUCCESSES),
        changes=chance.choice(CHANGES),
        dreams=tuple(chance.sample(LIVED, 5)),
        mood_score=_mood(chance, day),
    )


def action(name: str, day: int) -> ActionDraft:
    chance = _chance(name, day, "action")
    if chance.random() < 0.85:
        return ActionDraft(is_done=True, reflection=chance.choice(FELT))
    return ActionDraft(is_done=False, obstacles=chance.choice(OBSTACLES))


def reflection(name: str, day: int) -> WeeklyDraft:
    chance = _chance(name, day, "reflection")
    return WeeklyDraft(chance.choice(WINS), chance.choice(TRIALS), chance.choice(LESSONS))


def challenge(name: str, day: int) -> ChallengeDraft:
    chance = _chance(name, day, "challenge")
    return ChallengeDraft(
        is_done=True,
        reward=chance.choice(REWARDS),
        motivation=chance.choice(REASONS),
        purpose=chance.choice(MEANINGS),
        success=chance.choice(PICTURES),
        focus=chance.choice(NEXT_STEPS),
    )


def sitting(name: str, day: int) -> MeditationDraft:
    return MeditationDraft(_chance(name, day, "sitting").choice(STAYED))


def minutes(name: str, day: int, page: str) -> int:
    """How many minutes past the hour a page was finished."""
    return _chance(name, day, page).randrange(60)


def _chance(name: str, day: int, page: str) -> random.Random:
    return random.Random(f"{name} {day} {page}")  # noqa: S311 the same words on every machine


def _mood(chance: random.Random, day: int) -> int:
    """Moods wander, and rise a little as the days go on."""
    return max(2, min(10, round(chance.gauss(5.4 + day * 0.08, 1.3))))
