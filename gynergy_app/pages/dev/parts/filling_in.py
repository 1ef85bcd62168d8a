"""Buttons and everything one fills in."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components import forms
from gynergy_app.components.buttons import button, button_link, icon_button, more_link, submit, text_button
from gynergy_app.components.layout import section
from gynergy_app.state.components_demo import ComponentsDemoState as Demo


def demo(*children: rx.Component) -> rx.Component:
    return rx.el.div(*children, class_name="flex flex-wrap gap-3 items-center mt-3")


def buttons() -> rx.Component:
    return section(
        rx.el.p(
            "One filled button on a page: the next step. Everything else is an outline, or words.",
            class_name="meta measure",
        ),
        demo(
            button("Write this morning", kind="primary"),
            button("Hover", kind="primary", class_name="is-hover"),
            button("Focus", kind="primary", class_name="is-focus"),
            button("Keeping", kind="primary", busy=True, busy_label="Keeping…"),
            button("Not yet", kind="primary", disabled=True),
        ),
        demo(
            button("Add to calendar", icon="calendar-plus"),
            button("Hover", class_name="is-hover"),
            button("Focus", class_name="is-focus"),
            button("Post", disabled=True),
            button("Not now", kind="quiet"),
            button("Delete account", kind="danger"),
            icon_button("ellipsis", "More"),
        ),
        demo(
            button("Keep it for a second", busy=Demo.is_keeping, busy_label="Keeping…", on_click=Demo.keep),
            button_link("Go to Today", href=routes.TODAY),
            more_link("See the cohort", href=routes.LEADERBOARD),
            text_button("Count again", icon="refresh-cw"),
        ),
        title="Buttons",
        section_id="buttons",
    )


def fields() -> rx.Component:
    return section(
        rx.el.div(
            forms.text_field("First name", "first_name", value="Ana", hint="As your cohort will see it."),
            forms.email_field(
                value="ana@example", error="The part after the @ is missing an ending, such as .org."
            ),
            forms.text_field("Friend code", "code", placeholder="FRIEND-7K2M9Q"),
            forms.time_zone_field(hint="Changing it never adds or removes a day already written."),
            forms.text_area("What went well", "well", value="The walk home. I took the long way on purpose."),
            forms.password_field(
                is_new=True, hint="At least ten characters. A sentence is easiest to remember."
            ),
            forms.time_field("Morning reminder", "morning", value="06:40"),
            forms.select_field(
                "Letters", "letters", [("never", "Never"), ("weekly", "Once a week")], value="weekly"
            ),
            forms.file_field("A document", "document", hint="PDF, at most 5 MB."),
            forms.image_upload("Picture", action="/uploads/picture", field_id="face", is_face=True),
            class_name="two-col",
        ),
        forms.native_form(
            forms.hidden("next", "/today"),
            submit("Send natively", busy_label="Sending…"),
            action=routes.DEV_COMPONENTS,
            method="get",
            class_name="mt-6",
        ),
        title="Fields",
        section_id="fields",
    )


def choices() -> rx.Component:
    reading = [("morning", "In the morning"), ("evening", "In the evening"), ("never", "Not at all")]
    views = [("week", "7 days"), ("month", "30 days"), ("all", "All")]
    return section(
        rx.el.div(
            rx.el.div(
                forms.switch(
                    "My place on the leaderboard",
                    checked=Demo.is_public,
                    hint="Your name and points. Never what you wrote.",
                    on_tick=Demo.show_publicly,
                ),
                forms.switch("Cannot be changed now", checked=False, disabled=True),
                forms.checkbox("Send me the weekly letter", "letter", checked=True),
                forms.checkbox("I have read the terms", "terms", error="Please tick this to go on."),
            ),
            rx.el.div(
                forms.radio_group("When shall we write to you?", "when", reading, value="morning"),
                demo(forms.segmented("Period", "period", views, value=Demo.view, on_choose=Demo.look_at)),
                rx.el.div(forms.theme_choice(), class_name="mt-3"),
            ),
            class_name="two-col",
        ),
        title="Choices",
        section_id="choices",
    )


def mood() -> rx.Component:
    return section(
        forms.mood_scale(value=7, hint="Asked after writing, never before."),
        title="Mood",
        section_id="mood",
        hidden_title=True,
    )
