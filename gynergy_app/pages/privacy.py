"""/privacy: what is kept, who sees it, and for how long. Every sentence is true of this program."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.small_print import small_print
from gynergy_app.domain.accounts.consents import ConsentKind, spoken_version
from gynergy_app.state.home import HomeState

ROUTE = routes.PRIVACY
TITLE = "Privacy"
DESCRIPTION = "What GYNERGY keeps about you, who can see it, and what never leaves you."
ON_LOAD = [HomeState.open]
ACCESS = "public"

PARTS = (
    (
        "What you write is yours alone",
        (
            "Your journal pages, gratitude actions and their pictures can be opened by nobody else: "
            "not by your cohort, not by a coach, a host or an admin. This is a rule of the database "
            "itself, not a promise of a page.",
            "An admin can see that a page was written on a day, because points and help depend on it. "
            "What it says stays closed.",
        ),
    ),
    (
        "What we keep",
        (
            "Your e-mail address, the name you gave, a picture if you chose one, your time zone and "
            "your preferences.",
            "The pages you write, the days on which you wrote them, and the points and badges that "
            "follow from them.",
            "For each device you are signed in on: what its browser calls itself, its network address, when "
            "you signed in and when it was last used. You see the list under Security and can end each one; "
            "what has ended is forgotten after 30 days.",
            "For each device on which you switched reminders on: the address its browser was given for them "
            "by its maker, the keys to write to it, and what the browser calls itself. A reminder travels "
            "through that maker's service, closed so that only your device can read it. You see the list "
            "under Preferences and can take each one off.",
        ),
    ),
    (
        "What your cohort sees",
        (
            "Your name and picture, your place and points on the leaderboard, beside your name how many "
            "days in a row you kept and the badges you chose to show, and how many of you wrote today. "
            "You can take yourself off the leaderboard and hide your points, your streak and your badges "
            "under Preferences.",
            "A few words sent from one member to another are read by the two of them and by nobody else "
            "here. They go when either of the two deletes the account. Whom you block is told nobody.",
            "What you post to it, and nothing of your pages: a gratitude action you share is posted with its "
            "title and the words you type for that. A moderator of your cohort or an admin can hide a post, "
            "and tells you why. A post you delete is gone at once and erased within a day or so, unless "
            "somebody reported it; then it waits for a decision. Only admins learn who reported a post.",
        ),
    ),
    (
        "Friend codes and invitations",
        (
            "The page of a friend code says your first name only if you switched that on, and you can "
            "switch it off at any time. Whoever gave you a code is told that it was used; your first name is "
            "told only if you ticked that when you used it.",
            "By whose link you came is kept with your account. The member behind the link sees how many "
            "came, never who.",
        ),
    ),
    (
        "Payments",
        (
            "You pay on a page of Stripe, the payment service: the number of your card never reaches us. "
            "We keep what you bought and when, the amount, the address you gave, Stripe’s numbers for it, "
            "and a fingerprint of the card, which tells whether two places were paid with the same one.",
            "What Stripe tells us is kept for 30 days after it was followed up; then only that it came. When "
            "your account is deleted, a subscription ends, Stripe is asked to forget you, and what was paid "
            "stays in our books without your name and address.",
        ),
    ),
    (
        "Cookies and this device",
        (
            "One cookie keeps you signed in. Others last minutes: they bring back a form as you left "
            "it, or let you choose a new password after a mailed link. One keeps which of our pages you "
            "came to first and when, and the code of a member’s link if one brought you, 90 days at most. "
            "When you make an account or buy, that is kept with it, and an admin can read it; whoever does "
            "neither is written down nowhere. Of a browser that asks for privacy (Global Privacy Control or "
            "Do Not Track) only a link’s code is kept. There are no cookies of anybody else, no advertising "
            "and no measuring of visitors.",
            "What you are writing is also kept on your device until it has been saved, so a lost "
            "connection costs nothing. Signing out removes it from there; if it is nowhere else yet, you are "
            "asked first.",
        ),
    ),
    (
        "Mail",
        (
            "We write to you when you ask for a link, when something about the way into your account "
            "changes, and about the programme you joined.",
        ),
    ),
    (
        "What leaves with you",
        (
            "Under Your data you can fetch everything that is kept about you as one file: your journal as "
            "a page to read, your pictures, and all of it as data. It is made for you alone, and removed "
            "after 24 hours.",
            "There you can also ask for your account to be deleted. For 14 days you can take that back; "
            "then your pages, your pictures, your points, your address and the mails we sent you are "
            "removed. What an admin did stays in the record, without your name.",
        ),
    ),
    (
        "Who looked",
        (
            "When an admin opens your page or changes something about your account, it is written down, "
            "and you can read it under Who has looked. The list of members, with names and addresses, is "
            "open to admins without such a line.",
        ),
    ),
    (
        "Your rights",
        (
            "You can read everything that is yours in the pages of the product, correct your name and "
            "address yourself, take everything with you and leave. If your account is suspended, answer "
            "any of our mails for a copy of everything or for its deletion.",
        ),
    ),
)


def page() -> rx.Component:
    return small_print(
        "Privacy", "Short, because little is kept.", PARTS, as_of=spoken_version(ConsentKind.privacy)
    )
