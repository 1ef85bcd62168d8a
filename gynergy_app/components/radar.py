"""Two shapes over the same axes, drawn. The figures stand beside it as words."""

import reflex as rx

from gynergy_app.drawing.radar import Dot, Radar, Spoke

VIEW = "0 24 400 352"


def radar(drawn: Radar) -> rx.Component:
    return rx.el.svg(
        rx.foreach(drawn.rings, _ring),
        rx.foreach(drawn.spokes, _spoke),
        rx.el.svg.path(d=drawn.first.path, class_name="shape"),
        rx.el.svg.path(d=drawn.second.path, class_name="shape is-second"),
        rx.foreach(drawn.first.dots, lambda dot: _dot(dot, "shape-dot")),
        rx.foreach(drawn.second.dots, lambda dot: _dot(dot, "shape-dot is-second")),
        view_box=VIEW,
        role="img",
        aria_label=drawn.says,
        class_name="radar",
    )


def _ring(radius: rx.Var[str]) -> rx.Component:
    return rx.el.svg.circle(cx="200", cy="200", r=radius, class_name="radar-ring")


def _spoke(spoke: Spoke) -> rx.Component:
    return rx.el.svg.g(
        rx.el.svg.path(d=spoke.path),
        rx.el.svg.text(
            spoke.name,
            x=spoke.x,
            y=spoke.y,
            custom_attrs={"textAnchor": spoke.anchor},
            class_name="radar-name",
        ),
        class_name=spoke.style,
    )


def _dot(dot: Dot, style: str) -> rx.Component:
    return rx.el.svg.circle(cx=dot.x, cy=dot.y, r="3.5", class_name=style)
