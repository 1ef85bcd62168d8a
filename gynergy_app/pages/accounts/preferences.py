"""/me/preferences: the member's day, reminders, what others see, looks and keys."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button
from gynergy_app.components.devices import install_offer, other_devices, this_device
from gynergy_app.components.feedback import note, skeleton_card
from gynergy_app.components.forms import problem, switch, theme_choice, time_field, time_zone_field
from gynergy_app.components.forms.inputs import TextInput
from gynergy_app.components.layout import member_layout, section
from gynergy_app.state.accounts import DevicesState, PreferencesState
from gynergy_app.state.cohorts.blocking import BlockedRow, BlockingState
from gynergy_app.state.session import MemberState

ROUTE = routes.PREFERENCES
TITLE = "Preferences"
DESCRIPTION = "Your time zone, reminders, what others see, theme and shortcuts."
ON_LOAD = [MemberState.enter, PreferencesState.open, DevicesState.open, BlockingState.open]
ACCESS = "member"


def page() -> rx.Component:
    return member_layout(
        rx.cond(PreferencesState.is_loaded, _sections(), rx.fragment(skeleton_card(4), skeleton_card(6))),
        title="Preferences",
        here=ROUTE,
        lede="Changes are saved as you make them.",
        reading=True,
    )


def _sections() -> rx.Component:
    return rx.fragment(_your_day(), _reminders(), _devices(), _what_others_see(), _looks_and_keys())


def _your_day() -> rx.Component:
    return section(
        rx.el.div(
            time_zone_field(
                value=PreferencesState.choices.timezone,
                error=PreferencesState.problems["timezone"],
                hint="Your days begin and end by this clock from now on. "
                "Changing it never adds or removes a day already written.",
                on_choose=PreferencesState.move_to,
            ),
            class_name="max-w-[26rem]",
        ),
        title="Your day",
        section_id="day",
        aside="A day stays open until 03:00: before that you may still write for yesterday.",
    )


def _reminders() -> rx.Component:
    return section(
        rx.el.div(
            _reminder("morning", "Morning", "At this time, unless the morning page is finished"),
            _reminder("evening", "Evening", "At this time, unless the evening page is finished"),
            _switch(
                "streak_warning_enabled",
                "A word before a streak ends",
                "At the evening time, in place of that reminder, "
                "when today has no page yet and no freeze is left to hold it",
            ),
            _look_back(),
            _switch(
                "email_reminders_enabled",
                "By e-mail as well",
                "Off, these reminders come by no mail. Other mail is not changed by this",
            ),
            class_name="set",
        ),
        _quiet_hours(),
        title="Reminders",
        section_id="reminders",
        aside="They come on the days of your session, one in the morning and one in the evening at most. "
        "After three without a page there are none until you write again.",
    )


def _look_back() -> rx.Component:
    return switch(
        "A look back at each week",
        checked=PreferencesState.choices.email_digest_frequency != "never",
        hint="On the day after a programme week with a page in it, at the morning time and in place of that "
        "reminder: its days, pages and points",
        on_tick=lambda on: PreferencesState.choose("email_digest_frequency", rx.cond(on, "weekly", "never")),
    )


def _devices() -> rx.Component:
    return section(
        rx.cond(
            DevicesState.key,
            rx.fragment(
                this_device(),
                rx.cond(
                    DevicesState.has_any,
                    rx.el.div(
                        _switch(
                            "push_enabled",
                            "Reminders on devices",
                            "Off, none of them shows any until you switch this on again",
                        ),
                        class_name="set",
                    ),
                ),
                other_devices(),
            ),
        ),
        rx.el.div(install_offer(), class_name="mt-4"),
        title="Your devices",
        section_id="devices",
        aside="A device shows which page waits, and nothing of what you write. "
        "The times, the quiet hours and the silence after three hold there too.",
    )


def _quiet_hours() -> rx.Component:
    choices = PreferencesState.choices
    return rx.fragment(
        rx.el.div(
            _time("quiet_from", "Quiet from", choices.quiet_from),
            _time("quiet_to", "until", choices.quiet_to),
            class_name="quiet-hours",
        ),
        rx.el.p(
            "Between these hours no reminder comes. Two equal times mean no quiet hours. ",
            PreferencesState.silenced,
            class_name="hint mt-2",
            role="status",
        ),
    )


def _reminder(part: str, label: str, hint: str) -> rx.Component:
    is_on, at = f"{part}_reminder_enabled", f"{part}_reminder_time"
    return rx.el.div(
        rx.el.div(_switch(is_on, label, hint), class_name="grow basis-full sm:basis-0"),
        rx.el.div(
            _time_alone(at, f"{label} reminder at", getattr(PreferencesState.choices, at)),
            class_name="w-[9.25rem] max-w-full",
        ),
        class_name="set-row",
    )


def _time(name: str, label: str, value: str) -> rx.Component:
    return time_field(
        label,
        name,
        value=value,
        error=PreferencesState.problems[name],
        on_change=lambda said: _at_rest(name, said),
        on_blur=lambda said: PreferencesState.choose(name, said),
    )


def _time_alone(name: str, spoken: str, value: str) -> rx.Component:
    """A time whose label is the switch beside it, for whoever sees both."""
    at = TextInput.create(
        name=name,
        value=value,
        type="time",
        class_name="input",
        on_change=lambda said: _at_rest(name, said),
        on_blur=lambda said: PreferencesState.choose(name, said),
    )
    named = rx.el.label(rx.el.span(spoken, class_name="vh"), at)
    return rx.fragment(named, problem(PreferencesState.problems[name], name))


def _at_rest(name: str, said: rx.Var[str]) -> rx.event.EventCallback:
    """A time is kept once its hours and minutes have stopped moving, or its field is left."""
    return PreferencesState.choose(name, said).debounce(600)


def _switch(name: str, label: str, hint: str) -> rx.Component:
    return switch(
        label,
        checked=getattr(PreferencesState.choices, name),
        hint=hint,
        on_tick=lambda on: PreferencesState.choose(name, on),
    )


def _what_others_see() -> rx.Component:
    return section(
        note(
            "Your journals, visions and actions have no setting here,",
            "because nobody else can open them. Not your cohort, not a coach, not an admin.",
            symbol="lock",
        ),
        rx.el.div(
            _switch("show_on_leaderboard", "My place on the leaderboard", "You always see your own"),
            _switch(
                "show_points",
                "My points",
                "Hidden, you stand on the board without number and place, below those who show theirs",
            ),
            _switch("show_streak", "My streak", "Beside your name among the members of your cohort"),
            _switch("show_badges", "My badges", "The three you chose to show, in the same place"),
            _switch(
                "allow_encouragements",
                "Words from my cohort",
                "Members may send you a few, three a day each at most. Off, nobody can",
            ),
            class_name="set mt-2",
        ),
        _blocked(),
        title="What others see",
        section_id="privacy",
    )


def _blocked() -> rx.Component:
    nobody = rx.el.p(
        "Nobody. In the menu beside a name among the members of your cohort you can block somebody.",
        class_name="meta",
    )
    hint = rx.el.p(
        "You and they do not meet among the members, and no words pass. They are not told.", class_name="hint"
    )
    listed = rx.el.ul(rx.foreach(BlockingState.blocked, _blocked_row), class_name="set")
    return rx.el.div(
        rx.el.h3("Blocked", class_name="label"),
        rx.cond(
            BlockingState.blocked,
            rx.fragment(hint, listed),
            rx.cond(BlockingState.is_loading, rx.fragment(), nobody),
        ),
        class_name="mt-6",
    )


def _blocked_row(row: BlockedRow) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.name, class_name="list-name"),
        button("Unblock", on_click=BlockingState.unblock(row.id), aria_label=f"Unblock {row.name}"),
        key=row.id,
        class_name="set-row",
    )


def _looks_and_keys() -> rx.Component:
    return section(
        rx.el.div(
            theme_choice(on_choose=lambda mode: PreferencesState.choose("theme", mode)),
            problem(PreferencesState.problems["theme"], "theme"),
            class_name="max-w-[26rem]",
        ),
        rx.el.div(
            _switch(
                "shortcuts_enabled",
                "Single-key shortcuts",
                "J and K move through lists, T, M, G and E open pages, ? lists them all",
            ),
            class_name="set mt-4",
        ),
        title="Theme and keys",
        section_id="looks",
    )
