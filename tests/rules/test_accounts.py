import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gynergy_app.domain.accounts import (
    email_problem,
    is_timezone,
    name_problem,
    password_problem,
    tidy_email,
    tidy_name,
    timezone_or_utc,
)
from gynergy_app.domain.accounts.passwords import common_passwords


@pytest.mark.parametrize(
    "password", ["quiet kettle harbour", "Zwölf Boxkämpfer", "7 gulls on the pier", "x" * 9 + "quilt ok"]
)
def test_a_long_uncommon_password_is_taken(password: str):
    assert password_problem(password, about=("Ana Reyes", "ana@example.com")) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "at least 10"),
        ("kettle123", "at least 10"),
        ("qwertyuiop", "public lists"),
        ("Password123", "public lists"),
        ("aaaaaaaaaaaa", "public lists"),
        ("abcdefghijkl", "public lists"),
        ("0987654321", "public lists"),
        ("ana@example.com", "your name or address"),
        ("AnaReyes2026", "your name or address"),
        ("gynergygynergy", "your name or address"),
        ("ä" * 10 + "quiet kettle harbour by the sea " * 2, "72 bytes"),
    ],
)
def test_a_password_that_would_be_guessed_is_refused_with_a_reason(password: str, why: str):
    assert why in (password_problem(password, about=("Ana Reyes", "ana@example.com")) or "")


def test_the_list_holds_only_what_the_length_rule_lets_through():
    assert len(common_passwords()) > 2_000
    assert all(len(password) >= 10 and password == password.casefold() for password in common_passwords())


@given(st.text(max_size=120))
def test_no_password_makes_the_rule_fail(password: str):
    problem = password_problem(password, about=("", "  ", password))

    assert problem is None or problem.endswith((".", "hard to guess."))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana ", "Ana"),
        ("Jose\u0301", "José"),
        ("Ana\n\tReyes", "Ana Reyes"),
        ("Ana\u202eseyeR", "AnaseyeR"),
        ("\u200b", ""),
        ("عائشة", "عائشة"),
        (None, ""),
        (["Ana"], ""),
    ],
)
def test_names_are_tidied(typed: object, kept: str):
    assert tidy_name(typed) == kept


def test_a_name_is_asked_for_kept_short_and_without_links():
    assert name_problem("Ana") is None
    assert "what to call you" in (name_problem("") or "")
    assert "under 80" in (name_problem("A" * 81) or "")
    assert "link" in (name_problem("win at https://example.com") or "")


@pytest.mark.parametrize(
    "address",
    ["ana@example.com", "ana.reyes+journal@mail.example.co.uk", "o'neil@example.org", "ana@bücher.example"],
)
def test_addresses_people_have_are_taken(address: str):
    assert email_problem(tidy_email(address)) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "ana@",
        "@example.com",
        "ana@example",
        "ana@@example.com",
        "ana reyes@example.com",
        "ana@example..com",
        "ana@-example.com",
        ".ana@example.com",
        "an..a@example.com",
        "ana@example.com,ben@example.com",
        "ana@example.com\nbcc: all@example.com",
        "<ana@example.com>",
        "a" * 65 + "@example.com",
        "ana@" + "a" * 250 + ".com",
    ],
)
def test_addresses_that_cannot_be_are_not(address: str):
    assert "name@example.com" in (email_problem(tidy_email(address)) or "")


def test_one_address_has_one_spelling():
    assert tidy_email(" ANA@Example.COM\n") == "ana@example.com"


@pytest.mark.parametrize(
    "zone", ["Europe/Lisbon", "Asia/Calcutta", "UTC", "Pacific/Kiritimati", "Etc/GMT+12"]
)
def test_places_are_time_zones(zone: str):
    assert is_timezone(zone)
    assert timezone_or_utc(zone) == zone


@pytest.mark.parametrize(
    "zone",
    ["", "localtime", "Factory", "UTC+2", "europe/lisbon", "/etc/passwd", "../UTC", "A" * 5_000, None, 7, {}],
)
def test_anything_else_is_not(zone: object):
    assert not is_timezone(zone)
    assert timezone_or_utc(zone) == "UTC"


@given(st.text(string.printable, max_size=40))
def test_no_text_makes_the_address_rule_fail(typed: str):
    address = tidy_email(typed)

    assert email_problem(address) is None or not address.isspace()
