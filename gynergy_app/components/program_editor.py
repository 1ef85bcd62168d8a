"""The dialog in which a program, its sessions and its days are written."""

import reflex as rx

from gynergy_app.components.buttons import button, submit
from gynergy_app.components.dialogs import closes, dialog, dialog_actions
from gynergy_app.components.feedback import note
from gynergy_app.components.forms import checkbox, select_field, text_area, text_field
from gynergy_app.domain.program_drafts import POINTS
from gynergy_app.domain.programs import PROGRAM_DAYS
from gynergy_app.state.admin.book import POINTS_FOR
from gynergy_app.state.admin.editor import EditorState

DIALOG = "editor"


def editor() -> rx.Component:
    """Once on a page; `EditorState.add` and `EditorState.edit` open it."""
    return dialog(
        rx.cond(EditorState.kind, rx.cond(EditorState.is_removing, _removal(), _form())),
        title=EditorState.title,
        dialog_id=DIALOG,
        open=EditorState.kind != "",
        on_close=EditorState.close,
        sheet=True,
        wide=True,
        asks_before_leaving=True,
    )


def _form() -> rx.Component:
    fields = rx.match(
        EditorState.kind,
        ("session", _session()),
        ("milestone", _milestone()),
        ("action", _action()),
        ("quote", _quote()),
        ("book", _book()),
        rx.fragment(),
    )
    remove = button("Remove", kind="danger", icon="trash-2", on_click=EditorState.ask_to_remove)
    return rx.el.form(
        rx.cond(EditorState.note, note(EditorState.note)),
        fields,
        dialog_actions(
            rx.cond(EditorState.can_remove, remove),
            button("Cancel", **closes(DIALOG)),
            submit("Save"),
        ),
        on_submit=EditorState.save,
        no_validate=True,
        class_name="mt-4 grid gap-4",
    )


def _removal() -> rx.Component:
    return rx.el.div(
        rx.el.p(EditorState.removal, class_name="mt-2 text-ink-soft"),
        rx.el.p("The record keeps what it said.", class_name="text-ink-soft"),
        dialog_actions(
            button("Keep it", on_click=EditorState.keep, auto_focus=True),
            button("Remove", kind="danger", on_click=EditorState.remove),
        ),
    )


def _text(label: str, name: str, **props) -> rx.Component:
    return text_field(
        label,
        name,
        field_id=f"edit-{name}",
        value=EditorState.typed.get(name, ""),
        error=EditorState.problems.get(name, ""),
        auto_complete="off",
        **props,
    )


def _number(label: str, name: str, **props) -> rx.Component:
    return _text(label, name, input_mode="numeric", **props)


def _area(label: str, name: str, **props) -> rx.Component:
    return text_area(
        label,
        name,
        field_id=f"edit-{name}",
        value=EditorState.typed.get(name, ""),
        error=EditorState.problems.get(name, ""),
        rows=3,
        **props,
    )


def _tick(label: str, name: str) -> rx.Component:
    return checkbox(label, name, checked=EditorState.typed.get(name, "") != "")


def _session() -> rx.Component:
    first = _text(
        "First day",
        "start_date",
        type="date",
        hint=rx.cond(EditorState.ends, EditorState.ends, "The last day follows from it."),
        on_change=EditorState.look_at_start,
    )
    return rx.fragment(
        _text("Cohort", "cohort_label", hint="The cohort of this name is made with the session."),
        rx.cond(EditorState.has_begun, rx.fragment(), first),
        _number("Places", "max_enrollments", hint="Empty: no limit."),
    )


def _milestone() -> rx.Component:
    return rx.fragment(
        _text("Name", "name"),
        rx.el.div(
            _number("From day", "start_point"),
            _number("To day", "end_point", hint="Reached by writing on this day or after it."),
            class_name="two-col",
        ),
        _number("Number", "order", hint="Milestones stand in this order."),
    )


def _action() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            select_field(
                "For a",
                "action_type",
                [("daily", "day"), ("weekly", "week")],
                field_id="edit-action_type",
                value=EditorState.typed.get("action_type", "daily"),
                error=EditorState.problems.get("action_type", ""),
            ),
            _number("Which one", "period", hint="Counted from 1."),
            class_name="two-col",
        ),
        _text("What is asked for", "title"),
        _area("Words that help", "tip"),
        _text("A link (if any)", "hyperlink", hint="It begins with https://"),
        rx.el.fieldset(
            rx.el.legend("Besides a note it asks for", class_name="label"),
            _tick("A letter to oneself", "is_self"),
            _tick("A list of lines", "is_list"),
            _tick("A drawing, as a photo", "is_draw"),
            _tick("A eulogy (weeks only)", "is_eulogy"),
            _tick("Logged meditations, which decide it (weeks only)", "is_meditation"),
            _tick("The life map (weeks only)", "is_journey_table"),
        ),
    )


def _quote() -> rx.Component:
    return rx.fragment(
        _number("Day", "day", hint=f"From 1 to {PROGRAM_DAYS}."),
        _area("Words", "content"),
        rx.el.div(
            _text("Author", "author"),
            _text("Where they stand", "source", hint="The work, its year, the translator."),
            class_name="two-col",
        ),
    )


def _book() -> rx.Component:
    return rx.fragment(
        _text("Name", "name"),
        rx.el.div(
            _text("Short name", "short_name"),
            _text("Key", "slug", hint="How files name it: small letters, hyphens."),
            class_name="two-col",
        ),
        _text("Heading", "heading"),
        _area("Introduction", "description"),
        _area("Farewell", "farewell"),
        rx.el.fieldset(
            rx.el.legend("Points", class_name="label"),
            rx.el.p(
                "For pages finished from now on. What is in a ledger stays as it is.", class_name="hint mb-3"
            ),
            rx.el.div(*[_number(POINTS_FOR[name], name) for name in POINTS], class_name="two-col"),
        ),
    )
