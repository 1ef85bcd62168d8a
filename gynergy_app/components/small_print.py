"""A text to be read: headings and paragraphs, nothing else."""

from collections.abc import Sequence

import reflex as rx

from gynergy_app.components.layout import public_layout


def small_print(
    title: str, lede: str, parts: Sequence[tuple[str, Sequence[str]]], *, as_of: str
) -> rx.Component:
    """`parts` are a heading and its paragraphs."""
    return public_layout(
        rx.el.article(
            rx.el.h1(title, class_name="title"),
            rx.el.p(lede, class_name="mt-3 text-ink-soft measure"),
            *[_part(heading, paragraphs) for heading, paragraphs in parts],
            rx.el.p(f"In force since {as_of}.", class_name="meta mt-10"),
            class_name="py-12 max-w-writing",
        ),
    )


def _part(heading: str, paragraphs: Sequence[str]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(heading, class_name="heading"),
        *[rx.el.p(paragraph, class_name="mt-2 measure") for paragraph in paragraphs],
        class_name="mt-9",
    )
