"""A friend code as a ticket: its signs, how it stands, and what can be done with it."""

from typing import Any

import reflex as rx

from gynergy_app.components.buttons import button
from gynergy_app.components.dialogs import confirmation, dialog, dialog_actions
from gynergy_app.components.feedback import tag
from gynergy_app.components.sharing import copy_button, qr_code, share_button
from gynergy_app.state.payments.codes import FriendCodesState, Ticket

SHARED_AS = "A place in GYNERGY"


def tickets() -> rx.Component:
    return rx.el.ul(rx.foreach(FriendCodesState.tickets, ticket), class_name="tickets")


def ticket(code: Ticket) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                _state(code),
                rx.el.h3(code.code, id=f"code-{code.id}", class_name="ticket-code"),
                rx.el.p(code.note, class_name="meta"),
                class_name="grow",
            ),
            rx.cond(code.link, qr_code(code.qr.path, code.qr.view, says=f"{code.code} as a QR code")),
            class_name="ticket-head",
        ),
        rx.cond(code.link, _acts(code)),
        key=code.id,
        class_name=rx.cond(code.link, "ticket", "ticket is-over"),
    )


def _state(code: Ticket) -> rx.Component:
    return rx.match(  # pyright: ignore[reportReturnType] - of components it makes one
        code.state,
        ("open", tag("Open", kind="good")),
        ("used", tag("Used", symbol="check")),
        ("revoked", tag("Taken back")),
        tag("Ended"),
    )


def _acts(code: Ticket) -> rx.Component:
    return rx.el.div(
        copy_button("Copy code", code.code, about=code.code),
        share_button(code.link, title=SHARED_AS, words=code.words, about=f"of {code.code}"),
        button("Large QR", icon="qr-code", on_click=FriendCodesState.enlarge(code.id), **_of(code)),
        button("Take back", kind="quiet", on_click=FriendCodesState.ask_to_take_back(code.id), **_of(code)),
        class_name="ticket-acts",
    )


def _of(code: Ticket) -> dict[str, Any]:
    """Several stand on the page: whoever hears it hears which one is meant."""
    return {"aria_describedby": f"code-{code.id}"}


def taking_back_dialog() -> rx.Component:
    asked = FriendCodesState.asked
    return confirmation(
        dialog_id="take-back",
        title=f"Take back {asked.code}?",
        consequence="Its link and its QR code stop working at once, also for whoever has it already. "
        "This cannot be undone, and no other code comes instead.",
        action="Take it back",
        keep="Leave it open",
        open=asked.id != "",
        on_close=FriendCodesState.keep,
        on_click=FriendCodesState.take_back,
    )


def enlarged_dialog() -> rx.Component:
    """To be held out to somebody: as large as the screen lets it be."""
    code = FriendCodesState.enlarged
    return dialog(
        qr_code(code.qr.path, code.qr.view, says=f"{code.code} as a QR code", class_name="qr-large"),
        rx.el.p(code.note, class_name="meta text-center mt-3"),
        dialog_actions(button("Close", on_click=FriendCodesState.put_down)),
        title=code.code,
        dialog_id="large-qr",
        open=code.id != "",
        on_close=FriendCodesState.put_down,
        sheet=True,
    )
