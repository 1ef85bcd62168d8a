"""What a row said at a moment of the past: today's row, with every later change taken back."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

Row = Mapping[str, Any]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Change:
    """One line of the record. Without a `before` the row came to be then."""

    at: datetime
    subject: object
    before: Row | None


class Timeline(Generic[Value]):
    """A value made of rows that change now and then; asked often, for moments in any order."""

    def __init__(
        self, rows: Mapping[Any, Row], changes: Iterable[Change], make: Callable[[Sequence[Row]], Value]
    ) -> None:
        ordered = sorted(changes, key=lambda change: change.at, reverse=True)
        states, rows = [make(list(rows.values()))], dict(rows)
        for change in ordered:
            if change.before is None:
                rows.pop(change.subject, None)
            else:
                rows[change.subject] = {**rows.get(change.subject, {}), **change.before}
            states.append(make(list(rows.values())))
        self._values = states[::-1]
        self._changed_at = [change.at for change in reversed(ordered)]

    def at(self, moment: datetime) -> Value:
        """As it was before anything that was changed at this moment or later.

        >>> from datetime import UTC
        >>> day = lambda n: datetime(2026, 3, n, tzinfo=UTC)
        >>> raised = Change(day(5), "page", {"points": 20})
        >>> worth = Timeline({"page": {"points": 30}}, [raised], lambda rows: rows[0]["points"])
        >>> worth.at(day(4)), worth.at(day(6))
        (20, 30)
        """
        return self._values[bisect_left(self._changed_at, moment)]
