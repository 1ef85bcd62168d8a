"""Every path of the product, by name."""

from urllib.parse import urlencode

HOME = "/"
PRIVACY = "/privacy"
TERMS = "/terms"
FORBIDDEN = "/forbidden"

SIGN_IN = "/sign-in"
SIGN_UP = "/sign-up"
CHECK_MAIL = "/check-mail"
FORGOT_PASSWORD = "/forgot-password"
RESET_PASSWORD = "/reset-password"
WELCOME = "/welcome"

PRICING = "/pricing"
CHECKOUT = "/checkout"
CHECKOUT_SUCCESS = "/checkout/success"
JOIN = "/join/[friend_code]"
REDEEM = "/redeem"

TODAY = "/today"
MORNING_JOURNAL = "/journal/morning"
EVENING_JOURNAL = "/journal/evening"
GRATITUDE_ACTION = "/journal/gratitude-action"
WEEKLY_REFLECTION = "/journal/weekly"
WEEKLY_CHALLENGE = "/journal/weekly-challenge"
MEDITATION = "/journal/meditation"
WEEKS = "/journal/weeks"
MISSED_DAY = "/journal/missed"
VISIONS = "/visions"
HIGHEST_SELF = "/visions/highest-self"
MANTRA = "/visions/mantra"
CREED = "/visions/creed"
DISCOVERY = "/visions/discovery"
LIFE_MAP = "/life-map"
HISTORY = "/history"
HISTORY_DAY = "/history/[day]"
MILESTONE = "/milestones/[day]"
GRADUATION = "/graduation"
YEARBOOK = "/yearbook"
YEARBOOK_PDF = "/yearbook.pdf"
INSIGHT = "/insight"

BADGES = "/badges"
POINTS = "/points"
POINTS_CSV = "/points.csv"
LEADERBOARD = "/leaderboard"
COHORT = "/cohort"
COHORT_MEMBERS = "/cohort/members"
RECEIVED = f"{COHORT_MEMBERS}#received"
"""What the cohort sent, on the same page."""
NOTIFICATIONS = "/notifications"

ME = "/me"
PREFERENCES = "/me/preferences"
SECURITY = "/me/security"
DATA = "/me/data"
ACCESS = "/me/access"
BILLING = "/me/billing"
FRIEND_CODES = "/me/codes"
INVITE = "/invite"
ARCHIVE = "/archives/{export_id}.zip"

ADMIN = "/admin"
ADMIN_MEMBERS = "/admin/members"
ADMIN_MEMBER = "/admin/members/[member_id]"
ADMIN_COHORTS = "/admin/cohorts"
ADMIN_COHORT = "/admin/cohorts/[cohort_id]"
ADMIN_REPORTS = "/admin/reports"
ADMIN_GAMIFICATION = "/admin/gamification"
ADMIN_PROGRAMS = "/admin/programs"
ADMIN_BOOK = "/admin/programs/[book_id]"
ADMIN_PAYMENTS = "/admin/payments"
ADMIN_REVENUE_CSV = "/admin/payments/revenue.csv"
ADMIN_PURCHASES = "/admin/payments/purchases"
ADMIN_PURCHASES_CSV = "/admin/payments/purchases.csv"
ADMIN_PURCHASE = "/admin/payments/purchases/[purchase_id]"
ADMIN_SUBSCRIPTIONS = "/admin/payments/subscriptions"
ADMIN_SUBSCRIPTIONS_CSV = "/admin/payments/subscriptions.csv"
ADMIN_INBOX = "/admin/payments/inbox"
ADMIN_INVITATIONS = "/admin/payments/invitations"

UNSUBSCRIBE = "/unsubscribe/{token}"
PUSH_MOVED = "/push/moved"
STRIPE_WEBHOOK = "/webhooks/stripe"

ANNOUNCED = (HOME, PRICING, SIGN_UP, SIGN_IN, PRIVACY, TERMS)
"""What search engines are told of. Other pages that strangers may open mean nothing by themselves."""

DEV_COMPONENTS = "/dev/components"
DEV_MAIL = "/dev/mail"


_WRITTEN_ON = ("/journal/", f"{VISIONS}/", LIFE_MAP)


def is_written_on(path: str) -> bool:
    """Whether the page at this path holds words that may be nowhere else yet."""
    return path.startswith(_WRITTEN_ON)


def missed_day(day: str) -> str:
    """`day` is an ISO date."""
    return f"{MISSED_DAY}?day={day}"


def in_session(path: str, session_id: str) -> str:
    """This page of one session; of the one that is lived, where none is named."""
    return f"{path}?session={session_id}" if session_id else path


def history_day(day: str, session_id: str = "") -> str:
    """`day` is an ISO date."""
    return in_session(f"{HISTORY}/{day}", session_id)


def milestone(day: int, session_id: str = "") -> str:
    return in_session(f"/milestones/{day}", session_id)


def yearbook(session_id: str, path: str = YEARBOOK) -> str:
    """The book of one session, on its page or as its file."""
    return in_session(path, session_id)


def archive(export_id: str) -> str:
    return ARCHIVE.format(export_id=export_id)


def unsubscribe(token: str) -> str:
    return UNSUBSCRIBE.format(token=token)


def admin_member(member_id: str) -> str:
    return f"{ADMIN_MEMBERS}/{member_id}"


def admin_cohort(cohort_id: str) -> str:
    return f"{ADMIN_COHORTS}/{cohort_id}"


def join(code: str) -> str:
    return JOIN.replace("[friend_code]", code)


def invited(code: str) -> str:
    """The front page by somebody's link."""
    return f"{HOME}?ref={code}"


def admin_purchase(purchase_id: str) -> str:
    return f"{ADMIN_PURCHASES}/{purchase_id}"


def where(path: str, **said: str) -> str:
    """This page, showing what is said; what is empty says nothing. A `from_` becomes `from`.

    >>> where(ADMIN_SUBSCRIPTIONS, status="active", interval="")
    '/admin/payments/subscriptions?status=active'
    """
    asked = urlencode({name.rstrip("_"): value for name, value in said.items() if value})
    return f"{path}?{asked}" if asked else path


def admin_book(book_id: str) -> str:
    return f"{ADMIN_PROGRAMS}/{book_id}"


def own(path: str | None, fallback: str) -> str:
    """`path` if it leads to a page of ours, else `fallback`: an address from outside may lead anywhere.

    >>> own("/journal/morning?day=yesterday", TODAY), own("//evil.test", TODAY), own("/\\\\evil.test", TODAY)
    ('/journal/morning?day=yesterday', '/today', '/today')
    """
    if not path or len(path) > 300 or not path.startswith("/") or path.startswith("//"):
        return fallback
    return fallback if "\\" in path or not path.isprintable() or " " in path else path
