"""The photos on a page: seen, added, taken off."""

from typing import Any

import reflex as rx

from gynergy_app.components.buttons import icon_button
from gynergy_app.components.media import which_of
from gynergy_app.components.scripts import script
from gynergy_app.domain.pictures import MOST_MB, WHAT_FITS
from gynergy_app.state.journaling import GratitudeActionState


class PhotoUpload(rx.Component):
    library = script("photos.jsx", __name__)
    tag = "PhotoUpload"

    action: rx.Var[str]
    hint: rx.Var[str]
    max_mb: rx.Var[int]
    on_uploaded: rx.EventHandler[rx.event.no_args_event_spec]


def photos() -> rx.Component:
    state = GratitudeActionState
    upload = PhotoUpload.create(
        action=f"/uploads/action-photo?day={state.day}",
        hint=f"{WHAT_FITS} Place and camera are removed before it is stored.",
        max_mb=MOST_MB,
        on_uploaded=state.look_again,
    )
    return rx.el.div(
        rx.el.p("A photo, if you took one", class_name="label mt-8 mb-3"),
        rx.el.div(rx.foreach(state.photos, _photo), class_name="photos"),
        rx.cond(
            state.heading.is_practice,
            rx.el.p("Photos can be added from day 1 on.", class_name="hint"),
            rx.cond(state.has_room, upload, rx.el.p("A page holds four photos.", class_name="hint")),
        ),
    )


def kept_photos() -> rx.Component:
    shown = rx.foreach(
        GratitudeActionState.photos,
        lambda key, index: rx.el.figure(_picture(key, index), class_name="photo"),
    )
    return rx.cond(GratitudeActionState.photos, rx.el.div(shown, class_name="photos kept"))


def _photo(key: rx.Var[str], index: Any) -> rx.Component:
    which = which_of("photo", index, GratitudeActionState.photos, alone="this photo")
    return rx.el.figure(
        _picture(key, index),
        icon_button("x", f"Take {which} off the page", on_click=GratitudeActionState.remove_photo(key)),
        class_name="photo",
    )


def _picture(key: rx.Var[str], index: Any) -> rx.Component:
    alt = which_of("Your photo", index, GratitudeActionState.photos, alone="Your photo")
    return rx.el.img(src=f"/media/{key}", alt=alt, loading="lazy", decoding="async")
