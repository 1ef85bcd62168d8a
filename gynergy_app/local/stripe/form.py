"""Reading `a[0][b]=c`, the way Stripe's clients write what is nested."""

import re
from typing import Any
from urllib.parse import parse_qsl

from gynergy_app.local.stripe.errors import Invalid

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PART = re.compile(r"\[([^\[\]]*)\]")
_NEVER_A_LIST = ("metadata",)


def decoded(text: str) -> dict[str, Any]:
    """
    >>> decoded("mode=payment&line_items[0][price]=price_1&metadata[0]=x&expand[]=customer")
    {'mode': 'payment', 'line_items': [{'price': 'price_1'}], 'metadata': {'0': 'x'}, 'expand': ['customer']}
    """
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        found = _NAME.fullmatch(name)
        if found is None:
            raise Invalid(f"Invalid hash: {name}", name)
        _put(tree, [found[1], *_PART.findall(found[2])], value, name)
    return {name: _with_lists(name, value) for name, value in tree.items()}


def _put(tree: dict[str, Any], parts: list[str], value: str, name: str) -> None:
    *outer, last = parts
    for part in outer:
        tree = tree.setdefault(_key(tree, part), {})
        if not isinstance(tree, dict):
            raise Invalid(f"Invalid hash: {name}", name)
    tree[_key(tree, last)] = value


def _key(tree: dict[str, Any], part: str) -> str:
    """`[]` appends."""
    return part or str(len(tree))


def _with_lists(name: str, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(key, each) for key, each in value.items()}
    if name not in _NEVER_A_LIST and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner
