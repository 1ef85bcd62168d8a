"""What a cohort says to each other: kinds of posts, their limits, and what becomes of a report."""

from datetime import timedelta
from enum import StrEnum

POST_LIMIT = 2_000
DETAIL_LIMIT = 500
PREVIEW_LIMIT = 200
TIME_TO_UNDO = timedelta(days=1)
"""How long a deleted post can still be put back; afterwards its row goes too."""


class PostType(StrEnum):
    win = "win"
    reflection = "reflection"
    milestone = "milestone"
    encouragement = "encouragement"
    question = "question"
    celebration = "celebration"


class PostVisibility(StrEnum):
    private = "private"
    cohort = "cohort"
    public = "public"


class ReportedContent(StrEnum):
    post = "post"
    comment = "comment"
    reflection = "reflection"
    profile = "profile"
    message = "message"


class ReportReason(StrEnum):
    spam = "spam"
    harassment = "harassment"
    hate_speech = "hate_speech"
    misinformation = "misinformation"
    inappropriate_content = "inappropriate_content"
    self_harm = "self_harm"
    other = "other"


class ReportPriority(StrEnum):
    low = "low"
    normal = "normal"
    high = "high"
    urgent = "urgent"


class ReportStatus(StrEnum):
    """What was decided about what was reported: `approved`, it stays; `rejected`, it is hidden."""

    pending = "pending"
    in_review = "in_review"
    approved = "approved"
    rejected = "rejected"
    escalated = "escalated"


UNDECIDED = (ReportStatus.pending, ReportStatus.in_review, ReportStatus.escalated)


class Verdict(StrEnum):
    """What a moderator does with a post. `dismiss` is for its reports: the post stays as it is."""

    hide = "hide"
    show = "show"
    dismiss = "dismiss"


_PRIORITIES = {
    ReportReason.self_harm: ReportPriority.urgent,
    ReportReason.harassment: ReportPriority.high,
    ReportReason.hate_speech: ReportPriority.high,
}


def priority_of(reason: ReportReason) -> ReportPriority:
    """How soon a person should look.

    >>> priority_of(ReportReason.self_harm), priority_of(ReportReason.spam)
    (<ReportPriority.urgent: 'urgent'>, <ReportPriority.normal: 'normal'>)
    """
    return _PRIORITIES.get(reason, ReportPriority.normal)


def post_problem(words: str, *, may_be_empty: bool = False) -> str | None:
    """Why a text cannot be posted. What is shared has a title already, and may stand without a word.

    >>> post_problem(""), post_problem("", may_be_empty=True), post_problem("Nine days.")
    ('Write a few words first.', None, None)
    """
    if not words and not may_be_empty:
        return "Write a few words first."
    return _excess(words, POST_LIMIT, "a post")


def detail_problem(words: str) -> str | None:
    return _excess(words, DETAIL_LIMIT, "this field")


def _excess(words: str, limit: int, what: str) -> str | None:
    """
    >>> _excess("a" * 2_100, POST_LIMIT, "a post")
    'This is 2,100 characters long and a post holds 2,000. Nothing is cut: please make it shorter.'
    """
    if len(words) <= limit:
        return None
    return (
        f"This is {len(words):,} characters long and {what} holds {limit:,}. "
        "Nothing is cut: please make it shorter."
    )
