"""The highest self, with its emblem."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.forms import image_upload
from gynergy_app.components.journaling.draft_keeper import question
from gynergy_app.components.journaling.vision_page import vision_page
from gynergy_app.domain.journaling import VisionType
from gynergy_app.state.journaling import HighestSelfState
from gynergy_app.state.journaling.vision_words import VISIONS
from gynergy_app.state.programs.sessions import SessionsState
from gynergy_app.state.session import MemberState

ROUTE = routes.HIGHEST_SELF
TITLE = "Highest self"
DESCRIPTION = "Who you are on your best days, with a name and an emblem."
ON_LOAD = [MemberState.enter, SessionsState.open, HighestSelfState.open]
ACCESS = "member"

EMBLEM = "An emblem, if you like"


def page() -> rx.Component:
    return vision_page(
        HighestSelfState,
        VisionType.highest_self,
        more=(_emblem(),),
        more_titles=(EMBLEM,),
        kept_first=_kept_emblem(),
    )


def _emblem() -> rx.Component:
    state = HighestSelfState
    return question(
        image_upload(
            "Emblem",
            action="/uploads/emblem",
            field_id="emblem",
            name="emblem",
            picture=state.emblem,
            hint="Only you see it.",
            on_uploaded=lambda _key, _url: state.look_again(),
            on_remove=state.remove_emblem,
        ),
        index=len(VISIONS[VisionType.highest_self].questions) + 1,
        title=EMBLEM,
        hint="An animal, a tree, a place, a drawing of your own: whatever reminds you of this self.",
    )


def _kept_emblem() -> rx.Component:
    emblem = HighestSelfState.emblem
    return rx.cond(emblem, rx.el.img(src=emblem, alt="Your emblem", class_name="emblem mt-6"))
