"""The field in which a post is written: what is typed stays on the device until it has been posted."""

import reflex as rx

from gynergy_app.components.forms.fields import problem
from gynergy_app.components.media import icon
from gynergy_app.components.scripts import script
from gynergy_app.state.community.feed import Said

Text = str | rx.Var[str]


class PostWords(rx.Component):
    library = script("post_words.jsx", __name__)
    tag = "PostWords"

    name: rx.Var[str]
    rows: rx.Var[int]
    placeholder: rx.Var[str]
    draft: rx.Var[str]
    given: rx.Var[Said]
    taken: rx.Var[Said]


def post_words(
    label: Text,
    *,
    draft: Text,
    given: Said | rx.Var[Said],
    taken: Said | rx.Var[Said],
    asks: Text,
    error: Text,
    field_id: str,
) -> rx.Component:
    """`asks` stands in the field while it is empty; `label` is what is spoken."""
    field = PostWords.create(
        name="words",
        rows=2,
        placeholder=asks,
        aria_label=label,
        draft=draft,
        given=given,
        taken=taken,
        class_name="input post-field",
        custom_attrs={"aria-describedby": f"{field_id}-error", "dir": "auto"},
        id=field_id,
    )
    return rx.el.div(field, problem(error, field_id), class_name="grow")


def audience_chip(words: Text) -> rx.Component:
    """Who will read it, always in sight."""
    return rx.el.p(icon("users", 16), words, class_name="audience")
