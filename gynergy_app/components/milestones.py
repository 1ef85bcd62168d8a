"""A milestone on a card of its own, and the five of them in a row."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.buttons import button_link
from gynergy_app.components.links import link
from gynergy_app.components.privacy import only_you
from gynergy_app.components.session_choice import in_this_session
from gynergy_app.state.programs.milestone import Figure, MilestoneState, Step


def milestone_card() -> rx.Component:
    """Still: what moved was the moment it was reached."""
    view = MilestoneState.view
    diamond = rx.cond(view.is_reached, "diamond diamond-l", "diamond diamond-l is-ahead")
    return rx.el.section(
        rx.el.span(class_name=diamond, aria_hidden="true"),
        rx.el.p(f"Day {view.day}", class_name="meta mt-4"),
        rx.el.h1(view.name, class_name="milestone-name"),
        rx.el.p(view.phase, class_name="milestone-phase"),
        rx.cond(
            view.is_reached,
            rx.el.p(view.line, class_name="meta"),
            rx.el.p(view.ahead, class_name="meta measure mt-2"),
        ),
        class_name="milestone-card",
    )


def way_in_numbers() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(f"Your {MilestoneState.view.day} days", class_name="heading"),
            only_you("only-you-milestone"),
            class_name="sec-head",
        ),
        figures(MilestoneState.view.figures),
        class_name="section",
    )


def figures(of: tuple[Figure, ...]) -> rx.Component:
    return rx.el.dl(rx.foreach(of, _figure), class_name="figures")


def _figure(figure: Figure) -> rx.Component:
    return rx.el.div(
        rx.el.dt(figure.label, class_name="tiny"),
        rx.el.dd(figure.value, dir="auto", class_name="value"),
        rx.cond(figure.note, rx.el.dd(figure.note, class_name="tiny")),
        class_name="figure",
    )


def five_milestones() -> rx.Component:
    return rx.el.nav(
        rx.el.ol(rx.foreach(MilestoneState.view.steps, _step), class_name="milestone-steps"),
        aria_label="The five milestones",
        class_name="section",
    )


def _step(step: Step) -> rx.Component:
    is_here = step.day == MilestoneState.view.day
    return rx.el.li(
        link(
            rx.el.i(aria_hidden="true", class_name="flag"),
            rx.el.span(step.day, aria_hidden="true"),
            href=step.href,
            aria_label=step.says,
            class_name=step.style,
            custom_attrs={"aria-current": rx.cond(is_here, "page", "false")},
        )
    )


def way_on() -> rx.Component:
    view = MilestoneState.view
    return rx.el.div(
        rx.cond(
            view.is_last & view.is_reached,
            button_link("Open your graduation", href=in_this_session(routes.GRADUATION), kind="primary"),
            button_link("Go on with today", href=routes.TODAY, kind="primary"),
        ),
        button_link("All days so far", href=in_this_session(routes.HISTORY), kind="quiet"),
        class_name="row mt-8",
    )
