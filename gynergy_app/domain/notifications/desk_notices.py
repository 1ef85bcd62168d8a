"""What a member is told when an admin did something that concerns her."""

from gynergy_app.domain.notifications.notices import Notice, NotificationCategory
from gynergy_app.domain.text import as_sentence, counted


def _notice(title: str, body: str, key: str) -> Notice:
    return Notice(NotificationCategory.system, title, body, key)


def cohort_joined_notice(cohort: str, key: object) -> Notice:
    return _notice(
        f"You have a place in {cohort}", "An admin gave it to you. Today shows its days.", f"cohort:{key}"
    )


def cohort_moved_notice(cohort: str, former: str, keeps_pages: bool, key: object) -> Notice:
    kept = f" What you wrote in {former} stays yours." if keeps_pages else ""
    return _notice(
        f"You have moved to {cohort}", f"An admin changed your cohort from {former}.{kept}", f"cohort:{key}"
    )


def cohort_left_notice(cohort: str, key: object, *, keeps_pages: bool, days_go_on: bool) -> Notice:
    """
    >>> cohort_left_notice("Aurora", 1, keeps_pages=True, days_go_on=True).body
    'An admin took you out. Your pages and points stay yours, and your days go on.'
    """
    kept = " Your pages and points stay yours" if keeps_pages else ""
    goes_on = ", and your days go on." if days_go_on else "." if keeps_pages else ""
    return _notice(
        f"You are no longer in {cohort}", f"An admin took you out.{kept}{goes_on}", f"cohort:{key}"
    )


def moderator_notice(cohort: str, is_one: bool, key: object) -> Notice:
    if is_one:
        words = "You see no more of anybody’s pages than before."
        return _notice(f"You moderate {cohort} now", words, f"moderator:{key}")
    words = "You are a member of it as before."
    return _notice(f"You no longer moderate {cohort}", words, f"moderator:{key}")


def by_hand_notice(points: int, reason: str, key: object) -> Notice:
    """
    >>> by_hand_notice(-20, "Counted twice", 1).title
    '20 points were taken off your ledger'
    """
    many = counted(abs(points), "point")
    title = f"{many.capitalize()} {'was' if abs(points) == 1 else 'were'} "
    title += "added to your ledger" if points > 0 else "taken off your ledger"
    return _notice(title, f"{reason.rstrip('.')}.", f"points:{key}")


def post_hidden_notice(cohort: str, reason: str, key: object) -> Notice:
    """
    >>> post_hidden_notice("Aurora", "It names somebody outside the cohort", 1).body
    'Your cohort no longer sees it; you still do. The reason: “It names somebody outside the cohort.”'
    """
    words = f"Your cohort no longer sees it; you still do. The reason: “{as_sentence(reason)}”"
    return _notice(f"One of your posts in {cohort} was hidden", words, f"post:{key}")


def post_shown_notice(cohort: str, key: object) -> Notice:
    return _notice(
        f"Your post in {cohort} is shown again", "Your cohort sees it as it did before.", f"post:{key}"
    )
