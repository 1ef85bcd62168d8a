"""Links inside the product change the page without loading a new document."""

from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink


def link(*children: Any, href: str | rx.Var[str], **props: Any) -> rx.Component:
    """A link to one of our pages."""
    return ReactRouterLink.create(*children, to=href, **props)


def outside_link(*children: Any, href: str | rx.Var[str], **props: Any) -> rx.Component:
    """A link to a document that is not a page of the app: a file, a mail, another site."""
    return rx.el.a(*children, href=href, **props)
