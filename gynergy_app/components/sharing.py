"""Handing a link on: copied, shared with what the device offers, or read off a screen."""

import reflex as rx

from gynergy_app.components.media import icon
from gynergy_app.components.scripts import script

Text = str | rx.Var[str]


class CopyButton(rx.Component):
    library = script("sharing.jsx", __name__)
    tag = "CopyButton"

    text: rx.Var[str]
    label: rx.Var[str]
    about: rx.Var[str]


class ShareButton(rx.Component):
    library = script("sharing.jsx", __name__)
    tag = "ShareButton"

    url: rx.Var[str]
    title: rx.Var[str]
    words: rx.Var[str]
    label: rx.Var[str]
    copy_label: rx.Var[str]
    about: rx.Var[str]


def copy_button(label: str, text: Text, *, about: Text = "", class_name: str = "btn") -> rx.Component:
    """`about` is said after the label, for ears only: the code, where several stand on a page."""
    return CopyButton.create(icon("copy", 18), text=text, label=label, about=about, class_name=class_name)


def share_button(
    url: Text,
    *,
    title: Text,
    words: Text,
    about: Text = "",
    copy_label: str = "Copy link",
    class_name: str = "btn",
) -> rx.Component:
    """Opens what the device shares with. Where there is nothing it copies the link under `copy_label`."""
    return ShareButton.create(
        icon("share-2", 18),
        url=url,
        title=title,
        words=words,
        label="Share link",
        copy_label=copy_label,
        about=about,
        class_name=class_name,
    )


def qr_code(path: Text, view: Text, *, says: Text, class_name: str = "") -> rx.Component:
    """Always on light paper, whatever the page's theme: many readers see dark on light only."""
    return rx.el.span(
        rx.el.svg(rx.el.path(d=path), view_box=view, role="img", aria_label=says),
        class_name=f"qr {class_name}",
        custom_attrs={"data-theme": "light"},
    )
