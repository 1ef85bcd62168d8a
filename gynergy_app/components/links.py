"""Links inside the product change the page without loading a new document."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A
from reflex_components_core.react_router.dom import ReactRouterLink


def link(*children: Any, href: str | rx.Var[str], **props: Any) -> rx.Component:
    """A link to one of our pages."""
    return ReactRouterLink.create(*children, to=href, **props)


def outside_link(*children: Any, href: str | rx.Var[str], **props: Any) -> rx.Component:
    """A link that the browser follows itself: a file, a mail, another site, a place on this page.

    Reflex turns `rx.el.a` into a link of its router; this one stays an anchor.
    """
    return A.create(*children, href=href, **props)
