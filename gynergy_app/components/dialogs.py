"""Layers above the page: dialogs, menus and tabs. The browser does the work; we give the words."""

from typing import Any

import reflex as rx

from gynergy_app.components.buttons import button, icon_button
from gynergy_app.components.links import link
from gynergy_app.components.media import icon as draw_icon
from gynergy_app.components.scripts import script


class Dialog(rx.Component):
    library = script("dialog.jsx", __name__)
    tag = "Dialog"

    open: rx.Var[bool]
    asks_before_leaving: rx.Var[bool]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


class Tabs(rx.Component):
    library = script("tabs.jsx", __name__)
    tag = "Tabs"

    label: rx.Var[str]
    names: rx.Var[list[str]]


def dialog(
    *children: Any,
    title: str | rx.Var[str],
    dialog_id: str,
    open: bool | rx.Var[bool] | None = None,
    sheet: bool = False,
    wide: bool = False,
    drawer: bool = False,
    **props: Any,
) -> rx.Component:
    """A modal dialog. Opened by `opens(dialog_id)` on a button, or by `open=State.…` with `on_close=State.…`.

    With `sheet` it rises from the foot of a phone. A `drawer` stands at the right edge, and is a page of its
    own on a phone. With `asks_before_leaving`, Esc and a click beside it ask
    before they throw away what was typed.
    """
    kinds = (("sheet", sheet), ("dialog-wide", wide), ("drawer", drawer))
    classes = " ".join(["dialog", *(name for name, is_so in kinds if is_so)])
    if open is not None:
        props["open"] = open
    return Dialog.create(
        rx.el.h2(title, id=f"{dialog_id}-title", class_name="heading"),
        *children,
        id=dialog_id,
        aria_labelledby=f"{dialog_id}-title",
        class_name=classes,
        **props,
    )


def opens(dialog_id: str) -> dict[str, Any]:
    """Attributes for a button that opens a dialog: `button("Why 18?", **opens("why"))`."""
    return {"custom_attrs": {"commandfor": dialog_id, "command": "show-modal"}, "aria_haspopup": "dialog"}


def closes(dialog_id: str) -> dict[str, Any]:
    return {"custom_attrs": {"commandfor": dialog_id, "command": "close"}}


def dialog_actions(*buttons: rx.Component) -> rx.Component:
    return rx.el.div(*buttons, class_name="dialog-actions")


def confirmation(
    *,
    dialog_id: str,
    title: str | rx.Var[str],
    consequence: str | rx.Var[str],
    action: str,
    keep: str = "Keep it",
    open: bool | rx.Var[bool] | None = None,
    on_close: Any = None,
    **props: Any,
) -> rx.Component:
    """Only where undo is impossible. Names the thing and what goes with it; `props` go to the red button.

    Opened by a button, or by `open=State.…` with `on_close=State.…`.
    """
    return dialog(
        rx.el.p(consequence, class_name="mt-2 text-ink-soft"),
        dialog_actions(button(keep, **closes(dialog_id)), button(action, kind="danger", **props)),
        title=title,
        dialog_id=dialog_id,
        open=open,
        **({"on_close": on_close} if on_close is not None else {}),
    )


def menu(
    *items: rx.Component,
    menu_id: str | rx.Var[str],
    label: str | rx.Var[str],
    trigger: rx.Component | None = None,
    at_end: bool = True,
) -> rx.Component:
    """Actions under a button. A `trigger` of one's own needs `custom_attrs={"popoverTarget": menu_id}`."""
    attrs = {"popoverTarget": menu_id}
    return rx.fragment(
        trigger if trigger is not None else icon_button("ellipsis", label, custom_attrs=attrs),
        rx.el.div(
            *items,
            id=menu_id,
            custom_attrs={"popover": "auto", "data-roving": "walk"},
            role="group",
            aria_label=label,
            class_name="menu menu-end" if at_end else "menu",
        ),
    )


def menu_item(
    label: str | rx.Var[str],
    *,
    menu_id: str | rx.Var[str],
    icon: str = "",
    is_danger: bool = False,
    **props: Any,
) -> rx.Component:
    """An action of a menu; choosing it closes the menu."""
    attrs = {"popoverTarget": menu_id, "popoverTargetAction": "hide", "data-stop": "true"}
    return rx.el.button(
        *([draw_icon(icon, 18)] if icon else []),
        label,
        type=props.pop("type", "button"),
        class_name="menu-item is-danger" if is_danger else "menu-item",
        custom_attrs=attrs,
        **props,
    )


def menu_link(label: str | rx.Var[str], *, href: str | rx.Var[str], icon: str = "") -> rx.Component:
    return link(
        *([draw_icon(icon, 18)] if icon else []),
        label,
        href=href,
        class_name="menu-item",
        custom_attrs={"data-stop": "true"},
    )


def menu_line() -> rx.Component:
    return rx.el.hr()


def tabs(*panels: tuple[str, rx.Component], label: str) -> rx.Component:
    """Several views of one thing, all on the page: `tabs(("Morning", …), ("Evening", …), label="Day")`."""
    return Tabs.create(*[panel for _, panel in panels], label=label, names=[name for name, _ in panels])
