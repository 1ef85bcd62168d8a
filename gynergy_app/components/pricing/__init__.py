"""The sections of the page about the price."""

from gynergy_app.components.pricing.afterwards import afterwards
from gynergy_app.components.pricing.inside import inside
from gynergy_app.components.pricing.order import order
from gynergy_app.components.pricing.rules import rules

__all__ = ["afterwards", "inside", "order", "rules"]
