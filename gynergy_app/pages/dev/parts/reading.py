"""What the product says and shows."""

from typing import Any

import reflex as rx

from gynergy_app.components.buttons import button
from gynergy_app.components.charts import Reading, chart, line_chart
from gynergy_app.components.data_table import Column, data_table, figure, figures, panel, show_more
from gynergy_app.components.dial import SAMPLE, dial, rays
from gynergy_app.components.feedback import (
    banner,
    empty_state,
    error_state,
    note,
    saved_state,
    skeleton_card,
    skeleton_rows,
    tag,
)
from gynergy_app.components.layout import section
from gynergy_app.components.media import avatar, icon
from gynergy_app.components.privacy import only_you
from gynergy_app.pages.dev.parts.filling_in import demo
from gynergy_app.state.components_demo import ComponentsDemoState as Demo

MOODS = {1: 5, 2: 6, 4: 5, 5: 5, 6: 7, 7: 6, 8: 6, 9: 7, 10: 7, 11: 6, 12: 7}
FINISHED = {day: 3 for day in range(1, 19)}
MAIL = [
    {"sent": "21 Dec 08:00", "subject": "Two weeks in", "state": "Delivered", "opened": "9"},
    {"sent": "14 Dec 08:00", "subject": "The first seven, in numbers", "state": "Delivered", "opened": "12"},
]


def saved_and_private() -> rx.Component:
    return section(
        demo(
            saved_state("here"),
            saved_state("saving"),
            saved_state("saved", "Saved 21:04"),
            saved_state("trouble"),
            only_you(),
        ),
        rx.el.div(
            banner("The line is down.", "Keep writing: your words stay on this device.", symbol="cloud-off"),
            banner("A new version is ready.", "Reload when it suits you.", tone="accent"),
            note(
                "That a page was written, never what.", "No role can open a member’s journal.", symbol="lock"
            ),
            class_name="grid gap-3 mt-4",
        ),
        title="Saved, locked, connected",
        section_id="saved",
    )


def waiting_and_empty() -> rx.Component:
    return section(
        rx.el.div(
            skeleton_card(says="Loading posts"),
            skeleton_rows(2, says="Loading members"),
            empty_state(
                "Nobody has written here yet.",
                "A post can be one line. The first one is usually a question.",
                button("Ask the cohort something"),
            ),
            error_state(
                "The list did not load.",
                "Nothing you wrote is affected. The server did not answer in ten seconds.",
                button("Try again", icon="rotate-ccw"),
            ),
            class_name="two-col",
        ),
        title="Waiting, empty, wrong",
        section_id="waiting",
    )


def people_and_tags() -> rx.Component:
    return section(
        demo(
            avatar("A", size="l", name="Ana"),
            avatar("H", name="Hanne", tone="uncommon"),
            avatar("M", "/favicon.svg", name="Malik", tone="rare"),
            avatar("T", size="s", name="Tomas", tone="accent"),
            rx.el.span(
                avatar("P", tone="epic"),
                avatar("R", tone="accent"),
                avatar("D", tone="gold"),
                class_name="avatars",
            ),
            tag("Not subscribed"),
            tag("Open", kind="good", symbol="check"),
            tag("Waiting", kind="wait"),
            tag("Failed", kind="bad"),
            tag("Milestone", kind="gold"),
        ),
        title="People and tags",
        section_id="people",
    )


def lists_and_tables() -> rx.Component:
    columns = [
        Column("Sent", lambda row: row["sent"]),
        Column("Subject", lambda row: row["subject"]),
        Column("State", lambda row: tag(row["state"], kind="good")),
        Column("Opened", lambda row: row["opened"], is_number=True),
    ]
    rows: Any = rx.Var.create(MAIL).to(list[dict[str, str]])
    return section(
        figures(
            figure("Wrote in the last 7 days", "128", "of 141 with access"),
            figure("Reached day 45", "11 of 14", "Autumn cohort"),
            figure("Refund rate", "5.3 %", "1 of 19 purchases"),
        ),
        rx.el.div(
            panel(data_table(columns, rows, caption="Mail sent"), title="Mail", flush=True), class_name="mt-4"
        ),
        show_more(
            has_more=Demo.has_more,
            busy=False,
            end="You have read everything since Monday.",
            on_click=Demo.fetch_more,
        ),
        title="Lists and tables",
        section_id="lists",
    )


def drawings() -> rx.Component:
    moods = line_chart(
        [Reading(day, mood, f"Day {day}", f"Day {day}: {mood}", "") for day, mood in MOODS.items()],
        days=(1, 45),
        values=(1, 10),
        grid=(2, 4, 6, 8, 10),
        ticks=[(1, "Day 1"), (9, "9"), (18, "18"), (27, "27"), (36, "36"), (45, "45")],
        says="Mood on each day, 1 to 10. Began at 5, now at 7.",
        end_label="7, light",
    )
    drawn: Any = rx.Var.create(moods)
    whole = rays(FINISHED, today=18, milestones=(9, 18))
    return section(
        rx.el.div(
            rx.el.div(
                dial(SAMPLE, day=12, phase="Self-Forgiveness"),
                rx.el.div(
                    rx.el.span(icon("flame", 16), "11-day streak", class_name="with-icon text-warm"),
                    rx.el.span(icon("snowflake", 16), "1 freeze left", class_name="with-icon text-ink-soft"),
                    class_name="keeps",
                ),
            ),
            dial(whole, day=18, phase="Self-Forgiveness"),
            class_name="two-col",
        ),
        rx.el.div(chart(drawn, table_heads=("Day", "Mood")), class_name="mt-10"),
        title="Dial and chart",
        section_id="drawings",
    )


def type_roles() -> rx.Component:
    return section(
        rx.el.div(
            rx.el.p("12", class_name="number"),
            rx.el.p("Your 45 days", class_name="title"),
            rx.el.p("Today’s three pages", class_name="heading"),
            rx.el.p("Tell someone a good memory you share with them.", class_name="prompt"),
            rx.el.p("The kitchen while everyone is still asleep.", class_name="words"),
            rx.el.p("Body, 16 on 1.6: interface sentences."),
            rx.el.p("Label, 14: what a thing is called.", class_name="label"),
            rx.el.p("Meta, 14: what is beside the point.", class_name="meta"),
            rx.el.p("Tiny, 12: captions only.", class_name="tiny"),
            class_name="grid gap-3",
        ),
        title="Type",
        section_id="type",
    )
