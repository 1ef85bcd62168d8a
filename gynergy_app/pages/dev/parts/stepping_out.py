"""Layers above the page, tabs and filters."""

import reflex as rx

from gynergy_app.components.buttons import button, chip
from gynergy_app.components.dialogs import (
    closes,
    confirmation,
    dialog,
    dialog_actions,
    menu,
    menu_item,
    menu_line,
    opens,
    tabs,
)
from gynergy_app.components.layout import section
from gynergy_app.pages.dev.parts.filling_in import demo
from gynergy_app.state.components_demo import ComponentsDemoState as Demo
from gynergy_app.state.shell import ShellState


def layers() -> rx.Component:
    return section(
        demo(
            button("Delete the post", **opens("delete-post")),
            button("Open from the server", on_click=Demo.open_dialog),
            button("Rise as a sheet", **opens("sheet")),
            menu(
                menu_item("Edit", menu_id="post-menu", icon="pencil"),
                menu_item("Save for later", menu_id="post-menu", icon="bookmark"),
                menu_item("Copy link", menu_id="post-menu", icon="link"),
                menu_line(),
                menu_item("Delete", menu_id="post-menu", icon="trash-2", is_danger=True),
                menu_id="post-menu",
                label="Post actions",
                at_end=False,
            ),
            button("Remove with undo", on_click=Demo.remove),
            rx.el.span("Removed ", Demo.removed, class_name="meta"),
            button("Say something", on_click=ShellState.say("Your name is kept.", "success")),
            button("Sign-in expired", on_click=ShellState.ask_to_sign_in),
        ),
        confirmation(
            dialog_id="delete-post",
            title="Delete the post about your father?",
            consequence="Nine people wrote under it. Their words go with it, and this cannot be undone.",
            action="Delete post",
        ),
        _from_server(),
        dialog(
            rx.el.p("On a phone it comes from below, where the thumb is.", class_name="mt-2 text-ink-soft"),
            dialog_actions(button("Close", **closes("sheet"))),
            title="Why 18?",
            dialog_id="sheet",
            sheet=True,
        ),
        title="Dialogs, menus, messages",
        section_id="layers",
    )


def _from_server() -> rx.Component:
    return dialog(
        rx.el.p("Esc, the button or a click beside it close it.", class_name="mt-2 text-ink-soft"),
        dialog_actions(button("Close", on_click=Demo.close_dialog)),
        title="Opened by the state",
        dialog_id="by-state",
        open=Demo.is_open,
        on_close=Demo.close_dialog,
    )


def tabs_and_filters() -> rx.Component:
    return section(
        tabs(
            ("Morning", rx.el.p("Kept at 06:48.", class_name="meta mt-4")),
            ("Action", rx.el.p("Tell someone a good memory you share.", class_name="meta mt-4")),
            ("Evening", rx.el.p("Best after 18:00.", class_name="meta mt-4")),
            label="Pages of a day",
        ),
        demo(
            chip("Win", pressed=True, icon="trophy"),
            chip("Reflection", pressed=False, icon="feather"),
            chip("Someone who…", words=True),
        ),
        title="Tabs and filters",
        section_id="tabs",
    )
