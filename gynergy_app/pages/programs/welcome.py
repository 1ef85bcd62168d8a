"""The first minute: a name, a clock, two reminders, and a start."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import more_link, submit
from gynergy_app.components.closed import closed_panel
from gynergy_app.components.dial import SAMPLE, dial
from gynergy_app.components.feedback import empty_state, note, skeleton_card
from gynergy_app.components.forms import text_field, time_field, time_zone_field
from gynergy_app.components.forms.fields import problem
from gynergy_app.components.forms.inputs import ChoiceInput
from gynergy_app.components.layout import entrance_layout
from gynergy_app.state.programs.starts import Start
from gynergy_app.state.programs.welcome import WelcomeState
from gynergy_app.state.session import MemberState
from gynergy_app.state.shell import ShellState

ROUTE = routes.WELCOME
TITLE = "Welcome"
DESCRIPTION = "A name, a clock and a start: then the first page."
ON_LOAD = [MemberState.enter, WelcomeState.open]
ACCESS = "member"


def page() -> rx.Component:
    return entrance_layout(
        rx.cond(
            ShellState.closed.title,
            _closed(),
            rx.cond(WelcomeState.is_loading, skeleton_card(5, says="One moment"), _form()),
        ),
        title="Before your first page",
        lede=rx.cond(ShellState.closed.title, "", "A few short answers. All of them can be changed later."),
        scene=rx.fragment(
            dial(SAMPLE), rx.el.p("Each ray is a day. The more pages a day kept, the longer its ray.")
        ),
    )


def _closed() -> rx.Component:
    return rx.el.div(
        closed_panel(), more_link("Back to Today", href=routes.TODAY), class_name="mt-6 grid gap-4"
    )


def _form() -> rx.Component:
    return rx.el.form(
        _about(),
        _reminders(),
        rx.cond(WelcomeState.has_start, rx.fragment(), _starts()),
        submit(WelcomeState.action, busy_label="Making your place ready"),
        on_submit=WelcomeState.submit,
        no_validate=True,
        class_name="mt-6 grid gap-6",
    )


def _about() -> rx.Component:
    about, problems = WelcomeState.about, WelcomeState.problems
    return rx.fragment(
        rx.el.div(
            text_field(
                "First name",
                "first_name",
                value=about.first_name,
                error=problems.get("first_name", ""),
                auto_complete="given-name",
            ),
            text_field(
                "Last name, if you like",
                "last_name",
                value=about.last_name,
                error=problems.get("last_name", ""),
                auto_complete="family-name",
            ),
            class_name="two-col",
        ),
        time_zone_field(
            value=about.timezone,
            hint="Your days begin and end on this clock. We took it from your browser.",
            error=problems.get("timezone", ""),
        ),
    )


def _reminders() -> rx.Component:
    about, problems = WelcomeState.about, WelcomeState.problems
    return rx.el.fieldset(
        rx.el.legend("When may we remind you?", class_name="label"),
        rx.el.div(
            time_field(
                "Morning",
                "morning_reminder_time",
                value=about.morning,
                error=problems.get("morning_reminder_time", ""),
            ),
            time_field(
                "Evening",
                "evening_reminder_time",
                value=about.evening,
                error=problems.get("evening_reminder_time", ""),
            ),
            class_name="two-col mt-2",
        ),
    )


def _starts() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("Your start", class_name="label"),
        rx.cond(
            WelcomeState.before, rx.el.div(note("Before you choose.", WelcomeState.before), class_name="mt-2")
        ),
        rx.cond(
            WelcomeState.starts,
            rx.el.div(rx.foreach(WelcomeState.starts, _start), class_name="mt-2 grid gap-3"),
            empty_state(
                "No start is open just now",
                "The next one will stand here as soon as it is set. Nothing else is needed from you.",
            ),
        ),
        problem(WelcomeState.problems.get("start", ""), "start"),
        aria_describedby="start-error",
    )


def _start(start: Start) -> rx.Component:
    return rx.el.label(
        ChoiceInput.create(
            type="radio",
            name="start",
            value=start.id,
            checked=WelcomeState.chosen == start.id,
            on_choose=WelcomeState.choose,
        ),
        rx.el.span(
            rx.el.b(start.label),
            rx.el.span(start.when, class_name="meta block"),
            rx.cond(start.about, rx.el.span(start.about, class_name="meta block whitespace-pre-line")),
            rx.cond(start.queue, rx.el.span(start.queue, class_name="meta block text-warm")),
            class_name="grow",
        ),
        rx.el.span(start.places, class_name="meta start-places"),
        class_name="check card card-pad",
    )
