"""A friend code as people type it, and what they are told."""

import pytest

from gynergy_app.domain.payments.codes import ALPHABET, CodeState, Refusal, read_code

CODE = "FRIEND-A2B3C4"


@pytest.mark.parametrize(
    "typed",
    [
        "FRIEND-A2B3C4",
        "friend-a2b3c4",
        "  Friend A2B 3C4\n",
        "FRIENDA2B3C4",
        "A2B3C4",
        "a2b-3c4",
        "FRIEND–A2B3C4",
        "FRIEND—A2B—3C4",
        "FRIEND_A2B3C4",
        "FRIEND‑A2B3C4",
        "FRIEND-A2B\u200b3C4",
        "FRlEND-A2B3C4",
        "FR1END-A2B3C4",
        "ＦＲＩＥＮＤ－Ａ２Ｂ３Ｃ４",
        "FRIEND-А2В3С4",
        "“FRIEND-A2B3C4.”",
        "https://gynergy.example/join/FRIEND-A2B3C4",
        "gynergy.example/join/friend-a2b3c4/?utm_source=chat",
    ],
)
def test_every_way_to_type_it_is_the_same_code(typed: str):
    assert read_code(typed).code == CODE


@pytest.mark.parametrize("sign", "0O1ILoil")
@pytest.mark.parametrize("place", range(6))
def test_signs_that_are_in_no_code_are_pointed_out_and_never_guessed(sign: str, place: int):
    letters = "A2B3C4"

    read = read_code(f"FRIEND-{letters[:place]}{sign}{letters[place + 1 :]}")

    assert read.refusal is Refusal.misread
    assert read.code == ""


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "FRIEND",
        "FRIEND-",
        "FRIEND-A2B3C",
        "FRIEND-A2B3C45",
        "A2B3C4A2B3C4",
        "FRIEND-A2B3Ç4",
        "漢字漢字漢字",
    ],
)
def test_what_cannot_be_a_code_is_unknown(typed: str):
    assert read_code(typed).refusal is Refusal.unknown


@pytest.mark.parametrize("sign", ALPHABET)
def test_every_sign_of_the_alphabet_reads_as_itself(sign: str):
    assert read_code(f"friend-{sign.lower() * 6}").code == f"FRIEND-{sign * 6}"


def test_the_alphabet_has_no_two_signs_that_are_read_as_one_another():
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set(ALPHABET) & set("0O1IL")


def test_each_refusal_has_its_own_calm_sentence():
    sentences = [refusal.sentence for refusal in Refusal]

    assert len(set(sentences)) == len(sentences)
    assert all(sentence.endswith(".") and "!" not in sentence for sentence in sentences)


def test_every_state_but_open_is_a_reason():
    assert {state.value for state in CodeState} - {"open"} <= {refusal.value for refusal in Refusal}
