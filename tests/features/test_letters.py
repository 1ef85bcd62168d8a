"""Every letter, as it leaves: its words, its links, its weight, and what a hostile name can do to it.

`letters/` holds each letter as it was last looked at. To accept a change, delete the file, run the test, look
at the new one and commit it.
"""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gynergy_app import theme
from gynergy_app.emails.account_letters import AccountExists, AddressInUse, ArchiveReady, LeavingAsked
from gynergy_app.emails.letters import (
    AccountSecurityNotice,
    EveningReminder,
    Graduated,
    Letter,
    MorningReminder,
    SecurityEvent,
    StreakWarning,
    WaitlistJoined,
    WeeklyDigest,
    Welcome,
)
from gynergy_app.emails.render import CannotRender, Rendered, render
from gynergy_app.settings import settings
from tests.features.money_letters import MONEY, RESUME

GOLDEN = Path(__file__).parent / "letters"
GMAIL_CLIPS_NEAR = 90 * 1024
PROGRAM, MONDAY = "Date Zero Gratitude", date(2026, 12, 7)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WAY_OUT = "/unsubscribe/0123abcd.morning.a-signature_of_ours"

LETTERS: dict[str, Letter] = {
    "welcome_before": Welcome("Ana", PROGRAM, MONDAY, program_day=-14, total_days=45),
    "graduated": Graduated("Ana", PROGRAM, days_kept=38, total_days=45, open_until=MONDAY),
    "welcome_during": Welcome("Ana", PROGRAM, MONDAY, program_day=4, total_days=45),
    "waitlist_joined": WaitlistJoined("Ben", PROGRAM, MONDAY, position=3),
    "password_changed": AccountSecurityNotice("Ana", SecurityEvent.password_changed, NOON, "Europe/Berlin"),
    "email_changed": AccountSecurityNotice("Ana", SecurityEvent.email_changed, NOON, "Asia/Tokyo"),
    "morning_reminder": MorningReminder("Ana", PROGRAM, WAY_OUT, program_day=4),
    "evening_reminder": EveningReminder("Ana", PROGRAM, WAY_OUT, program_day=4),
    "streak_warning": StreakWarning("Ana", PROGRAM, WAY_OUT, streak_days=12),
    "weekly_digest": WeeklyDigest(
        "Ana",
        PROGRAM,
        WAY_OUT,
        2,
        date(2026, 12, 14),
        date(2026, 12, 20),
        "five of seven days",
        "four mornings, three evenings and one gratitude action",
        143,
    ),
    "archive_ready": ArchiveReady("Ana", NOON, "Europe/Lisbon"),
    "account_exists": AccountExists(),
    "address_in_use": AddressInUse(),
    "leaving_asked": LeavingAsked("Ana", NOON, "Europe/Lisbon"),
    "leaving_asked_in_a_trial": LeavingAsked("Ana", NOON, "Europe/Lisbon", "charged", "$39.95", NOON),
    "leaving_asked_while_owing": LeavingAsked("Ana", NOON, "Europe/Lisbon", "owed", "$39.95", NOON),
    "leaving_asked_in_between": LeavingAsked("Ana", NOON, "Europe/Lisbon", "nothing", "$39.95", NOON),
    "signed_out": AccountSecurityNotice("Ana", SecurityEvent.signed_out_everywhere, NOON, "UTC"),
    **MONEY,
}

every_letter = pytest.mark.parametrize("name", LETTERS)


class Markup(HTMLParser):
    """What a mail program would follow, load or run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.loads: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.loads += [value or "" for name, value in attrs if name in ("src", "background", "srcset")]


@pytest.fixture(autouse=True)
def a_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "public_url", "https://gynergy.example/")


def written(name: str) -> Rendered:
    letter = LETTERS[name]
    return render(letter.template_key, letter.context)


@every_letter
def test_a_letter_reads_as_it_was_last_looked_at(name: str):
    letter = written(name)
    for path, content in (
        (GOLDEN / f"{name}.html", letter.html + "\n"),
        (GOLDEN / f"{name}.txt", f"{letter.subject}\n\n{letter.text}"),
    ):
        if not path.exists():
            path.write_text(content)
            pytest.fail(f"{path.name} is new. Look at it, then commit it.")
        assert path.read_text() == content


def test_a_letter_to_whoever_leaves_from_before_it_spoke_of_a_journal_is_still_written():
    old = {name: LETTERS["leaving_asked"].context[name] for name in ("first_name", "deletes_at", "timezone")}

    assert render("leaving_asked", old) == written("leaving_asked")


def test_a_letter_of_an_open_place_from_before_it_said_who_buys_is_still_written():
    old = {name: said for name, said in LETTERS["place_open"].context.items() if name != "has_access"}

    assert render("place_open", old) == written("place_open")


@every_letter
def test_both_parts_lead_to_the_same_places_and_each_place_is_absolute(name: str):
    letter = written(name)
    linked = Markup(letter.html).links

    assert all(link.startswith(("https://gynergy.example/", RESUME)) for link in linked)
    assert "//" not in "".join(linked).replace("https://", "")
    assert linked == re.findall(r"https?://\S+", letter.text)


@every_letter
def test_a_letter_loads_nothing_runs_nothing_and_is_never_clipped(name: str):
    html = written(name).html

    markup = Markup(html)
    assert not markup.loads
    assert not markup.tags & {"script", "link", "img", "iframe", "form"}
    assert "@import" not in html
    assert "url(" not in html
    assert len(html.encode()) < GMAIL_CLIPS_NEAR


@every_letter
def test_a_letter_is_dressed_for_day_and_night(name: str):
    html = written(name).html
    light, _, dark = html.partition("@media (prefers-color-scheme: dark)")

    for colour in ("canvas", "surface", "ink", "ink-soft"):
        assert theme.colour(colour, theme.DARK) in dark
        assert theme.colour(colour, theme.LIGHT) in light + dark
    assert 'name="color-scheme" content="light dark"' in html


@every_letter
def test_both_parts_say_the_same_heading_and_a_subject_is_one_line(name: str):
    letter = written(name)

    assert letter.text.strip()
    assert "\n" not in letter.subject
    assert 0 < len(letter.subject) <= 60
    assert letter.text.splitlines()[0] in letter.html
    assert "!" not in letter.text


@every_letter
def test_only_what_may_be_left_names_the_way_out_and_shows_it_too(name: str):
    letter = written(name)

    is_reminder = "reminder" in name or name in ("streak_warning", "weekly_digest")
    assert letter.unsubscribe_url == (f"https://gynergy.example{WAY_OUT}" if is_reminder else None)
    assert letter.unsubscribe_url is None or letter.unsubscribe_url in letter.text


HOSTILE = '</mj-text><mj-raw><script src="https://evil.example">"&{{ 7*7 }}</script>'


def test_a_name_that_looks_like_markup_arrives_as_text():
    letter = Welcome(HOSTILE, HOSTILE, MONDAY, program_day=1, total_days=45)

    mail = render(letter.template_key, letter.context)

    assert "script" not in Markup(mail.html).tags
    assert not [link for link in Markup(mail.html).links if "evil" in link]
    assert "&lt;script" in mail.html
    assert "{{ 7*7 }}" in mail.text


def test_a_name_with_line_breaks_cannot_start_a_header_or_a_paragraph():
    letter = Welcome("Ana\r\nBcc: all@example.com", "Zero\n\nday", MONDAY, program_day=1, total_days=45)

    mail = render(letter.template_key, letter.context)

    assert mail.subject == "Your place in Zero day"
    assert "Ana Bcc: all@example.com." in mail.text.splitlines()[0]


def test_a_letter_without_what_its_words_need_is_not_sent_half_empty():
    with pytest.raises(CannotRender, match="program"):
        render("welcome", {"first_name": "Ana"})


@pytest.mark.parametrize("key", ["no_such_letter", "../../settings", ""])
def test_an_unknown_template_is_refused(key: str):
    with pytest.raises(CannotRender):
        render(key, {})
