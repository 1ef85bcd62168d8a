"""/join/[friend_code]: a place somebody gave, for whoever holds its link."""

import reflex as rx

from gynergy_app import routes
from gynergy_app.components.feedback import skeleton_card
from gynergy_app.components.layout import public_layout
from gynergy_app.components.payments.joining import ended, promised, taking
from gynergy_app.state.home import HomeState
from gynergy_app.state.payments.join import JoinState
from gynergy_app.state.payments.redeem import RedeemState

ROUTE = routes.JOIN
TITLE = "A place from a friend"
DESCRIPTION = "A friend code gives you the whole challenge, for nothing."
ON_LOAD = [HomeState.open, RedeemState.open, JoinState.open]
ACCESS = "public"


def page() -> rx.Component:
    return public_layout(
        rx.cond(
            JoinState.is_loading,
            _looking(),
            rx.cond(
                JoinState.promise.code,
                rx.el.div(promised(), taking(), class_name="join"),
                ended(),
            ),
        ),
        action=rx.cond(HomeState.is_signed_in, "Open Today", "Sign in"),
        action_href=rx.cond(HomeState.is_signed_in, routes.TODAY, f"{routes.SIGN_IN}{JoinState.way_in}"),
    )


def _looking() -> rx.Component:
    return rx.el.div(
        rx.el.h1(TITLE, class_name="join-title"),
        skeleton_card(6, says="Looking at the code"),
        class_name="join-ended grid gap-6",
    )
