"""The pieces of the shelf: the showcase, the rows of seals, and what opens when one is touched."""

import reflex as rx

from gynergy_app.components.buttons import button, text_button
from gynergy_app.components.dialogs import dialog, dialog_actions
from gynergy_app.components.layout import section
from gynergy_app.components.media import icon
from gynergy_app.components.seal import seal
from gynergy_app.state.gamification.badges import BadgesState, BadgeView, ShelfRow


def showcase() -> rx.Component:
    """The three that are shown, standing on a board of their own."""
    return section(
        rx.el.div(
            rx.cond(
                BadgesState.showcase,
                rx.foreach(BadgesState.showcase, _badge),
                rx.el.p("Up to three of your badges can stand here.", class_name="meta showcase-empty"),
            ),
            class_name="showcase",
        ),
        rx.el.p(
            "Only you see this page. Your cohort sees these three beside your name, and no other.",
            class_name="meta mt-2 measure",
        ),
        title="Beside your name",
        section_id="showcase",
        aside=rx.cond(BadgesState.earned, text_button("Choose three", on_click=BadgesState.start_choosing)),
    )


def shelf_row(row: ShelfRow) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(row.title, id=row.id, class_name="heading"),
            rx.el.p(row.count, class_name="meta"),
            class_name="sec-head",
        ),
        rx.el.div(rx.foreach(row.badges, _badge), class_name="shelf"),
        key=row.id,
        aria_labelledby=row.id,
        class_name="section",
    )


def _badge(badge: BadgeView) -> rx.Component:
    """A seal on the shelf: in colour with its date, or an outline with the distance in words."""
    return rx.el.button(
        _seal(badge),
        rx.el.span(badge.name, class_name="badge-name"),
        rx.el.span(badge.rarity_word, class_name="badge-rarity", custom_attrs={"data-rarity": badge.rarity}),
        rx.cond(
            badge.is_new,
            rx.el.span("New", rx.el.span(f", {badge.note}"), class_name="tiny badge-new"),
            rx.el.span(badge.note, class_name="tiny"),
        ),
        type="button",
        key=badge.id,
        aria_haspopup="dialog",
        on_click=BadgesState.look_at(badge.id),
        class_name="badge",
        custom_attrs={"data-row": "true"},
    )


def _seal(badge: BadgeView) -> rx.Component:
    style = rx.cond(badge.is_earned, "", "is-outline")
    return seal(badge.icon, badge.rarity, reach=badge.reach, class_name=style)


def badge_dialog() -> rx.Component:
    """One badge, opened: what it asks for, how far it is, what it adds, who can see it."""
    badge = BadgesState.opened
    return dialog(
        rx.el.div(_seal(badge), class_name="badge-opened"),
        rx.el.p(badge.asks, class_name="prompt mt-1"),
        rx.el.dl(
            _fact(rx.cond(badge.is_earned, "Earned", "How far"), badge.status),
            _fact("Worth", badge.points),
            _fact("Rarity", badge.rarity_word),
            _fact("Who sees it", _audience(badge)),
            class_name="sum",
        ),
        dialog_actions(
            button("Close", kind="quiet", on_click=BadgesState.look_away),
            rx.cond(badge.is_earned, _show_or_not(badge)),
        ),
        title=badge.name,
        dialog_id="badge",
        open=badge.id != "",
        on_close=BadgesState.look_away,
        sheet=True,
    )


def _fact(label: str | rx.Var[str], words: str | rx.Var[str]) -> rx.Component:
    return rx.el.div(rx.el.dt(label), rx.el.dd(words))


def _audience(badge: BadgeView) -> rx.Var[str]:
    return rx.cond(badge.is_shown, "Your cohort, unless you hide your badges", "Only you")


def _show_or_not(badge: BadgeView) -> rx.Component:
    return rx.cond(
        badge.is_shown,
        button("Do not show", on_click=BadgesState.put_away(badge.held_id)),
        button("Show beside my name", on_click=BadgesState.show(badge.held_id)),
    )


def choosing_dialog() -> rx.Component:
    """Every earned badge with a tick; at most three hold one."""
    return dialog(
        rx.el.p("Touch a badge to show it, and again to put it away.", class_name="meta mt-1"),
        rx.el.div(rx.foreach(BadgesState.earned, _choice), class_name="rows mt-3"),
        dialog_actions(button("Done", kind="primary", on_click=BadgesState.stop_choosing)),
        title="Choose up to three",
        dialog_id="choose-badges",
        open=BadgesState.is_choosing,
        on_close=BadgesState.stop_choosing,
        sheet=True,
    )


def _choice(badge: BadgeView) -> rx.Component:
    return rx.el.button(
        seal(badge.icon, badge.rarity, class_name="seal-s"),
        rx.el.span(
            rx.el.span(badge.name, class_name="list-name"),
            rx.el.br(),
            rx.el.span(f"Earned {badge.status}", class_name="meta"),
            class_name="grow",
        ),
        rx.cond(badge.is_shown, rx.el.span(icon("check", 16), "Shown", class_name="with-icon shown-mark")),
        type="button",
        key=badge.id,
        aria_pressed=rx.cond(badge.is_shown, "true", "false"),
        on_click=rx.cond(
            badge.is_shown, BadgesState.put_away(badge.held_id), BadgesState.show(badge.held_id)
        ),
        class_name="list-row pick-row",
    )


def making_room_dialog() -> rx.Component:
    """The fourth badge asks which of the three goes back to the shelf."""
    return dialog(
        rx.el.p(
            f"Three are shown already. Which one makes room for {BadgesState.asking.name}? ",
            "It stays on your shelf.",
            class_name="meta mt-1",
        ),
        rx.el.div(rx.foreach(BadgesState.showcase, _makes_room), class_name="rows mt-3"),
        dialog_actions(button("Leave it as it was", on_click=BadgesState.leave_as_it_was)),
        title="Make room",
        dialog_id="make-room",
        open=BadgesState.asking.id != "",
        on_close=BadgesState.leave_as_it_was,
        sheet=True,
    )


def _makes_room(badge: BadgeView) -> rx.Component:
    return rx.el.button(
        seal(badge.icon, badge.rarity, class_name="seal-s"),
        rx.el.span(badge.name, class_name="list-name grow"),
        rx.el.span("Replace", class_name="label text-accent"),
        type="button",
        key=badge.id,
        aria_label=f"Replace {badge.name}",
        on_click=BadgesState.show_instead(badge.held_id),
        class_name="list-row pick-row",
    )
