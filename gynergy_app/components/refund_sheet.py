"""The sheet before money goes back: every row is a thing that changes, and its arrow."""

import reflex as rx

from gynergy_app.components.buttons import button, submit
from gynergy_app.components.dialogs import closes, dialog
from gynergy_app.components.feedback import note
from gynergy_app.components.forms import segmented, select_field, text_field
from gynergy_app.components.media import icon
from gynergy_app.domain.payments.refunding import RefundReason
from gynergy_app.state.admin.refund import RefundState
from gynergy_app.state.admin.refund_view import SheetRow

TYPING_ENDS_AFTER = 250
SHEET = "refund"


def refund_sheet() -> rx.Component:
    """On a phone it is a page of its own; beside the purchase on a desktop."""
    sheet = RefundState.sheet
    return dialog(
        rx.el.p(sheet.about, class_name="text-ink-soft"),
        rx.cond(RefundState.is_open, _sheet_form()),
        title=f"Refund {sheet.name}",
        dialog_id=SHEET,
        open=RefundState.is_open,
        on_close=RefundState.leave,
        drawer=True,
        asks_before_leaving=True,
    )


def _sheet_form() -> rx.Component:
    sheet = RefundState.sheet
    return rx.el.form(
        rx.el.div(_how_much(), _reason(), class_name="two-col"),
        rx.cond(RefundState.problems.get("amount", ""), note(RefundState.problems.get("amount", ""))),
        rx.cond(sheet.rows, rx.fragment(_changes(), _letter())),
        _confirmation(),
        on_submit=RefundState.give_back,
        no_validate=True,
        class_name="refund",
    )


def _how_much() -> rx.Component:
    sheet = RefundState.sheet
    part = text_field(
        "How much of it",
        "part",
        value=RefundState.part,
        error=RefundState.problems.get("part", ""),
        input_mode="decimal",
        auto_complete="off",
        on_change=RefundState.write_part.debounce(TYPING_ENDS_AFTER),
    )
    return rx.el.div(
        rx.el.p("How much", class_name="label"),
        rx.cond(
            ~sheet.is_review,
            segmented(
                "How much",
                "how",
                (("all", "All that is left"), ("part", "A part")),
                value=RefundState.how,
                wide=True,
                on_choose=RefundState.choose,
            ),
        ),
        rx.el.p(f"{sheet.left} is left to give back.", class_name="hint"),
        rx.cond(RefundState.how == "part", part),
        class_name="field",
    )


def _reason() -> rx.Component:
    return rx.el.div(
        select_field("Reason", "reason", [(reason.value, reason.words) for reason in RefundReason]),
        text_field("Note", "note", hint="Kept in the record, with your name.", auto_complete="off"),
    )


def _changes() -> rx.Component:
    return rx.fragment(
        rx.el.h3("What this changes", class_name="label"),
        rx.el.ul(rx.foreach(RefundState.sheet.rows, _change), class_name="changes"),
    )


def _change(row: SheetRow) -> rx.Component:
    before = rx.cond(row.is_code, rx.el.code(row.before), rx.el.span(row.before))
    return rx.el.li(
        rx.el.span(rx.cond(row.is_kept, icon("lock", 16)), row.name, class_name="what"),
        rx.el.div(
            rx.el.p(
                rx.cond(row.before, rx.fragment(before, " → ")),
                rx.el.b(row.after),
            ),
            rx.cond(row.more, rx.el.p(row.more, class_name="text-ink-soft")),
        ),
        class_name=rx.cond(row.is_kept, "is-kept", ""),
    )


def _letter() -> rx.Component:
    sheet = RefundState.sheet
    return rx.cond(
        sheet.letter,
        rx.el.details(
            rx.el.summary("Read the letter", class_name="link"),
            rx.el.p(rx.el.b(sheet.letter_subject), class_name="mb-2"),
            rx.el.p(sheet.letter, class_name="letter"),
            class_name="ledger",
        ),
    )


def _confirmation() -> rx.Component:
    sheet = RefundState.sheet
    return rx.el.div(
        rx.el.p(sheet.last_word, class_name="text-ink-soft"),
        rx.el.div(
            text_field(
                rx.cond(sheet.to_type, f"Type {sheet.to_type} to confirm", "Type the amount to confirm"),
                "confirm",
                value=RefundState.typed,
                error=RefundState.problems.get("confirm", ""),
                input_mode="decimal",
                auto_complete="off",
                on_change=RefundState.confirm.debounce(TYPING_ENDS_AFTER),
            ),
            button("Keep the purchase", **closes(SHEET)),
            submit(
                rx.cond(sheet.amount, f"Refund {sheet.amount}", "Refund"),
                kind="danger",
                icon="rotate-ccw",
                disabled=~RefundState.is_ready,
            ),
            class_name="fin",
        ),
        class_name="refund-foot",
    )
