"""Posts in the words of a screen."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.community import PostType, ReportReason
from gynergy_app.domain.text import as_sentence, counted, spoken_day
from gynergy_app.repositories.cohorts import Mine
from gynergy_app.repositories.community_posts import Post
from gynergy_app.state.cohorts.faces import Face

SHARED = "Gratitude action"

KINDS: dict[PostType, tuple[str, str]] = {
    PostType.win: ("Win", "What went better than expected?"),
    PostType.reflection: ("Reflection", "What did you notice?"),
    PostType.milestone: ("Milestone", "Where have you come to?"),
    PostType.encouragement: ("Encouragement", "What would help somebody who has a hard day?"),
    PostType.question: ("Question", "What would you like to know from the others?"),
    PostType.celebration: ("Celebration", "What is worth a moment together?"),
}
"""What a kind of post is called, and the question it asks."""

STARTERS: tuple[tuple[str, PostType, str], ...] = (
    ("Something small that went well today: ", PostType.win, "Something small that went well"),
    ("What gets you to the page on a hard morning?", PostType.question, "Ask what helps on hard mornings"),
    ("Since I began to write I keep noticing ", PostType.reflection, "Something I keep noticing"),
)
"""What a tap writes, as which kind, and what stands on the button."""

REASONS: dict[ReportReason, str] = {
    ReportReason.spam: "Spam or advertising",
    ReportReason.harassment: "It harasses somebody",
    ReportReason.hate_speech: "Hate against a group of people",
    ReportReason.misinformation: "It is false and may do harm",
    ReportReason.inappropriate_content: "It does not belong here",
    ReportReason.self_harm: "I am worried about the writer",
    ReportReason.other: "Something else",
}


@dataclass(frozen=True)
class Choice:
    """One of somebody's cohorts."""

    id: str
    name: str
    is_open: bool


@dataclass(frozen=True)
class PostRow:
    """`title` is there for a shared action. `hidden`: why her cohort does not see it; "" for what it sees."""

    id: str = ""
    name: str = ""
    initial: str = ""
    picture: str = ""
    tone: str = ""
    kind: str = ""
    kind_words: str = ""
    title: str = ""
    words: str = ""
    when: str = ""
    is_mine: bool = False
    is_edited: bool = False
    is_hidden: bool = False
    hidden: str = ""


def post_row(post: Post, who: Member, now: datetime) -> PostRow:
    face = Face.of(post.user_id, post.name, post.picture or "")
    return PostRow(
        id=str(post.id),
        name=face.name,
        initial=face.initial,
        picture=face.picture,
        tone=face.tone,
        kind="shared" if post.title else post.post_type.value,
        kind_words=SHARED if post.title else KINDS[post.post_type][0],
        title=post.title,
        words=post.content,
        when=moment_words(post.created_at, who.timezone, now),
        is_mine=post.user_id == who.id,
        is_edited=post.is_edited,
        is_hidden=not post.is_approved,
        hidden=_hidden(post, is_mine=post.user_id == who.id),
    )


def _hidden(post: Post, *, is_mine: bool) -> str:
    if post.is_approved:
        return ""
    whom = "Your cohort does not see this. The reason: " if is_mine else "Hidden from the cohort: "
    return f"{whom}“{as_sentence(post.hidden_reason)}”"


def moment_words(moment: datetime, timezone: str, now: datetime) -> str:
    """When something was said, as its reader's clock and calendar have it."""
    local = moment.astimezone(ZoneInfo(timezone))
    today = clock.day_in(timezone, now)
    if local.date() == today:
        return f"{local:%H:%M}"
    return f"{_day_words(local.date(), today)}, {local:%H:%M}"


def _day_words(day: date, today: date) -> str:
    if day == today - timedelta(days=1):
        return "Yesterday"
    if today - timedelta(days=7) < day < today:
        return f"{day:%A}"
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B} {day.year}"


def lede(cohort: Mine) -> str:
    if cohort.members < 2:
        return "You are the first here. Whoever joins reads what you say."
    people = counted(cohort.members, "person", "people").capitalize()
    if cohort.is_alumni:
        return f"{people} who came to a last day."
    return f"{people} on the same 45 days."


def audience(cohort: Mine) -> str:
    if cohort.members < 2:
        return f"Seen by whoever joins {cohort.name}"
    return f"Seen by {cohort.members} in {cohort.name}"


def read_since(first: datetime, timezone: str) -> str:
    return f"You have read everything since {spoken_day(clock.day_in(timezone, first))}."
