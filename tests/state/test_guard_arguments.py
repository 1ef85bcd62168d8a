"""What handlers are handed: of the kinds they say, whatever somebody sends."""

import inspect
import logging
from typing import Any, get_type_hints

import pytest
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

from gynergy_app import guard, pages
from gynergy_app.errors import GynergyError
from gynergy_app.state.accounts import PreferencesState, ProfileState
from gynergy_app.state.journaling import MorningState
from tests.sockets.line import name_of

RIGHT = {str: "my words", int: 7, bool: True, dict[str, str]: {"a": "b"}, dict[str, Any]: {"a": ["b"]}}
WRONG = {
    str: ({"my words": 1}, ["my words"], 1, None),
    int: ("my words", True, 1.5, None, "7"),
    bool: ("my words", 1, None),
    dict[str, str]: ("my words", {"a": {"my words": 1}}, {"a": None}, []),
    dict[str, Any]: ("my words", ["my words"], None),
}
"""For each kind of argument our handlers take. A new kind belongs into both tables."""


def takings() -> list[tuple[str, str]]:
    """Every argument of every handler a page can bring."""
    pages.modules()
    found = RegistrationContext.get().event_handlers
    own = {name: one for name, one in found.items() if one.states[0].__module__.startswith("gynergy_app.")}
    return [
        (name, argument)
        for name, one in own.items()
        if not name.endswith(".setvar")
        for argument in list(inspect.signature(one.handler.fn).parameters)[1:]
    ]


def kinds_of(event_name: str) -> dict[str, Any]:
    return get_type_hints(RegistrationContext.get().event_handlers[event_name].handler.fn)


def payload_of(event_name: str) -> dict[str, Any]:
    """One that fits."""
    kinds = kinds_of(event_name)
    first = {"kind": "info", "said": "dark"}
    return {
        name: first[name] if name in first and kind not in RIGHT else RIGHT[kind]
        for name, kind in kinds.items()
    }


def test_every_argument_says_its_kind():
    assert {(name, argument) for name, argument in takings() if argument not in kinds_of(name)} == set()


def test_what_fits_is_handed_on():
    for name, _ in takings():
        guard._require_fitting(Event(name=name, payload=payload_of(name)))


def test_what_is_of_another_kind_is_refused_in_one_line_without_its_words(caplog: pytest.LogCaptureFixture):
    taken, said = [], set()
    for name, argument in takings():
        for wrong in WRONG.get(kinds_of(name)[argument], ({"my words": 1},)):
            try:
                guard._require_fitting(Event(name=name, payload={**payload_of(name), argument: wrong}))
                taken.append((name, argument, wrong))
            except GynergyError as refused:
                said.add(str(refused))

    assert taken == []
    assert "my words" not in str(said)
    assert {record.levelno for record in caplog.records} == {logging.WARNING}
    assert "my words" not in caplog.text


def test_a_form_as_a_browser_wraps_it_is_taken():
    wrapped = {FORM_DATA_ENTRIES_KEY: [["first_name", "Ana"], ["last_name", ""]]}
    guard._require_fitting(Event(name=name_of(ProfileState.save), payload={"form": wrapped}))

    for broken in ({FORM_DATA_ENTRIES_KEY: "my words"}, {FORM_DATA_ENTRIES_KEY: [1]}):
        with pytest.raises(GynergyError, match="no longer fits"):
            guard._require_fitting(Event(name=name_of(ProfileState.save), payload={"form": broken}))


@pytest.mark.parametrize("said", ["dark", True])
def test_a_choice_may_be_of_either_kind(said: object):
    payload = {"name": "theme", "said": said}
    guard._require_fitting(Event(name=name_of(PreferencesState.choose), payload=payload))


def test_a_page_that_is_written_is_as_its_device_sends_it():
    sent = {"page": "a.b.c", "fields": {"mantra": "Slowly"}, "base_revision": 3, "attempt": "x"}
    guard._require_fitting(Event(name=name_of(MorningState.keep), payload=sent))
